//! What both sides agreed is called off as long as nobody has written it down; then what it held is free again.

use needmatch_app::store::words::MembershipStatus;
use needmatch_app::store::words::PartyKind;
use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::consent::{decide, path_of, proposal_for, proposed};
use crate::mail::person;
use crate::mail_sink::MailSink;
use crate::matching::{Parties, parties};
use crate::server::Service;

fn reason() -> Value {
    json!({ "reason": "the school was flooded" })
}

/// Has both sides accept a proposal that needs no assessment.
pub(crate) async fn agreed(parties: &Parties, path: &str) -> i64 {
    let half = decide(&parties.state.client, path, 1, "accept", &json!({})).await.expect(200);
    let whole = decide(&parties.provider.client, path, half.version(), "accept", &json!({})).await.expect(200);
    assert_eq!(whole.body["lifecycle"], "agreed");
    whole.version()
}

pub(crate) async fn first(client: &Client, list: &str) -> Value {
    client.get(list).await.expect(200).body["items"][0].clone()
}

async fn what_was_agreed_is_called_off_with_a_reason(service: &Service) {
    let parties = parties(service).await;
    let (state, provider, coordinator) = (&parties.state.client, &parties.provider.client, &parties.coordinator.client);
    person(service, parties.state.key, "awa", "fr", MembershipStatus::Active).await;
    person(service, parties.provider.key, "boris", "ru", MembershipStatus::Active).await;
    let hook = json!({ "url": "https://example.org/hook", "kinds": ["proposal.called_off"] });
    let mut webhooks = Vec::new();
    for party in [&parties.state, &parties.provider] {
        let path = format!("/api/v1/parties/{}/webhooks", party.key);
        webhooks.push((&party.client, party.client.post(&path, &hook).await.expect(201).location()));
    }
    let (_, scenario, proposals) = proposed(service, &parties, &json!({})).await;
    let clerks = path_of(proposal_for(&proposals, "clerks"));
    let early = decide(provider, &clerks, 1, "call-off", &reason()).await.expect_problem(409, "not_allowed_now");
    assert_eq!(early.body["values"]["allowed"], json!(["accept", "decline", "change", "assess"]));
    let version = agreed(&parties, &clerks).await;
    assert_eq!(first(state, "/api/v1/requests").await["lifecycle"], "partly_met");

    let stranger = service.party(PartyKind::Provider, "Stranger").await.client;
    decide(&stranger, &clerks, version, "call-off", &reason()).await.expect_problem(404, "not_found");
    decide(coordinator, &clerks, version, "call-off", &reason()).await.expect_problem(403, "forbidden");
    let bare = decide(state, &clerks, version, "call-off", &json!({})).await.expect_problem(422, "invalid");
    assert_eq!(bare.errors(), [("/reason".to_owned(), "missing".to_owned())]);
    state.step(&clerks, version, "call-off", &reason()).await.expect_problem(400, "bad_parameter");
    decide(state, &clerks, 1, "call-off", &reason()).await.expect_problem(412, "version_mismatch");

    let ended = decide(state, &clerks, version, "call-off", &reason()).await.expect(200).body;
    assert_eq!((&ended["lifecycle"], &ended["ending"]), (&json!("declined"), &json!("called_off")), "{ended}");
    assert_eq!((&ended["declined_by"], &ended["reason"]), (&ended["state_party"], &reason()["reason"]));
    let asked = first(state, "/api/v1/requests").await;
    assert_eq!((&asked["lifecycle"], &asked["components"][1]["committed"]), (&json!("in_round"), &json!(0)));
    let given = first(provider, "/api/v1/offers").await;
    assert_eq!((&given["lifecycle"], &given["committed"]), (&json!("available"), &json!(0)), "{given}");
    assert_eq!(service.app.read().await.unwrap().recount_ledger().await.unwrap(), []);
    let again = decide(provider, &clerks, version + 1, "call-off", &reason()).await;
    assert_eq!(again.expect_problem(409, "not_allowed_now").body["values"]["allowed"], json!([]));
    let written = json!({ "authority": "Commission", "procedure": "Decree 7" });
    let late = state.post_with_key(&format!("{clerks}/commitment"), &written, "late").await;
    late.expect_problem(409, "not_allowed_now");

    // Both sides are told, by their systems and in their languages, and both chains tell of it.
    for (client, webhook) in &webhooks {
        let told = client.get(&format!("{webhook}/deliveries")).await.expect(200).body;
        assert_eq!(told["items"].as_array().map(Vec::len), Some(1), "{told}");
    }
    let id = clerks.rsplit('/').next().unwrap();
    for party in [&parties.state, &parties.provider] {
        let log = format!("/api/v1/parties/{}/audit?subject={id}&action=proposal.call-off", party.key);
        let row = party.client.get(&log).await.expect(200).body["items"][0].clone();
        assert_eq!((&row["state_from"], &row["state_to"]), (&json!("agreed"), &json!("declined")), "{row}");
        assert_eq!(row["reason"], reason()["reason"]);
    }
    let sink = MailSink::listen(&[]).await;
    service.mailer(&sink.address);
    // Two proposals, two acceptances and what became of them, to one person a side.
    let handed = sink.wait_for(10).await;
    let texts: Vec<(String, String)> =
        handed.iter().map(|one| (one.to.clone(), one.read()["text"].as_str().unwrap().to_owned())).collect();
    for (to, said) in [("awa@example.org", "a renoncé à ce qui avait été convenu"), ("boris@example.org", "отменена")]
    {
        let told = |(addressee, text): &&(String, String)| addressee == to && text.contains(said);
        let found: Vec<_> = texts.iter().filter(told).collect();
        assert_eq!(found.len(), 1, "{texts:?}");
        assert!(found[0].1.contains("the school was flooded"), "{found:?}");
    }

    // Later runs do not propose it again.
    let run = coordinator.post(&format!("{scenario}/runs"), &json!({})).await.expect(202).location();
    coordinator.wait(&run).await;
    let plan = coordinator.get(&format!("{run}/plan")).await.expect(200).body;
    assert!(plan["items"].as_array().unwrap().iter().all(|row| row["component"] != "SEN/clerks"), "{plan}");
    assert_eq!(service.app.read().await.unwrap().verify_audit().await.unwrap().findings, []);
}

async fn what_is_written_down_is_given_up_and_not_called_off(service: &Service) {
    let parties = parties(service).await;
    let (state, provider) = (&parties.state.client, &parties.provider.client);
    let (_, _, proposals) = proposed(service, &parties, &json!({})).await;
    let clerks = path_of(proposal_for(&proposals, "clerks"));
    let version = agreed(&parties, &clerks).await;
    let written = json!({ "authority": "Commission", "procedure": "Decree 7" });
    let made = state.post_with_key(&format!("{clerks}/commitment"), &written, "w").await.expect(201);
    let refused = decide(provider, &clerks, version, "call-off", &reason()).await;
    let refused = refused.expect_problem(409, "not_allowed_now").body;
    assert_eq!(refused["values"]["state"], "committed");
    assert_eq!(refused["values"]["allowed"], json!(["disburse", "deliver", "cancel"]), "{refused}");
    let given = first(provider, "/api/v1/offers").await;
    assert_eq!(given["committed"], made.body["promised"], "{given}");
}

async fn calling_off_and_writing_down_at_once_one_wins(service: &Service) {
    let parties = parties(service).await;
    let (_, _, proposals) = proposed(service, &parties, &json!({})).await;
    let clerks = path_of(proposal_for(&proposals, "clerks"));
    let version = agreed(&parties, &clerks).await;
    let (state, provider) = (parties.state.client.clone(), parties.provider.client.clone());
    let (calling, writing) = (clerks.clone(), format!("{clerks}/commitment"));
    let called_off = tokio::spawn(async move { decide(&provider, &calling, version, "call-off", &reason()).await });
    let written = tokio::spawn(async move {
        let written = json!({ "authority": "Commission", "procedure": "Decree 7" });
        state.post_with_key(&writing, &written, "w").await
    });
    let (called_off, written): (Answer, Answer) = (called_off.await.unwrap(), written.await.unwrap());
    let statuses = (called_off.status.as_u16(), written.status.as_u16());
    assert!(statuses == (200, 409) || statuses == (409, 201), "{statuses:?}: {} {}", called_off.body, written.body);
    let lost = if statuses.0 == 409 { called_off } else { written };
    lost.expect_problem(409, "not_allowed_now");
    assert_eq!(service.app.read().await.unwrap().recount_ledger().await.unwrap(), []);
}

crate::on_both_databases!(
    what_was_agreed_is_called_off_with_a_reason,
    what_is_written_down_is_given_up_and_not_called_off,
    calling_off_and_writing_down_at_once_one_wins,
);
