//! From an offer over the API to a plan that anybody can recount.

use std::collections::BTreeSet;

use needmatch_app::store::words::PartyKind;
use needmatch_app::{Principal, Surface, rounds};
use needmatch_domain::run::Run;
use needmatch_matching::freeze::freeze;
use needmatch_store::MAX_PAGE;
use serde_json::{Value, json};

use crate::client::Client;
use crate::server::{Party, Service};

/// A state, a provider and a coordinator, each with a token of every scope.
pub(crate) struct Parties {
    pub(crate) state: Party,
    pub(crate) provider: Party,
    pub(crate) coordinator: Party,
}

pub(crate) async fn parties(service: &Service) -> Parties {
    Parties {
        state: service.party(PartyKind::State, "SEN").await,
        provider: service.party(PartyKind::Provider, "Halvorland").await,
        coordinator: service.party(PartyKind::Coordinator, "UN").await,
    }
}

pub(crate) fn request() -> Value {
    json!({
        "title": "National register of firearms", "area": "record_keeping", "priority": 1,
        "components": [
            { "reference": "software", "type": "software", "unit": "licence", "quantity": 1, "unit_cost": 40000,
              "divisible": false, "requires": ["clerks"] },
            { "reference": "clerks", "type": "training", "unit": "place", "quantity": 20, "minimum": 10, "unit_cost": 900 }
        ]
    })
}

pub(crate) fn offer() -> Value {
    json!({ "title": "Registers", "form": "money", "unit": "EUR", "quantity": 60000, "areas": ["record_keeping"] })
}

pub(crate) fn round() -> Value {
    json!({
        "name": "Round 2027", "periods": ["2027", "2028"],
        "settings": { "currency": "USD", "as_of": "2026-11-22", "rates": { "EUR": "1.09" }, "limits": { "seconds": 20 } }
    })
}

/// Registers a request and shows it to every provider.
pub(crate) async fn circulated(parties: &Parties, request: &Value) -> String {
    circulated_as(parties, request, &json!({ "circulation": "providers" })).await
}

/// Registers a request and brings it to circulation with this consent.
pub(crate) async fn circulated_as(parties: &Parties, request: &Value, consent: &Value) -> String {
    let (state, coordinator) = (&parties.state.client, &parties.coordinator.client);
    let created = state.post("/api/v1/requests", request).await.expect(201);
    let path = created.location();
    let endorsed = state.step(&path, created.version(), "endorse", &json!({})).await.expect(200);
    let submitted = state.step(&path, endorsed.version(), "submit", &json!({})).await.expect(200);
    let priority = json!({ "priority": 2, "reason": "as in the national action plan" });
    let authenticated = coordinator.step(&path, submitted.version(), "authenticate", &priority).await.expect(200);
    assert_eq!(authenticated.body["priority"], 2);
    let circulated = state.step(&path, authenticated.version(), "circulate", consent).await.expect(200);
    assert_eq!(circulated.body["lifecycle"], "circulated");
    path
}

/// Posts an offer and has it confirmed.
pub(crate) async fn available(parties: &Parties, offer: &Value) -> String {
    let created = parties.provider.client.post("/api/v1/offers", offer).await.expect(201);
    let path = created.location();
    let submitted = parties.provider.client.step(&path, created.version(), "submit", &json!({})).await.expect(200);
    let confirmed =
        parties.coordinator.client.step(&path, submitted.version(), "confirm", &json!({})).await.expect(200);
    assert_eq!(confirmed.body["lifecycle"], "available");
    path
}

/// Opens and freezes a round and makes a scenario of it; answers the scenario's address.
pub(crate) async fn scenario(coordinator: &Client, round: &Value) -> (String, String) {
    let opened = coordinator.post("/api/v1/rounds", round).await.expect(201);
    let round = opened.location();
    let frozen = coordinator.step(&round, opened.version(), "freeze", &json!({})).await.expect(200);
    assert_eq!(frozen.body["lifecycle"], "frozen");
    let scenario = coordinator.post(&format!("{round}/scenarios"), &json!({ "name": "base" })).await.expect(201);
    (round, scenario.location())
}

async fn an_offer_over_the_api_becomes_a_match_that_recounts(service: &Service) {
    service.worker("solve");
    let parties = parties(service).await;
    circulated(&parties, &request()).await;
    let offer = available(&parties, &offer()).await;
    let coordinator = &parties.coordinator.client;
    let (round, scenario) = scenario(coordinator, &round()).await;

    let started = coordinator.post(&format!("{scenario}/runs"), &json!({})).await.expect(202);
    let run = started.location();
    let ended = coordinator.wait(&run).await;
    assert_eq!((&ended["lifecycle"], &ended["result"]["status"]), (&json!("succeeded"), &json!("optimal")), "{ended}");

    let plan = coordinator.get(&format!("{run}/plan")).await.expect(200).body;
    let rows = plan["items"].as_array().unwrap();
    let offer = coordinator.get(&offer).await.expect(200).body;
    let given = |component: &str| -> i64 {
        let rows = rows.iter().filter(|row| row["component"] == component && row["offer"] == offer["reference"]);
        rows.filter_map(|row| row["quantity"].as_i64()).sum()
    };
    assert_eq!((given("SEN/software"), given("SEN/clerks")), (1, 20), "{plan}");
    assert!(rows.iter().all(|row| row["reason"]["weight"].as_i64() > Some(0)), "{plan}");

    let export = coordinator.get(&format!("{run}/export")).await.expect(200);
    let file: Run = serde_json::from_slice(&export.bytes).unwrap();
    assert_eq!(file.digest, file.computed_digest());
    let verified = needmatch_verify::verify_run(file).expect("an outsider's recount accepts the export");
    assert_eq!(json!(verified.run().digest), ended["result"]["digest"]);

    let problem = coordinator.get(&format!("{run}/problem")).await.expect(200);
    assert_eq!(json!(needmatch_domain::canonical::sha256(&problem.bytes)), ended["problem_sha256"]);
    for part in ["certificate", "explanations"] {
        coordinator.get(&format!("{run}/{part}")).await.expect(200);
    }

    // Until it is published the run is nobody else's to know; then the provider sees its own match.
    let provider = &parties.provider.client;
    provider.get(&run).await.expect_problem(404, "not_found");
    let version = coordinator.get(&round).await.expect(200).version();
    coordinator.step(&round, version, "publish", &json!({ "run": ended["id"] })).await.expect(200);
    let seen = provider.get(&format!("{run}/plan")).await.expect(200).body;
    assert_eq!(seen["items"].as_array().map(Vec::len), Some(rows.len()), "{seen}");
    provider.get(&format!("{run}/export")).await.expect_problem(403, "forbidden");
    service.public().get(&run).await.expect(200);
}

async fn events_are_numbered_and_resume_where_the_line_broke(service: &Service) {
    service.worker("solve");
    let parties = parties(service).await;
    circulated(&parties, &request()).await;
    available(&parties, &offer()).await;
    let coordinator = &parties.coordinator.client;
    let (_, scenario) = scenario(coordinator, &round()).await;
    let run = coordinator.post(&format!("{scenario}/runs"), &json!({})).await.expect(202).location();
    let read = async |after: i64| {
        let request = coordinator.request(reqwest::Method::GET, &format!("{run}/events"));
        let answer = crate::client::send(request.header("Last-Event-ID", after.to_string())).await;
        String::from_utf8(answer.bytes).unwrap()
    };
    let all = read(0).await;
    let numbers =
        |text: &str| -> Vec<i64> { text.lines().filter_map(|line| line.strip_prefix("id: ")?.parse().ok()).collect() };
    let told = numbers(&all);
    assert!(!told.is_empty(), "{all}");
    assert_eq!(told, (1..=i64::try_from(told.len()).unwrap()).collect::<Vec<_>>(), "{all}");
    assert!(all.contains("event: end") && all.contains("succeeded"), "{all}");
    let rest = read(told.last().unwrap() - 1).await;
    assert_eq!(numbers(&rest), told[told.len() - 1..], "{rest}");
    let text = coordinator.request(reqwest::Method::GET, &format!("{run}/events")).header("Last-Event-ID", "x");
    crate::client::send(text).await.expect_problem(400, "bad_parameter");
}

async fn a_scenario_overrides_what_it_names_and_is_fixed_once_run(service: &Service) {
    service.worker("solve");
    let parties = parties(service).await;
    circulated(&parties, &request()).await;
    available(&parties, &offer()).await;
    let coordinator = &parties.coordinator.client;
    let (round, base) = scenario(coordinator, &round()).await;
    let base_id = coordinator.get(&base).await.expect(200).body["id"].clone();
    let strict = json!({
        "name": "strict", "base": base_id, "settings": { "rules": { "contribution": { "threshold": 10 } } }
    });
    let strict = coordinator.post(&format!("{round}/scenarios"), &strict).await.expect(201);
    let run = coordinator.post(&format!("{}/runs", strict.location()), &json!({})).await.expect(202).location();
    let ended = coordinator.wait(&run).await;
    assert_eq!(ended["result"]["matches"], 0, "the state contributes nothing: {ended}");
    let again = json!({ "name": "strict", "settings": {} });
    coordinator.put(&strict.location(), Some(strict.version()), &again).await.expect_problem(409, "not_allowed_now");
    let wrong = json!({ "name": "wrong", "settings": { "rules": { "fairness": "on" }, "limits": { "seconds": 0 } } });
    let refused = coordinator.post(&format!("{round}/scenarios"), &wrong).await.expect_problem(422, "invalid");
    let pointers: BTreeSet<_> = refused.errors().into_iter().map(|(pointer, _)| pointer).collect();
    assert_eq!(pointers, ["/settings/limits/seconds", "/settings/rules/fairness"].map(ToOwned::to_owned).into());
    let names = coordinator.get(&format!("{round}/scenarios")).await.expect(200).body;
    assert_eq!(names["items"].as_array().map(Vec::len), Some(2), "what was refused is not stored");
}

async fn an_imported_folder_makes_the_problem_that_the_folder_makes(service: &Service) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../scenarios/bms6-illustrative");
    let scenario = needmatch_exchange::read_folder(path.as_ref()).expect("the scenario reads");
    let expected = freeze(&scenario).expect("it can be frozen").problem.sha256();
    let parties = parties(service).await;
    circulated(&parties, &request()).await;
    let operator = Principal::operator();
    let surface = Surface { name: "cli", request_id: "import".to_owned() };
    let key = parties.coordinator.key;
    let imported = rounds::import(&service.app, &operator, &surface, key, "illustrative", &scenario).await;
    let imported = imported.expect("the folder can be imported");
    assert_eq!(imported.problem_sha256, expected);
    let coordinator = &parties.coordinator.client;
    let run =
        coordinator.post(&format!("/api/v1/scenarios/{}/runs", imported.scenario.key), &json!({})).await.expect(202);
    assert_eq!(run.body["problem_sha256"], expected);
    let listed = coordinator.get(&format!("/api/v1/requests?limit={MAX_PAGE}&lifecycle=in_round")).await.expect(200);
    assert_eq!(listed.body["items"].as_array().map(Vec::len), Some(scenario.requests.len()));
}

crate::on_both_databases!(
    an_offer_over_the_api_becomes_a_match_that_recounts,
    events_are_numbered_and_resume_where_the_line_broke,
    a_scenario_overrides_what_it_names_and_is_fixed_once_run,
    an_imported_folder_makes_the_problem_that_the_folder_makes,
);
