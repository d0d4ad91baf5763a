//! What people and parties say of themselves can be changed, and is followed from then on.

use needmatch_app::store::keys::PersonKey;
use needmatch_app::store::words::PartyKind;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::invited;
use crate::client::Answer;
use crate::consent::proposed;
use crate::mail_sink::MailSink;
use crate::matching::parties;
use crate::server::Service;

/// Refused for the language alone, with the six that could be written.
#[track_caller]
fn expect_languages(answer: Answer) {
    let refused = answer.expect_problem(422, "invalid");
    assert_eq!(refused.errors(), [("/language".to_owned(), "unknown_word".to_owned())]);
    assert!(refused.body.to_string().contains("ar, zh, en, fr, ru, es"), "{}", refused.body);
}

async fn people_are_written_in_the_language_they_chose(service: &Service) {
    let parties = parties(service).await;
    let sink = MailSink::listen(&[]).await;
    service.mailer(&sink.address);
    let (state, path) = (&parties.state.client, format!("/api/v1/parties/{}/invitations", parties.state.key));
    let invitation =
        |language: &str| json!({ "email": "awa@example.org", "name": "Awa", "role": "member", "language": language });
    expect_languages(state.post(&path, &invitation("de")).await);
    let made = state.post(&path, &invitation("fr")).await.expect(201).body;
    let mail = sink.wait_for(1).await[0].read();
    assert_eq!(
        (&mail["subject"], &mail["content-language"]),
        (&json!("Invitation à agir pour SEN"), &json!("fr")),
        "{mail}"
    );
    let address = mail["text"].as_str().unwrap().trim_end().lines().last().unwrap_or_default().to_owned();
    assert!(address.starts_with("https://needmatch.example.org/fr/sign-in/"), "{address}");

    let begun = service.public().post("/api/v1/sign-in/link", &json!({ "link": made["link"] })).await.expect(201).body;
    let awa = service.with_token(begun["secret"].as_str().unwrap());
    let me = awa.get("/api/v1/me").await.expect(200);
    assert_eq!((&me.body["name"], &me.body["language"]), (&json!("Awa"), &json!("fr")));
    let version = me.version();
    assert_eq!(me.headers["etag"], format!("\"{version}\""));

    let wished = json!({ "name": "Awa Diop", "language": "es" });
    awa.put("/api/v1/me", None, &wished).await.expect_problem(428, "version_required");
    awa.put("/api/v1/me", Some(version + 1), &wished).await.expect_problem(412, "version_mismatch");
    expect_languages(awa.put("/api/v1/me", Some(version), &json!({ "name": "Awa Diop", "language": "de" })).await);
    let refused = awa.put("/api/v1/me", Some(version), &json!({ "email": "b@example.org" })).await;
    let refused = refused.expect_problem(422, "invalid").errors();
    for (pointer, fault) in [("/name", "missing"), ("/language", "missing"), ("/email", "unknown_field")] {
        assert!(refused.contains(&(pointer.to_owned(), fault.to_owned())), "{refused:?}");
    }
    state.put("/api/v1/me", Some(1), &wished).await.expect_problem(403, "forbidden");
    service.public().put("/api/v1/me", Some(1), &wished).await.expect_problem(401, "unauthenticated");
    let changed = awa.put("/api/v1/me", Some(version), &wished).await.expect(200);
    assert_eq!(changed.headers["etag"], format!("\"{}\"", changed.version()));
    assert_eq!(changed.version(), version + 1);
    let me = awa.get("/api/v1/me").await.expect(200).body;
    assert_eq!(
        (&me["name"], &me["language"], &me["email"]),
        (&json!("Awa Diop"), &json!("es"), &json!("awa@example.org"))
    );
    let person: Uuid = me["id"].as_str().unwrap().parse().unwrap();
    let rows = service.app.read().await.unwrap().audit_of(person).await.unwrap();
    assert_eq!(rows.iter().filter(|row| row.action == "person.change").count(), 1, "only the one that was taken");

    // Who is known already keeps the language they chose.
    state.post(&path, &invitation("ru")).await.expect(201);
    let again = sink.wait_for(2).await[1].read();
    assert_eq!(again["content-language"], "es", "{again}");
    let known = service.app.read().await.unwrap().person(PersonKey::from(person)).await.unwrap();
    assert_eq!(known.language, "es");

    let (_, _, proposals) = proposed(service, &parties, &json!({})).await;
    let handed = sink.wait_for(2 + proposals.len()).await;
    assert!(!proposals.is_empty());
    for mail in handed[2..].iter().map(crate::mail_sink::Handed::read) {
        let subject = "Una correspondencia propuesta para National register of firearms";
        assert_eq!((&mail["subject"], &mail["content-language"]), (&json!(subject), &json!("es")), "{mail}");
        assert!(mail["text"].as_str().unwrap().contains("Awa Diop"), "{mail}");
    }
}

async fn who_names_no_language_is_written_in_english(service: &Service) {
    let parties = parties(service).await;
    let bo = invited(service, &parties.provider.client, parties.provider.key, "bo@example.org", "member").await;
    assert_eq!(bo.get("/api/v1/me").await.expect(200).body["language"], "en");
}

async fn a_party_is_renamed_by_its_managers_at_the_version_it_has(service: &Service) {
    let parties = parties(service).await;
    let (provider, coordinator) = (&parties.provider.client, &parties.coordinator.client);
    let path = format!("/api/v1/parties/{}", parties.provider.key);
    let named = |name: &str| json!({ "kind": "provider", "code": "Halvorland", "name": name });
    provider.put(&path, None, &named("Halvorland Aid")).await.expect_problem(428, "version_required");
    parties.state.client.put(&path, Some(1), &named("X")).await.expect_problem(403, "forbidden");
    service.public().put(&path, Some(1), &named("X")).await.expect_problem(401, "unauthenticated");
    let member = invited(service, provider, parties.provider.key, "bo@example.org", "member").await;
    member.put(&path, Some(1), &named("X")).await.expect_problem(403, "forbidden");
    let renamed = provider.put(&path, Some(1), &named("Halvorland Aid")).await.expect(200);
    assert_eq!((renamed.version(), &renamed.body["name"]), (2, &json!("Halvorland Aid")));
    assert_eq!(renamed.headers["etag"], "\"2\"");
    provider.put(&path, Some(1), &named("Late")).await.expect_problem(412, "version_mismatch");
    // The coordinator may too, and need not say again what never changes.
    coordinator.put(&path, Some(2), &json!({ "name": "Halvorland" })).await.expect(200);
    let other = json!({ "kind": "state", "code": "Otherland", "name": "Otherland" });
    let refused = provider.put(&path, Some(3), &other).await.expect_problem(422, "invalid").errors();
    assert_eq!(refused, ["/kind", "/code"].map(|pointer| (pointer.to_owned(), "unknown_word".to_owned())));
    let read = service.public().get(&path).await.expect(200);
    assert_eq!(
        (read.version(), &read.body["code"], &read.body["name"]),
        (3, &json!("Halvorland"), &json!("Halvorland"))
    );
    let rows = service.app.read().await.unwrap().audit_of(parties.provider.key.uuid()).await.unwrap();
    assert_eq!(rows.iter().filter(|row| row.action == "party.change").count(), 2, "as often as it was changed");
}

async fn a_state_beside_the_reference_table_keeps_a_region(service: &Service) {
    let coordinator = service.party(PartyKind::Coordinator, "UN").await.client;
    let state = |regions: Value| json!({ "kind": "state", "code": "Aldora", "name": "Aldora", "regions": regions });
    let made = coordinator.post("/api/v1/parties", &state(json!(["Northern Isles"]))).await.expect(201);
    let path = made.location();
    let refused = coordinator.put(&path, Some(1), &state(json!([]))).await.expect_problem(422, "invalid").errors();
    assert_eq!(refused, [("/code".to_owned(), "unknown_state".to_owned())]);
    let moved = coordinator.put(&path, Some(1), &state(json!(["Southern Isles"]))).await.expect(200);
    assert_eq!(moved.body["regions"], json!(["Southern Isles"]));
    assert_eq!(service.public().get(&path).await.expect(200).body["regions"], json!(["Southern Isles"]));
    let renamed = coordinator.put(&path, Some(2), &json!({ "name": "Aldora Isles" })).await.expect(200);
    assert_eq!(renamed.body["regions"], json!(["Southern Isles"]), "what is not said stays");
}

async fn a_state_does_not_say_itself_which_regions_and_groups_it_is_of(service: &Service) {
    let state = service.party(PartyKind::State, "SEN").await;
    let coordinator = service.party(PartyKind::Coordinator, "UN").await.client;
    let path = format!("/api/v1/parties/{}", state.key);
    let island = json!({ "name": "Senegal", "regions": ["Western Africa"], "groups": ["SIDS", "LDC"] });
    state.client.put(&path, Some(1), &island).await.expect_problem(403, "forbidden");
    coordinator.put(&path, Some(1), &island).await.expect(200);
    let renamed = state.client.put(&path, Some(2), &json!({ "name": "Republic of Senegal" })).await.expect(200);
    assert_eq!(renamed.body["groups"], json!(["SIDS", "LDC"]), "what is not said stays");
    let wiped = json!({ "name": "Senegal", "regions": [], "groups": [] });
    state.client.put(&path, Some(3), &wiped).await.expect_problem(403, "forbidden");
}

crate::on_both_databases!(
    people_are_written_in_the_language_they_chose,
    who_names_no_language_is_written_in_english,
    a_party_is_renamed_by_its_managers_at_the_version_it_has,
    a_state_beside_the_reference_table_keeps_a_region,
    a_state_does_not_say_itself_which_regions_and_groups_it_is_of,
);
