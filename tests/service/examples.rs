//! Every example of a body that the description of the API shows is sent: to what it may be sent to, by who may, at the
//! version that stands. None may be refused for what it says.

use needmatch_app::store::words::PartyKind;
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Answer, Client, send};
use crate::matching::{Parties, available, circulated, offer, parties, request, round, scenario};
use crate::server::Service;

/// What stands for the identifier in the address of an operation.
struct Place {
    /// Beginning of the path as described.
    start: &'static str,
    /// The address of what is there.
    address: String,
    client: Client,
}

/// One of everything; of what can only be changed as a draft, a draft.
async fn places(service: &Service, parties: &Parties) -> Vec<Place> {
    let (state, provider) = (&parties.state.client, &parties.provider.client);
    let coordinator = &parties.coordinator.client;
    service.worker("solve");
    for (kind, code) in [(PartyKind::Observer, "Audit"), (PartyKind::State, "GMB")] {
        service.party(kind, code).await;
    }
    circulated(parties, &request()).await;
    available(parties, &offer()).await;
    let (frozen, scenario) = scenario(coordinator, &round()).await;
    let run = coordinator.post(&format!("{scenario}/runs"), &json!({})).await.expect(202).location();
    let ended = coordinator.wait(&run).await;
    let version = coordinator.version_of(&frozen).await;
    coordinator.step(&frozen, version, "publish", &json!({ "run": ended["id"] })).await.expect(200);
    let proposals = state.get("/api/v1/proposals").await.expect(200).body;
    let proposal = format!("/api/v1/proposals/{}", proposals["items"][0]["id"].as_str().expect("a proposal"));
    let made = async |client: &Client, path: &str, body: Value| client.post(path, &body).await.expect(201).location();
    let programme = json!({ "title": "Records", "state": "SEN", "area": "record_keeping", "amount": 1 });
    let channel = json!({ "code": "trust-facility", "name": "Fund" });
    let catalogue = coordinator.get("/api/v1/items?limit=500").await.expect(200).body;
    let machine = catalogue["items"].as_array().expect("items").iter().find(|item| item["code"] == "marking_machine");
    let item =
        format!("/api/v1/items/{}", machine.expect("the catalogue has it")["id"].as_str().expect("an identifier"));
    let line = json!({ "type": "training", "unit": "place", "quantity": 1 });
    let draft = json!({ "title": "Asked", "area": "marking", "components": [line] });
    let place = |start, address, client: &Client| Place { start, address, client: client.clone() };
    let of_state = format!("/api/v1/parties/{}", parties.state.key);
    vec![
        place("/api/v1/requests/{id}", made(state, "/api/v1/requests", draft).await, state),
        place("/api/v1/offers/{id}", made(provider, "/api/v1/offers", offer()).await, provider),
        place("/api/v1/programmes/{id}", made(provider, "/api/v1/programmes", programme).await, provider),
        place("/api/v1/channels/{id}", made(coordinator, "/api/v1/channels", channel).await, coordinator),
        place("/api/v1/items/{id}", item, coordinator),
        place("/api/v1/rounds/{id}/scenarios", frozen, coordinator),
        place("/api/v1/rounds/{id}", made(coordinator, "/api/v1/rounds", round()).await, coordinator),
        place("/api/v1/scenarios/{id}", scenario, coordinator),
        place("/api/v1/proposals/{id}", proposal, provider),
        place("/api/v1/parties/{id}/offers", format!("/api/v1/parties/{}", parties.provider.key), provider),
        place("/api/v1/parties/{id}/programmes", format!("/api/v1/parties/{}", parties.provider.key), provider),
        place("/api/v1/parties/{id}", of_state, state),
        place("/api/v1/packages", String::new(), state),
        place("/api/v1/requests", String::new(), state),
        place("/api/v1/reports", String::new(), state),
        place("/api/v1/offers", String::new(), provider),
        place("/api/v1/programmes", String::new(), provider),
        place("/api/v1/sign-in", String::new(), &service.public()),
        place("/api/v1/", String::new(), coordinator),
    ]
}

async fn every_example_is_understood(service: &Service) {
    let parties = parties(service).await;
    let places = places(service, &parties).await;
    let description: Value = serde_json::from_str(&needmatch_api::openapi()).expect("a description");
    let (mut sent, mut faults) = (0, Vec::new());
    for (path, item) in description["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("methods") {
            let content = &operation["requestBody"]["content"]["application/json"];
            if content.is_null() {
                continue;
            }
            let example = &content["example"];
            assert!(example.is_object(), "{method} {path} has no example");
            let place = places.iter().find(|place| path.starts_with(place.start)).expect("the last fits all");
            let answer = try_out(place, &method.to_uppercase(), path, example).await;
            // Whoever sends it may lack the password, the link or the standing that it takes, and an earlier one may have
            // taken its names; what it says is right.
            let only_taken = || answer.errors().iter().all(|(_, code)| code == "taken");
            let is_understood = match answer.status.as_u16() {
                422 => answer.body["code"] == "rule_broken" || only_taken(),
                status => !matches!(status, 400 | 415 | 500..),
            };
            if !is_understood {
                faults.push(format!("{method} {path}: {example} is answered {}: {}", answer.status, answer.body));
            }
            sent += 1;
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(sent > 40, "{sent}");
}

async fn try_out(place: &Place, method: &str, path: &str, example: &Value) -> Answer {
    let standing = if place.address.is_empty() { None } else { Some(place.client.get(&place.address).await.body) };
    let version = standing.as_ref().and_then(|body| body["version"].as_i64()).unwrap_or(1);
    let mut address = match path.split_once("{id}") {
        Some((_, rest)) if !place.address.is_empty() => format!("{}{rest}", place.address),
        _ => path.to_owned(),
    };
    let step = if path.contains("commitments") { "cancel" } else { "withdraw" };
    for (name, value) in [("{step}", step), ("{external_id}", "mine-1")] {
        address = address.replace(name, value);
    }
    // What is not there is named by an identifier of the right form.
    while let Some((before, after)) = address.split_once('{') {
        let rest = after.split_once('}').map_or("", |(_, rest)| rest);
        address = format!("{before}01980000-0000-7000-8000-000000000001{rest}");
    }
    let request = place.client.request(Method::from_bytes(method.as_bytes()).expect("a method"), &address);
    let request = request.header("Idempotency-Key", format!("{method} {path}")).json(example);
    let is_mirror = path.contains("{external_id}");
    send(if is_mirror { request } else { request.header("If-Match", format!("\"{version}\"")) }).await
}

crate::on_both_databases!(every_example_is_understood);
