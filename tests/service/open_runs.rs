//! Everybody may read all of a run when all it was made from is public, and only then.

use needmatch_app::store::words::PartyKind;
use needmatch_app::{Principal, rounds};
use serde_json::{Value, json};

use crate::consent::{decide, path_of, proposal_for, published};
use crate::matching::{Parties, available, circulated_as, parties, request, round, scenario};
use crate::server::{Service, surface};
use crate::sweeps::ended;

/// What coordinators put into a round beside what stands in the register.
fn inputs() -> [(&'static str, Value); 5] {
    let pair = json!({ "component": "SEN/clerks", "offer": "Halvorland/registers" });
    let with = |more: Value| {
        let mut row = pair.clone();
        for (name, value) in more.as_object().unwrap() {
            row[name] = value.clone();
        }
        json!([row])
    };
    [
        ("locks", with(json!({ "period": "2027", "quantity": 10, "kind": "lock" }))),
        ("suitability", with(json!({ "fit": 900 }))),
        ("baseline", with(json!({ "period": "2027", "quantity": 10 }))),
        ("absorption", json!([{ "state": "SEN", "period": "2027", "amount": 1_000_000 }])),
        ("channels", json!([{ "id": "trust", "amount": 1_000_000 }])),
    ]
}

/// Whether what a run was made from is everybody's; to a party that may not read it, it is forbidden.
async fn is_open(service: &Service, parties: &Parties, run: &str) -> bool {
    let path = format!("{run}/problem");
    let answer = service.public().get(&path).await;
    let is_open = answer.status.as_u16() == 200;
    if !is_open {
        answer.expect_problem(401, "unauthenticated");
        parties.provider.client.get(&path).await.expect_problem(403, "forbidden");
    }
    is_open
}

async fn a_run_is_open_as_far_as_all_it_was_made_from_is(service: &Service) {
    service.worker("solve");
    let parties = parties(service).await;
    let (state, provider, coordinator) = (&parties.state.client, &parties.provider.client, &parties.coordinator.client);
    circulated_as(&parties, &request(), &json!({ "circulation": "public" })).await;
    let mut given = crate::matching::offer();
    (given["reference"], given["visibility"]) = (json!("registers"), json!("public"));
    let offer = available(&parties, &given).await;
    let public =
        json!({ "title": "Under way", "state": "KEN", "area": "marking", "amount": 1, "visibility": "public" });
    provider.post("/api/v1/programmes", &public).await.expect(201);
    let run_of = async |document: &Value| {
        let (round, scenario) = scenario(coordinator, document).await;
        published(coordinator, &round, &scenario, &json!({})).await
    };

    let (run, proposals) = run_of(&round()).await;
    assert!(is_open(service, &parties, &run).await, "all of it is public");
    for (name, rows) in inputs() {
        let mut document = round();
        document[name] = rows;
        let (run, _) = run_of(&document).await;
        assert!(!is_open(service, &parties, &run).await, "{name} are the coordinators'");
    }
    let mut hidden = public;
    hidden["visibility"] = json!("confidential");
    let hidden = provider.post("/api/v1/programmes", &hidden).await.expect(201).location();
    let confirmed = coordinator.step(&hidden, 1, "confirm", &json!({})).await.expect(200);
    let (run, _) = run_of(&round()).await;
    assert!(!is_open(service, &parties, &run).await, "a programme is not public");
    provider.step(&hidden, confirmed.version(), "retire", &json!({})).await.expect(200);

    // What stops being public while the run is being published counts.
    let (round_path, scenario_path) = scenario(coordinator, &round()).await;
    let run = coordinator.post(&format!("{scenario_path}/runs"), &json!({})).await.expect(202).location();
    let ended = coordinator.wait(&run).await;
    let key = round_path.rsplit('/').next().unwrap().parse().unwrap();
    let operator = Principal::operator();
    let prepared = rounds::prepare_publication(&service.app, &operator, key, &json!({ "run": ended["id"] })).await;
    given["visibility"] = json!("confidential");
    let version = provider.get(&offer).await.expect(200).version();
    let changed = provider.put(&offer, Some(version), &given).await.expect(200);
    let version = coordinator.get(&round_path).await.expect(200).version();
    let mut transaction = service.app.begin(&operator, &surface()).await.unwrap();
    rounds::publish(&mut transaction, &operator, version, &prepared.unwrap()).await.unwrap();
    transaction.commit().await.unwrap();
    assert!(!is_open(service, &parties, &run).await, "the offer was public when it was prepared");
    given["visibility"] = json!("public");
    provider.put(&offer, Some(changed.version()), &given).await.expect(200);

    // What is left of an offer, and outstanding of a request, tells what was promised.
    let (run, _) = run_of(&round()).await;
    assert!(is_open(service, &parties, &run).await, "all of it is public again");
    let clerks = path_of(proposal_for(&proposals, "clerks"));
    decide(state, &clerks, 1, "accept", &json!({})).await.expect(200);
    decide(provider, &clerks, 2, "accept", &json!({})).await.expect(200);
    let (run, _) = run_of(&round()).await;
    assert!(!is_open(service, &parties, &run).await, "something was promised");
    let observer = service.party(PartyKind::Observer, "NGO").await.client;
    observer.get(&format!("{run}/problem")).await.expect_problem(403, "forbidden");
}

async fn what_a_setting_leaves_out_stays_hidden_in_the_snapshot(service: &Service) {
    service.worker("solve");
    let parties = parties(service).await;
    let coordinator = &parties.coordinator.client;
    circulated_as(&parties, &request(), &json!({ "circulation": "public" })).await;
    for (reference, visibility) in [("registers", "public"), ("hidden", "confidential")] {
        let mut given = crate::matching::offer();
        (given["reference"], given["visibility"]) = (json!(reference), json!(visibility));
        available(&parties, &given).await;
    }
    let (path, scenario) = scenario(coordinator, &round()).await;
    let vary = json!({ "unchanged": false, "run": [{ "name": "shown", "drop": { "offers": ["Halvorland/hidden"] } }] });
    let sweep = coordinator.post(&format!("{scenario}/sweeps"), &vary).await.expect(202).location();
    ended(coordinator, &sweep).await;
    let table = coordinator.get(&format!("{sweep}/outcomes")).await.expect(200).body;
    let run = &table["items"][0]["run"];
    let version = coordinator.get(&path).await.expect(200).version();
    coordinator.step(&path, version, "publish", &json!({ "run": run })).await.expect(200);
    assert!(
        is_open(service, &parties, &format!("/api/v1/runs/{}", run.as_str().unwrap())).await,
        "it knows of no other"
    );
    let snapshot = format!("{path}/snapshot");
    coordinator.get(&snapshot).await.expect(200);
    service.public().get(&snapshot).await.expect_problem(401, "unauthenticated");
    parties.state.client.get(&snapshot).await.expect_problem(403, "forbidden");
}

crate::on_both_databases!(
    a_run_is_open_as_far_as_all_it_was_made_from_is,
    what_a_setting_leaves_out_stays_hidden_in_the_snapshot,
);
