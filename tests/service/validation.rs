//! Documents that break rules: each error by its place, all at once, and nothing stored.

use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Client, send};
use crate::matching::{offer, parties, request, round};
use crate::server::Service;

async fn stored(client: &Client, list: &str) -> usize {
    client.get(list).await.expect(200).body["items"].as_array().map_or(0, Vec::len)
}

fn with(mut document: Value, pointer: &str, value: Value) -> Value {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match document.pointer_mut(parent).unwrap() {
        Value::Object(fields) => fields.insert(name.to_owned(), value),
        _ => panic!("{pointer}"),
    };
    document
}

async fn a_wrong_request_is_refused_by_its_fields(service: &Service) {
    let parties = parties(service).await;
    let state = &parties.state.client;
    let cases = [
        ("/colour", json!("red"), "unknown_field"),
        ("/components/0/weight", json!(3), "unknown_field"),
        ("/state", json!("ZZZ"), "unknown_state"),
        ("/state", json!("FRA"), "unknown_party"),
        ("/area", json!("flying"), "unknown_area"),
        ("/priority", json!(0), "out_of_range"),
        ("/title", json!("   "), "blank"),
        ("/title", json!("a\u{202e}b"), "forbidden_character"),
        ("/title", json!("x".repeat(501)), "too_long"),
        ("/action_plan_date", json!("2026-02-30"), "not_a_date"),
        ("/context", json!("peace"), "unknown_word"),
        ("/components/0/quantity", json!(-1), "out_of_range"),
        ("/components/0/quantity", json!(0), "out_of_range"),
        ("/components/0/quantity", json!(1.5), "not_whole"),
        ("/components/0/quantity", json!("12"), "not_whole"),
        ("/components/0/quantity", json!(1e30), "out_of_range"),
        ("/components/0/quantity", json!(true), "wrong_type"),
        ("/components/0/type", json!("magic"), "unknown_word"),
        ("/components/1/minimum", json!(21), "minimum_above_quantity"),
        ("/components/1/received", json!(21), "received_above_quantity"),
        ("/components/0/requires", json!(["software"]), "requires_itself"),
        ("/components/0/requires", json!(["nothing"]), "unknown_component"),
        ("/components/1/reference", json!("software"), "twice"),
        ("/obstacles", json!([{ "code": "rain" }]), "unknown_obstacle"),
        ("/obstacles", json!([{ "code": "no_law", "mitigation": "law" }]), "unknown_component"),
        ("/components", json!({}), "wrong_type"),
    ];
    for (pointer, value, code) in cases {
        let answer = state.post("/api/v1/requests", &with(request(), pointer, value.clone())).await;
        let errors = answer.expect_problem(422, "invalid").errors();
        let found = errors.iter().any(|(at, found)| at.starts_with(pointer) && found == code);
        assert!(found, "{pointer} = {value}: {code} expected among {errors:?}");
    }
    assert_eq!(stored(state, "/api/v1/requests").await, 0);
    let many = json!({ "priority": "high", "components": [{ "type": "training", "quantity": 0 }] });
    let errors = state.post("/api/v1/requests", &many).await.expect_problem(422, "invalid").errors();
    let pointers: Vec<_> = errors.iter().map(|(pointer, _)| pointer.as_str()).collect();
    // A draft may lack the rest of its component; what it says of it is right.
    assert_eq!(pointers, ["/title", "/area", "/priority", "/components/0/quantity"]);
}

async fn a_wrong_offer_is_refused_by_its_fields(service: &Service) {
    let parties = parties(service).await;
    let provider = &parties.provider.client;
    let cases = [
        ("/provider", json!("Nobody"), "unknown_party"),
        ("/unit", json!("XXQ"), "unit_of_money"),
        ("/form", json!("in_kin"), "unknown_word"),
        ("/quantity", json!(1e30), "out_of_range"),
        ("/quantity", json!(2.5), "not_whole"),
        ("/states", json!(["SEN", "ZZZ"]), "unknown_state"),
        ("/regions", json!(["Atlantis"]), "unknown_region"),
        ("/groups", json!(["G7"]), "unknown_word"),
        ("/areas", json!(["marking", "x;y"]), "bad_identifier"),
        ("/periods", json!([{ "period": "2027" }]), "missing"),
        ("/visibility", json!("secret"), "unknown_word"),
        ("/requires_action_plan", json!("yes"), "wrong_type"),
    ];
    for (pointer, value, code) in cases {
        let answer = provider.post("/api/v1/offers", &with(offer(), pointer, value.clone())).await;
        let errors = answer.expect_problem(422, "invalid").errors();
        let found = errors.iter().any(|(at, found)| at.starts_with(pointer) && found == code);
        assert!(found, "{pointer} = {value}: {code} expected among {errors:?}");
    }
    let tickets = with(with(offer(), "/ticket_min", json!(9)), "/ticket_max", json!(8));
    let errors = provider.post("/api/v1/offers", &tickets).await.expect_problem(422, "invalid").errors();
    assert_eq!(errors, [("/ticket_min".to_owned(), "tickets_upside_down".to_owned())]);
    assert_eq!(stored(provider, "/api/v1/offers").await, 0);
}

async fn a_list_is_registered_whole_or_not_at_all(service: &Service) {
    let parties = parties(service).await;
    let provider = &parties.provider.client;
    let batch = json!([offer(), with(offer(), "/quantity", json!(0)), with(offer(), "/form", json!("x"))]);
    let errors = provider.post("/api/v1/offers", &batch).await.expect_problem(422, "invalid").errors();
    let pointers: Vec<_> = errors.iter().map(|(pointer, _)| pointer.as_str()).collect();
    assert_eq!(pointers, ["/1/quantity", "/2/form"]);
    assert_eq!(stored(provider, "/api/v1/offers").await, 0);
    let batch = json!([offer(), offer(), offer()]);
    let made = provider.post("/api/v1/offers", &batch).await.expect(201);
    assert_eq!(made.body["items"].as_array().map(Vec::len), Some(3));
}

async fn a_wrong_round_is_refused_by_its_settings(service: &Service) {
    let parties = parties(service).await;
    let coordinator = &parties.coordinator.client;
    let mut wrong = with(round(), "/settings/currency", json!("XXQ"));
    wrong["periods"] = json!(["2027", "2027"]);
    wrong["absorption"] = json!([{ "state": "SEN", "period": "2031", "amount": 1 }]);
    wrong["settings"]["goals"] = json!({ "order": [{ "goal": "fame" }] });
    let errors = coordinator.post("/api/v1/rounds", &wrong).await.expect_problem(422, "invalid").errors();
    for expected in ["/periods", "/absorption/0/period", "/settings/currency", "/settings/goals/order[1]/goal"] {
        assert!(errors.iter().any(|(pointer, _)| pointer == expected), "{expected} among {errors:?}");
    }
    // An offer in a currency without a rate keeps a round from being frozen, and says so.
    let pounds = with(offer(), "/unit", json!("GBP"));
    crate::matching::available(&parties, &pounds).await;
    crate::matching::circulated(&parties, &request()).await;
    let opened = coordinator.post("/api/v1/rounds", &round()).await.expect(201);
    let refused =
        coordinator.step(&opened.location(), 1, "freeze", &json!({})).await.expect_problem(422, "cannot_freeze");
    assert!(
        refused.body["values"]["faults"][0].as_str().is_some_and(|fault| fault.contains("GBP")),
        "{}",
        refused.body
    );
    assert_eq!(coordinator.get(&opened.location()).await.expect(200).body["lifecycle"], "open");
}

async fn what_is_no_json_or_too_much_of_it_is_refused_before_it_costs_anything(service: &Service) {
    let parties = parties(service).await;
    let provider = &parties.provider.client;
    let post = |kind: &str, body: Vec<u8>| {
        send(provider.request(Method::POST, "/api/v1/offers").header("content-type", kind.to_owned()).body(body))
    };
    post("application/json", b"{\"title\":".to_vec()).await.expect_problem(400, "not_json");
    post("application/json", vec![0xff, 0xfe]).await.expect_problem(400, "not_json");
    post("application/json", "[".repeat(100_000).into_bytes()).await.expect_problem(400, "not_json");
    post("text/csv", b"title".to_vec()).await.expect_problem(415, "unsupported_media_type");
    let long = json!({ "title": "x".repeat(5 << 20) }).to_string().into_bytes();
    post("application/json", long).await.expect_problem(413, "too_large");
    let bomb = gzip_of_zeros();
    let request = provider.request(Method::POST, "/api/v1/offers").header("content-encoding", "gzip");
    send(request.header("content-type", "application/json").body(bomb)).await.expect_problem(413, "too_large");
    assert_eq!(stored(provider, "/api/v1/offers").await, 0);
}

/// 64 MiB of zeros as gzip, made by the system's own program.
fn gzip_of_zeros() -> Vec<u8> {
    let script = "head -c 67108864 /dev/zero | gzip -9 -c";
    let output = std::process::Command::new("sh").args(["-c", script]).output().expect("gzip runs");
    assert!(output.status.success() && output.stdout.len() < 1 << 20);
    output.stdout
}

crate::on_both_databases!(
    a_wrong_request_is_refused_by_its_fields,
    a_wrong_offer_is_refused_by_its_fields,
    a_list_is_registered_whole_or_not_at_all,
    a_wrong_round_is_refused_by_its_settings,
    what_is_no_json_or_too_much_of_it_is_refused_before_it_costs_anything,
);
