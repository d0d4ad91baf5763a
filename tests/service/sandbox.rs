//! A sandbox: everything can be tried on the real server, and nothing of it is seen, taken or counted by anybody else.

use needmatch_app::sandbox::CODE;
use needmatch_app::store::words::PartyKind;
use needmatch_app::{Principal, Scope, parties, tokens};
use serde_json::{Value, json};

use crate::client::Client;
use crate::matching::{available, circulated, offer, parties as earnest, request, round, scenario};
use crate::server::{Party, Service, surface};

/// A sandbox with the token of its manager.
pub(crate) struct Sandbox {
    pub(crate) party: Party,
    pub(crate) token: String,
}

pub(crate) async fn sandbox(service: &Service, kind: PartyKind, code: &str) -> Sandbox {
    let operator = Principal::operator();
    let mut transaction = service.app.begin(&operator, &surface()).await.unwrap();
    let document = json!({
        "kind": kind.name(), "code": format!("{CODE}{code}"), "name": code, "sandbox": true,
        "regions": if kind == PartyKind::State { json!(["Nowhere"]) } else { json!([]) },
    });
    let party = parties::register(&mut transaction, &operator, &document).await.unwrap();
    let issued = tokens::issue_to(&mut transaction, &operator, party.key, "try", &Scope::ALL).await.unwrap();
    transaction.commit().await.unwrap();
    let token = issued.secret.reveal().to_owned();
    Sandbox { party: Party { key: party.key, client: service.with_token(&token) }, token }
}

async fn titles(client: &Client, list: &str) -> Vec<String> {
    let listed = client.get(&format!("/api/v1/{list}")).await.expect(200).body;
    let of = |item: &Value| item["title"].as_str().unwrap_or_default().to_owned();
    listed["items"].as_array().expect("a list").iter().map(of).collect()
}

async fn what_is_tried_is_seen_by_its_own_and_by_coordinators_and_takes_part_in_nothing(service: &Service) {
    service.worker("solve");
    let earnest = earnest(service).await;
    circulated(&earnest, &request()).await;
    available(&earnest, &offer()).await;
    let provider = sandbox(service, PartyKind::Provider, "donor").await.party;
    let state = sandbox(service, PartyKind::State, "state").await.party;

    // The same names as in the register, and every step taken by its own manager.
    let taken: Vec<String> = {
        let listed = earnest.coordinator.client.get("/api/v1/offers").await.expect(200).body;
        listed["items"].as_array().unwrap().iter().map(|item| item["reference"].as_str().unwrap().to_owned()).collect()
    };
    let mut tried = offer();
    (tried["reference"], tried["title"]) = (json!(taken[0]), json!("Tried"));
    (tried["visibility"], tried["quantity"]) = (json!("public"), json!(1_000_000));
    let made = provider.client.post("/api/v1/offers", &tried).await.expect(201);
    assert_eq!(made.headers["needmatch-sandbox"], "true");
    assert_eq!(made.body["reference"], format!("{CODE}donor/{}", taken[0]));
    let path = made.location();
    provider.client.step(&path, 1, "submit", &json!({})).await.expect(200);
    provider.client.step(&path, 2, "confirm", &json!({})).await.expect(200);
    let asked = json!({
        "title": "Tried", "area": "record_keeping", "reference": "R-1", "components": [
            { "reference": "a", "type": "training", "unit": "place", "quantity": 2, "unit_cost": 9, "requires": ["b"] },
            { "reference": "b", "type": "training", "unit": "place", "quantity": 2, "unit_cost": 9 },
        ],
    });
    let made = state.client.post("/api/v1/requests", &asked).await.expect(201);
    assert_eq!(made.body["components"][0]["requires"], json!([format!("{CODE}state/b")]));
    let request = made.location();
    for (version, step, body) in [
        (1, "endorse", json!({})),
        (2, "submit", json!({})),
        (3, "authenticate", json!({ "priority": 1 })),
        (4, "circulate", json!({ "circulation": "public" })),
    ] {
        state.client.step(&request, version, step, &body).await.expect(200);
    }

    // Its own, and coordinators who ask for it.
    assert_eq!(titles(&state.client, "requests?order=oldest").await, ["Tried"]);
    let coordinator = &earnest.coordinator.client;
    coordinator.get(&path).await.expect(200);
    let own = format!("offers?party={}", provider.key);
    assert_eq!(titles(coordinator, &own).await, ["Tried"]);
    // Nobody else, nowhere.
    for client in [coordinator, &earnest.state.client, &earnest.provider.client, &service.public(), &state.client] {
        assert!(!titles(client, "offers").await.contains(&"Tried".to_owned()));
        let table = client.get("/api/v1/exports/offers").await;
        assert!(!String::from_utf8(table.bytes).unwrap().contains("Tried"));
    }
    for client in [&earnest.state.client, &earnest.provider.client, &service.public()] {
        client.get(&path).await.expect(404);
        client.get(&request).await.expect(404);
        client.get(&format!("/api/v1/parties/{}", provider.key)).await.expect(404);
        let listed = client.get("/api/v1/parties?limit=500").await.expect(200);
        assert!(!listed.body.to_string().contains(CODE), "{}", listed.body);
        assert!(!listed.headers.contains_key("needmatch-sandbox"));
    }
    let named =
        json!({ "provider": format!("{CODE}donor"), "title": "x", "form": "money", "unit": "EUR", "quantity": 1 });
    earnest.provider.client.post("/api/v1/offers", &named).await.expect_problem(422, "invalid");

    // No round takes it.
    let (_, scenario) = scenario(coordinator, &round()).await;
    let run = coordinator.post(&format!("{scenario}/runs"), &json!({})).await.expect(202).location();
    let ended = coordinator.wait(&run).await;
    assert_eq!(ended["lifecycle"], "succeeded", "{ended}");
    let plan = coordinator.get(&format!("{run}/export")).await.expect(200);
    assert!(!String::from_utf8(plan.bytes).unwrap().contains(CODE), "the problem knows nothing of it");
}

async fn a_sandbox_is_wiped_by_its_manager_alone_and_no_other_party_is(service: &Service) {
    let earnest = earnest(service).await;
    let donor = sandbox(service, PartyKind::Provider, "donor").await.party;
    donor.client.post("/api/v1/offers", &offer()).await.expect(201);
    let reset = |party: &Party| format!("/api/v1/parties/{}/sandbox/reset", party.key);
    earnest.provider.client.post(&reset(&donor), &json!({})).await.expect(404);
    earnest.coordinator.client.post(&reset(&donor), &json!({})).await.expect_problem(403, "forbidden");
    available(&earnest, &offer()).await;
    earnest.provider.client.post(&reset(&earnest.provider), &json!({})).await.expect_problem(422, "rule_broken");
    let wiped = donor.client.post(&reset(&donor), &json!({})).await.expect(200);
    assert_eq!(wiped.body["wiped"]["offers"], 1, "{}", wiped.body);
    let of = |party: &Party| format!("offers?party={}", party.key);
    assert_eq!(titles(&donor.client, &of(&donor)).await.len(), 0);
    assert_eq!(titles(&earnest.provider.client, &of(&earnest.provider)).await.len(), 1);
    let told = donor.client.get(&format!("/api/v1/parties/{}/audit?action=sandbox.reset", donor.key)).await.expect(200);
    assert_eq!(told.body["items"].as_array().map(Vec::len), Some(1), "{}", told.body);

    // The same key again repeats the answer, and touches nothing that is newer.
    donor.client.post("/api/v1/offers", &offer()).await.expect(201);
    let again = donor.client.post_with_key(&reset(&donor), &json!({}), "once").await.expect(200);
    assert_eq!(again.body["wiped"]["offers"], 1);
    donor.client.post("/api/v1/offers", &offer()).await.expect(201);
    let again = donor.client.post_with_key(&reset(&donor), &json!({}), "once").await.expect(200);
    assert_eq!(again.body["wiped"]["offers"], 1);
    assert_eq!(titles(&donor.client, &of(&donor)).await.len(), 1);
    let verdict = service.app.read().await.unwrap().verify_audit().await.unwrap();
    assert!(verdict.findings.is_empty(), "{verdict:?}");
}

async fn a_reset_that_a_process_did_not_finish_is_finished_by_another(service: &Service) {
    let donor = sandbox(service, PartyKind::Provider, "donor").await.party;
    for number in 0..60 {
        let mut tried = offer();
        tried["reference"] = json!(format!("O-{number}"));
        donor.client.post("/api/v1/offers", &tried).await.expect(201);
    }
    let operator = Principal::operator();
    let mut transaction = service.app.begin(&operator, &surface()).await.unwrap();
    needmatch_app::sandbox::reset(&mut transaction, &operator, donor.key).await.unwrap();
    transaction.commit().await.unwrap();
    service.app.store().wipe_some(donor.key).await.unwrap();
    let of = format!("offers?party={}&limit=500", donor.key);
    assert_eq!(titles(&donor.client, &of).await.len(), 10);
    service.worker("solve");
    for _ in 0..200 {
        if titles(&donor.client, &of).await.is_empty() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("what was left stands");
}

async fn a_sandbox_is_told_of_what_did_not_happen(service: &Service) {
    let earnest = earnest(service).await;
    let donor = sandbox(service, PartyKind::Provider, "donor").await.party;
    let webhooks = format!("/api/v1/parties/{}/webhooks", donor.key);
    let url = format!("http://{}/", service.receiver().local_addr().unwrap());
    let made = donor.client.post(&webhooks, &json!({ "url": url, "kinds": ["proposal.opened"] })).await.expect(201);
    let messages = format!("/api/v1/parties/{}/sandbox/messages", donor.key);
    let told = donor.client.post(&messages, &json!({ "kind": "proposal.opened" })).await.expect(202);
    assert_eq!((&told.body["webhooks"], &told.body["data"]["sandbox"]), (&json!(1), &json!(true)));
    let deliveries = donor.client.get(&format!("{}/deliveries", made.location())).await.expect(200);
    let body: Value = serde_json::from_str(deliveries.body["items"][0]["body"].as_str().unwrap()).unwrap();
    assert_eq!((&body["type"], &body["data"]), (&json!("proposal.opened"), &told.body["data"]));
    let other = donor.client.post(&messages, &json!({ "kind": "round.published" })).await.expect(202);
    assert_eq!(other.body["webhooks"], 0, "only what it listens to");
    donor.client.post(&messages, &json!({ "kind": "webhook.test" })).await.expect_problem(422, "invalid");
    donor.client.post(&messages, &json!({})).await.expect_problem(422, "invalid");
    let elsewhere = format!("/api/v1/parties/{}/sandbox/messages", earnest.provider.key);
    let asked = json!({ "kind": "proposal.opened" });
    earnest.provider.client.post(&elsewhere, &asked).await.expect_problem(422, "rule_broken");
}

async fn the_code_tells_a_sandbox(service: &Service) {
    let coordinator = service.party(PartyKind::Coordinator, "UN").await.client;
    let document =
        |kind: &str, code: &str, sandbox: bool| json!({ "kind": kind, "code": code, "name": "X", "sandbox": sandbox });
    for refused in [
        document("provider", "donor", true),
        document("provider", "sandbox-donor", false),
        document("observer", "sandbox-x", true),
        document("coordinator", "sandbox-x", true),
    ] {
        coordinator.post("/api/v1/parties", &refused).await.expect_problem(422, "invalid");
    }
    let made = coordinator.post("/api/v1/parties", &document("provider", "sandbox-donor", true)).await.expect(201);
    assert_eq!(made.body["sandbox"], true);
    let mut twin = document("state", "sandbox-donor", true);
    twin["regions"] = json!(["Nowhere"]);
    coordinator.post("/api/v1/parties", &twin).await.expect_problem(422, "invalid");
    let named = json!({ "name": "Donor", "sandbox": false });
    coordinator.put(&made.location(), Some(1), &named).await.expect_problem(422, "invalid");
    let renamed = coordinator.put(&made.location(), Some(1), &json!({ "name": "Donor" })).await.expect(200);
    assert_eq!((&renamed.body["name"], &renamed.body["sandbox"]), (&json!("Donor"), &json!(true)));
}

crate::on_both_databases!(
    what_is_tried_is_seen_by_its_own_and_by_coordinators_and_takes_part_in_nothing,
    a_sandbox_is_wiped_by_its_manager_alone_and_no_other_party_is,
    a_reset_that_a_process_did_not_finish_is_finished_by_another,
    a_sandbox_is_told_of_what_did_not_happen,
    the_code_tells_a_sandbox,
);
