//! Whoever handed a request in and finds it outside a round is told why, and nobody else is.

use needmatch_app::store::words::PartyKind;
use serde_json::{Value, json};

use crate::consent::published;
use crate::matching::{available, circulated, offer, parties, round, scenario};
use crate::receiver::Receiver;
use crate::server::Service;

/// A request for places in a course; what else stands in its components is added to each.
fn course(title: &str, components: &[Value]) -> Value {
    let line = |(position, more): (usize, &Value)| {
        let mut line = json!({
            "reference": format!("{title}-{position}"), "type": "training", "unit": "place", "quantity": 4, "unit_cost": 900
        });
        for (field, value) in more.as_object().into_iter().flatten() {
            line[field] = value.clone();
        }
        line
    };
    let components: Vec<Value> = components.iter().enumerate().map(line).collect();
    json!({ "reference": title, "title": title, "area": "record_keeping", "components": components })
}

async fn every_state_is_told_why_a_round_leaves_its_request_out(service: &Service) {
    service.worker("solve");
    let parties = parties(service).await;
    let (state, coordinator) = (&parties.state.client, &parties.coordinator.client);
    let other = service.party(PartyKind::State, "GMB").await.client;
    available(&parties, &offer()).await;
    let receiver = Receiver::listen(service.receiver(), &[]);
    let hook = json!({ "url": format!("{}/hook", receiver.address), "kinds": ["request.left_out"] });
    let hook = state.post(&format!("/api/v1/parties/{}/webhooks", parties.state.key), &hook).await.expect(201);

    let far = json!({ "from": "2040", "to": "2041" });
    let whole = circulated(&parties, &course("whole", &[json!({})])).await;
    let outside = circulated(&parties, &course("outside", std::slice::from_ref(&far))).await;
    let partly = circulated(&parties, &course("partly", &[json!({}), far])).await;
    let had = circulated(&parties, &course("had", &[json!({ "received": 4 })])).await;
    let draft = state.post("/api/v1/requests", &course("draft", &[json!({})])).await.expect(201).location();
    let mut waiting = Vec::new();
    for (title, steps) in [("endorsed", 1), ("submitted", 2), ("returned", 3), ("authenticated", 3)] {
        let made = state.post("/api/v1/requests", &course(title, &[json!({})])).await.expect(201);
        let (path, mut version) = (made.location(), made.version());
        let last = if title == "returned" { (coordinator, "return") } else { (coordinator, "authenticate") };
        for (client, step) in [(state, "endorse"), (state, "submit"), last].into_iter().take(steps) {
            version = client.step(&path, version, step, &json!({ "reason": "as agreed" })).await.expect(200).version();
        }
        waiting.push(path);
    }
    let opened = coordinator.post("/api/v1/rounds", &round()).await.expect(201);
    let round = opened.location();
    let frozen = coordinator.step(&round, opened.version(), "freeze", &json!({})).await.expect(200).body;
    for (reference, reason) in
        [("submitted", "not_authenticated"), ("returned", "returned"), ("authenticated", "not_circulated")]
    {
        let row = json!({ "kind": "request", "reference": format!("SEN/{reference}"), "reason": reason });
        assert!(frozen["left_out"].as_array().unwrap().contains(&row), "{frozen}");
    }

    let told = async |path: &str| {
        let told = state.get(&format!("{path}/explanations")).await.expect(200).body;
        let left_out = told["left_out"].as_array().unwrap().clone();
        assert!(left_out.iter().all(|row| round.ends_with(row["round"].as_str().unwrap())), "{told}");
        let said = |row: &Value| row["detail"].as_str().is_some_and(|detail| detail.ends_with('.'));
        assert!(left_out.iter().all(said), "{told}");
        left_out.iter().map(|row| (row["reason"].clone(), row["components"].clone())).collect::<Vec<_>>()
    };
    let nobody = Vec::<(Value, Value)>::new();
    for (path, reason) in waiting[1..].iter().zip(["not_authenticated", "returned", "not_circulated"]) {
        assert_eq!(told(path).await, [(json!(reason), json!([]))], "{reason}");
    }
    assert_eq!(told(&outside).await, [(json!("outside_horizon"), json!([]))]);
    assert_eq!(told(&partly).await, [(json!("outside_horizon"), json!(["SEN/partly-1"]))]);
    for (path, what) in [
        (&whole, "takes part"),
        (&draft, "a draft"),
        (&waiting[0], "never submitted"),
        (&had, "what programmes cover is nobody's to learn before publication"),
    ] {
        assert_eq!(told(path).await, nobody, "{what}");
    }
    let french =
        state.request(reqwest::Method::GET, &format!("{outside}/explanations")).header("Accept-Language", "fr");
    let french = crate::client::send(french).await.expect(200).body;
    assert!(french["left_out"][0]["detail"].as_str().unwrap().contains("hors de celles du cycle"), "{french}");
    let all = coordinator.get(&format!("{outside}/explanations")).await.expect(200).body;
    assert_eq!(all["left_out"][0]["reason"], "outside_horizon");
    other.get(&format!("{outside}/explanations")).await.expect_problem(404, "not_found");
    parties.provider.client.get(&format!("{outside}/explanations")).await.expect_problem(403, "forbidden");
    parties.provider.client.get(&format!("{}/explanations", waiting[1])).await.expect_problem(404, "not_found");

    let made = coordinator.post(&format!("{round}/scenarios"), &json!({ "name": "base" })).await.expect(201);
    published(coordinator, &round, &made.location(), &json!({})).await;
    assert_eq!(told(&had).await, [(json!("nothing_outstanding"), json!([]))]);
    let page = state.get(&format!("{}/deliveries", hook.location())).await.expect(200).body;
    let sent = page["items"].as_array().unwrap();
    assert_eq!(sent.len(), 6, "each once: {page}");
    assert!(sent.iter().all(|delivery| delivery["kind"] == "request.left_out"), "{page}");

    // The next round says what it has to say; the first is not forgotten.
    let (next, _) = scenario(coordinator, &crate::matching::round()).await;
    let told = state.get(&format!("{}/explanations", waiting[1])).await.expect(200).body;
    let rounds: Vec<&str> =
        told["left_out"].as_array().unwrap().iter().filter_map(|row| row["round"].as_str()).collect();
    assert_eq!(rounds.len(), 2, "{told}");
    assert!(next.ends_with(rounds[0]) && round.ends_with(rounds[1]), "{told}");
}

crate::on_both_databases!(every_state_is_told_why_a_round_leaves_its_request_out);
