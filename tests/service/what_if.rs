//! A run that begins with what an earlier one found.

use needmatch_domain::run::Run;
use serde_json::json;

use crate::matching::{available, circulated, offer, parties, request, round, scenario};
use crate::server::Service;

async fn a_what_if_begins_with_an_earlier_run(service: &Service) {
    service.worker("solve");
    let parties = parties(service).await;
    circulated(&parties, &request()).await;
    available(&parties, &offer()).await;
    let coordinator = &parties.coordinator.client;
    let (address, base) = scenario(coordinator, &round()).await;
    let earlier = coordinator.post(&format!("{base}/runs"), &json!({})).await.expect(202).location();
    let earlier = coordinator.wait(&earlier).await;
    assert_eq!(earlier["begun_from"], json!(null));

    let heavier = json!({ "name": "heavier", "settings": { "weights": { "area": { "record_keeping": 2000 } } } });
    let heavier = coordinator.post(&format!("{address}/scenarios"), &heavier).await.expect(201).location();
    let start = json!({ "start": earlier["id"], "reason": "what if records weigh more" });
    let run = coordinator.post(&format!("{heavier}/runs"), &start).await.expect(202);
    assert_eq!(run.body["begun_from"], earlier["id"]);
    let run = run.location();
    let ended = coordinator.wait(&run).await;
    assert_eq!(ended["lifecycle"], "succeeded", "{ended}");
    let file = coordinator.get(&format!("{run}/export")).await.expect(200);
    let file: Run = serde_json::from_slice(&file.bytes).unwrap();
    assert_eq!(json!(file.begun_from), earlier["result"]["digest"], "the answer says what it begun with");
    needmatch_verify::verify_run(file).expect("it recounts like any other");
    assert_ne!(ended["problem_sha256"], earlier["problem_sha256"]);
    let best = |run: &serde_json::Value| run["result"]["best"].as_i64().unwrap();
    assert_eq!(best(&ended), 2 * best(&earlier), "everything asked for is served in both");
}

async fn only_a_finished_run_of_the_same_round_is_a_start(service: &Service) {
    let parties = parties(service).await;
    circulated(&parties, &request()).await;
    available(&parties, &offer()).await;
    let coordinator = &parties.coordinator.client;
    let (_, first) = scenario(coordinator, &round()).await;
    let waiting = coordinator.post(&format!("{first}/runs"), &json!({})).await.expect(202).body["id"].clone();
    let mut other = round();
    other["name"] = json!("Another round");
    let (_, second) = scenario(coordinator, &other).await;
    let elsewhere = coordinator.post(&format!("{second}/runs"), &json!({})).await.expect(202).body["id"].clone();
    let nobodys = json!("018f0000-0000-7000-8000-000000000000");
    let runs = format!("{first}/runs");
    for (start, code) in
        [(waiting, "no_plan"), (elsewhere, "not_a_key"), (nobodys, "not_a_key"), (json!("the last"), "not_a_key")]
    {
        let refused = coordinator.post(&runs, &json!({ "start": start })).await.expect_problem(422, "invalid");
        assert_eq!(refused.errors(), [("/start".to_owned(), code.to_owned())], "{}", refused.body);
    }
    let refused = coordinator.post(&runs, &json!({ "begin": "x", "start": 1 })).await.expect_problem(422, "invalid");
    assert_eq!(refused.errors().len(), 2, "{}", refused.body);
}

crate::on_both_databases!(a_what_if_begins_with_an_earlier_run, only_a_finished_run_of_the_same_round_is_a_start);
