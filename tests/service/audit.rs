//! The audit log over HTTP: every step with where it began, where it led and why, found by what it is about.

use needmatch_app::store::words::PartyKind;
use serde_json::{Value, json};

use crate::matching::{circulated, offer, parties, request};
use crate::server::Service;

fn steps(page: &Value) -> Vec<(Option<&str>, Option<&str>, Option<&str>)> {
    let rows = page["items"].as_array().expect("a list").iter();
    rows.map(|row| (row["step"].as_str(), row["state_from"].as_str(), row["state_to"].as_str())).collect()
}

async fn what_became_of_an_offer_is_read_step_by_step(service: &Service) {
    let parties = parties(service).await;
    let (provider, coordinator) = (&parties.provider.client, &parties.coordinator.client);
    let made = provider.post("/api/v1/offers", &offer()).await.expect(201);
    let path = made.location();
    let submitted = provider.step(&path, made.version(), "submit", &json!({})).await.expect(200);
    let confirmed = coordinator.step(&path, submitted.version(), "confirm", &json!({})).await.expect(200);
    let reason = json!({ "reason": "the budget was cut" });
    provider.step(&path, confirmed.version(), "withdraw", &reason).await.expect(200);
    let id = made.body["id"].as_str().expect("an identifier");
    let log = format!("/api/v1/parties/{}/audit", parties.provider.key);
    let about = format!("{log}?subject={id}&subject_kind=offer");
    let told = provider.get(&about).await.expect(200).body;
    assert_eq!(
        steps(&told),
        [
            (Some("create"), None, Some("draft")),
            (Some("submit"), Some("draft"), Some("submitted")),
            (Some("confirm"), Some("submitted"), Some("available")),
            (Some("withdraw"), Some("available"), Some("withdrawn")),
        ]
    );
    assert_eq!(told["items"][3]["reason"], reason["reason"]);
    assert_eq!(coordinator.get(&about).await.expect(200).body, told);
    let moves = provider.get(&format!("{log}?action=offer.move&limit=2")).await.expect(200).body;
    assert_eq!(steps(&moves).len(), 2);
    let rest = provider.get(&format!("{log}?action=offer.move&limit=2&after={}", moves["next"])).await.expect(200).body;
    assert_eq!(steps(&rest), [(Some("withdraw"), Some("available"), Some("withdrawn"))]);
    let later = format!("{log}?since=2200-01-01T00:00:00Z");
    assert_eq!(provider.get(&later).await.expect(200).body["items"], json!([]));

    // Nobody finds more by a filter than without one.
    let stranger = service.party(PartyKind::Provider, "Stranger").await;
    stranger.client.get(&about).await.expect_problem(403, "forbidden");
    let own = format!("/api/v1/parties/{}/audit?subject={id}", stranger.key);
    assert_eq!(stranger.client.get(&own).await.expect(200).body["items"], json!([]));
    for wrong in ["subject_kind=offer", "since=yesterday", "before=2026", "person=x"] {
        provider.get(&format!("{log}?{wrong}")).await.expect_problem(400, "bad_parameter");
    }
    provider.get(&format!("{log}?subject=x")).await.expect_problem(404, "not_found");
    assert_eq!(service.app.read().await.unwrap().verify_audit().await.unwrap().findings, []);
}

async fn a_request_circulated_and_revised_says_so(service: &Service) {
    let parties = parties(service).await;
    let state = &parties.state.client;
    let path = circulated(&parties, &request()).await;
    let version = state.get(&path).await.expect(200).version();
    state.step(&path, version, "revise", &json!({ "reason": "prices rose" })).await.expect(200);
    let id = path.rsplit('/').next().expect("an identifier");
    let log = format!("/api/v1/parties/{}/audit?subject={id}&action=request.move", parties.state.key);
    let told = state.get(&log).await.expect(200).body;
    let moved = steps(&told);
    assert_eq!(moved.first(), Some(&(Some("endorse"), Some("draft"), Some("endorsed"))), "{told}");
    assert_eq!(moved.last(), Some(&(Some("revise"), Some("circulated"), Some("draft"))), "{told}");
    assert!(moved.contains(&(Some("circulate"), Some("authenticated"), Some("circulated"))), "{told}");
}

crate::on_both_databases!(what_became_of_an_offer_is_read_step_by_step, a_request_circulated_and_revised_says_so,);
