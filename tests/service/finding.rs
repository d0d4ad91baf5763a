//! What is found: by words, in packages, between two runs, and between a request and a match.

use needmatch_app::store::words::PartyKind;
use serde_json::{Value, json};

use crate::matching::{available, circulated, offer, parties, request, round, scenario};
use crate::server::Service;

fn titles(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().filter_map(|item| item["title"].as_str()).collect()
}

async fn lists_are_searched_by_the_beginnings_of_words(service: &Service) {
    let parties = parties(service).await;
    let provider = &parties.provider.client;
    let titled = |title: &str| {
        let mut offer = offer();
        offer["title"] = json!(title);
        offer
    };
    let batch = [titled("Équipement de marquage"), titled("Marking courses"), titled("Courses on tracing")];
    provider.post("/api/v1/offers", &json!(batch)).await.expect(201);
    for (words, expected) in [
        ("mark", vec!["Marking courses"]),
        ("COURSE", vec!["Courses on tracing", "Marking courses"]),
        ("courses%20trac", vec!["Courses on tracing"]),
        ("%C3%A9quip", vec!["Équipement de marquage"]),
        ("arking", vec![]),
        ("%25_'", vec!["Courses on tracing", "Marking courses", "Équipement de marquage"]),
    ] {
        let found = provider.get(&format!("/api/v1/offers?q={words}")).await.expect(200).body;
        assert_eq!(titles(&found), expected, "{words}");
    }
    let stranger = service.party(PartyKind::Provider, "Stranger").await.client;
    assert_eq!(stranger.get("/api/v1/offers?q=mark").await.expect(200).body["items"], json!([]), "drafts stay hidden");
    let first = provider.get("/api/v1/offers?q=mark").await.expect(200).body["items"][0].clone();
    let path = format!("/api/v1/offers/{}", first["id"].as_str().unwrap());
    provider.put(&path, Some(1), &titled("Shelving")).await.expect(200);
    assert_eq!(provider.get("/api/v1/offers?q=mark").await.expect(200).body["items"], json!([]));
    assert_eq!(titles(&provider.get("/api/v1/offers?q=shelv").await.expect(200).body), ["Shelving"]);
}

async fn a_batch_is_taken_whole_or_not_at_all(service: &Service) {
    let parties = parties(service).await;
    let mut wrong = request();
    wrong["area"] = json!("singing");
    wrong["components"][0]["quantity"] = json!(0);
    let mut named = request();
    named["components"] = json!([{ "type": "training", "unit": "place", "quantity": 1, "unit_cost": 1 }]);
    named["package"] = json!("SEN/sahel");
    let state = &parties.state.client;
    state.post("/api/v1/packages", &json!({ "code": "sahel", "title": "Sahel" })).await.expect(201);
    let refused = state.post("/api/v1/requests", &json!([named, wrong, 7])).await.expect_problem(422, "invalid");
    let errors = refused.errors();
    let places: Vec<&str> = errors.iter().map(|(place, _)| place.as_str()).collect();
    assert_eq!(places, ["/1/area", "/1/components/0/quantity", "/2"], "{errors:?}");
    assert_eq!(state.get("/api/v1/requests").await.expect(200).body["items"], json!([]));
    state.post("/api/v1/requests", &json!([named, request()])).await.expect(201);
    let package = state.get("/api/v1/requests?package=SEN/sahel").await.expect(200).body;
    assert_eq!(package["items"].as_array().map(Vec::len), Some(1));
    // Names that are taken, and those that stand twice, are told by row as well; those of others are nobody's business.
    let mut keyed = named.clone();
    keyed["external_id"] = json!("K");
    let refused = state.post("/api/v1/requests", &json!([keyed, keyed, request()])).await;
    let mut errors = refused.expect_problem(422, "invalid").errors();
    errors.sort();
    let errors: Vec<(&str, &str)> = errors.iter().map(|(place, code)| (place.as_str(), code.as_str())).collect();
    let components = ["/2/components/0/reference", "/2/components/1/reference"].map(|place| (place, "taken"));
    assert_eq!(errors, [&[("/1/external_id", "twice")][..], &components].concat());
    let other = service.party(needmatch_app::store::words::PartyKind::State, "GMB").await.client;
    other.post("/api/v1/requests", &request()).await.expect(201);
    let mut mine = offer();
    mine["reference"] = json!("mine");
    let provider = &parties.provider.client;
    provider.post("/api/v1/offers", &json!([mine])).await.expect(201);
    let refused = provider.post("/api/v1/offers", &json!([offer(), mine, mine])).await.expect_problem(422, "invalid");
    let taken = ["/1/reference", "/2/reference"].map(|place| (place.to_owned(), "taken".to_owned()));
    assert_eq!(refused.errors(), taken);
    provider.post("/api/v1/offers", &mine).await.expect_problem(409, "taken");
    let table = state.request(reqwest::Method::GET, "/api/v1/requests?q=register").header("Accept", "text/csv");
    let table = crate::client::send(table).await.expect(200);
    assert_eq!(String::from_utf8(table.bytes).unwrap().lines().count(), 3);
}

async fn two_runs_are_compared(service: &Service) {
    service.worker("solve");
    let parties = parties(service).await;
    let coordinator = &parties.coordinator.client;
    circulated(&parties, &request()).await;
    available(&parties, &offer()).await;
    let (round, base) = scenario(coordinator, &round()).await;
    let without = json!({ "name": "none", "settings": { "rules": { "contribution": { "threshold": 10 } } } });
    let without = coordinator.post(&format!("{round}/scenarios"), &without).await.expect(201).location();
    let mut runs = Vec::new();
    for scenario in [&base, &without] {
        let run = coordinator.post(&format!("{scenario}/runs"), &json!({})).await.expect(202).location();
        coordinator.wait(&run).await;
        runs.push(run);
    }
    let id = |run: &str| run.rsplit('/').next().unwrap().to_owned();
    let changes = coordinator.get(&format!("{}/changes?from={}", runs[1], id(&runs[0]))).await.expect(200).body;
    let items = changes["items"].as_array().unwrap();
    assert!(!items.is_empty() && items.iter().all(|item| item["after"] == 0 && item["before"] != 0), "{changes}");
    let same = coordinator.get(&format!("{}/changes?from={}", runs[0], id(&runs[0]))).await.expect(200).body;
    assert_eq!(same["items"], json!([]));
    let hidden = parties.provider.client.get(&format!("{}/changes?from={}", runs[1], id(&runs[0]))).await;
    hidden.expect_problem(404, "not_found");
}

async fn a_hidden_offer_changes_no_finding(service: &Service) {
    let parties = parties(service).await;
    let state = &parties.state.client;
    let made = state.post("/api/v1/requests", &request()).await.expect(201);
    let findings = format!("{}/findings", made.location());
    available(&parties, &offer()).await;
    let before = state.get(&findings).await.expect(200);
    assert_eq!(before.body["offers_now"], 1, "{}", before.body);
    let mut hidden = offer();
    hidden["visibility"] = json!("confidential");
    available(&parties, &hidden).await;
    assert_eq!(state.get(&findings).await.expect(200).bytes, before.bytes, "to the state there is no such offer");
    let coordinators = parties.coordinator.client.get(&findings).await.expect(200).body;
    assert_eq!(coordinators["offers_now"], 2, "{coordinators}");
    parties.provider.client.get(&findings).await.expect_problem(404, "not_found");
}

async fn what_is_revised_is_private_until_it_is_circulated_anew(service: &Service) {
    let parties = parties(service).await;
    let (state, provider) = (&parties.state.client, &parties.provider.client);
    let path = circulated(&parties, &request()).await;
    provider.get(&path).await.expect(200);
    let version = state.get(&path).await.expect(200).version();
    provider.step(&path, version, "revise", &json!({})).await.expect_problem(403, "forbidden");
    parties.coordinator.client.step(&path, version, "revise", &json!({})).await.expect_problem(403, "forbidden");
    let revised = state.step(&path, version, "revise", &json!({ "reason": "more places" })).await.expect(200);
    assert_eq!((&revised.body["lifecycle"], &revised.body["circulation"]), (&json!("draft"), &json!("private")));
    provider.get(&path).await.expect_problem(404, "not_found");
    let mut more = request();
    more["components"][1]["quantity"] = json!(25);
    let rewritten = state.put(&path, Some(revised.version()), &more).await.expect(200);
    let same = state.put(&path, Some(rewritten.version()), &more).await.expect(200);
    assert_eq!(same.version(), rewritten.version(), "what says the same changes nothing");
}

async fn coordinators_keep_the_catalogue(service: &Service) {
    let parties = parties(service).await;
    let coordinator = &parties.coordinator.client;
    let item = json!({
        "code": "safe", "name": "Weapons safe", "type": "equipment", "unit": "safe",
        "areas": ["stockpile_infrastructure"], "cost_low": 300, "cost_high": 2000
    });
    parties.provider.client.post("/api/v1/items", &item).await.expect_problem(403, "forbidden");
    let made = coordinator.post("/api/v1/items", &item).await.expect(201);
    coordinator.post("/api/v1/items", &item).await.expect_problem(409, "taken");
    let mut dearer = item.clone();
    dearer["cost_high"] = json!(200);
    coordinator.put(&made.location(), Some(1), &dearer).await.expect_problem(422, "invalid");
    dearer["cost_high"] = json!(2500);
    coordinator.put(&made.location(), Some(1), &dearer).await.expect(200);
    let seeded = service.public().get("/api/v1/items?order=oldest&limit=1").await.expect(200).body["items"][0].clone();
    assert_eq!((&seeded["code"], &seeded["party"]), (&json!("marking_machine"), &Value::Null));
    let path = format!("/api/v1/items/{}", seeded["id"].as_str().unwrap());
    coordinator.step(&path, 1, "retire", &json!({ "reason": "replaced" })).await.expect(200);
    let shown = service.public().get("/api/v1/items?limit=100").await.expect(200).body;
    assert!(shown["items"].as_array().unwrap().iter().all(|item| item["code"] != "marking_machine"));
}

crate::on_both_databases!(
    lists_are_searched_by_the_beginnings_of_words,
    a_batch_is_taken_whole_or_not_at_all,
    two_runs_are_compared,
    a_hidden_offer_changes_no_finding,
    what_is_revised_is_private_until_it_is_circulated_anew,
    coordinators_keep_the_catalogue,
);
