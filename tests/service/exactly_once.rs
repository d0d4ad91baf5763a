//! A retry has one effect, and nobody undoes another's change unseen.

use serde_json::json;

use crate::matching::{offer, parties, request};
use crate::server::Service;

async fn a_repeated_request_has_one_effect_and_one_answer(service: &Service) {
    let parties = parties(service).await;
    let provider = &parties.provider.client;
    let first = provider.post_with_key("/api/v1/offers", &offer(), "k1").await.expect(201);
    let again = provider.post_with_key("/api/v1/offers", &offer(), "k1").await.expect(201);
    assert_eq!((first.bytes, &first.headers["location"]), (again.bytes, &again.headers["location"]));
    assert_eq!(again.headers["idempotency-replayed"], "true");
    let other = json!({ "title": "Other", "form": "money", "unit": "EUR", "quantity": 1 });
    provider.post_with_key("/api/v1/offers", &other, "k1").await.expect_problem(422, "key_reused");
    // What was refused left no trace: the key is still good.
    provider.post_with_key("/api/v1/offers", &json!({}), "k2").await.expect_problem(422, "invalid");
    provider.post_with_key("/api/v1/offers", &other, "k2").await.expect(201);
    // Another's key of the same name is another key.
    let stranger = service.party(needmatch_app::store::words::PartyKind::Provider, "Stranger").await.client;
    stranger.post_with_key("/api/v1/offers", &offer(), "k1").await.expect(201);
    let listed = provider.get("/api/v1/offers").await.expect(200);
    assert_eq!(listed.body["items"].as_array().map(Vec::len), Some(2));
    provider.post_with_key("/api/v1/offers", &offer(), &"k".repeat(256)).await.expect_problem(400, "bad_parameter");
}

async fn many_at_once_with_one_key_have_one_effect(service: &Service) {
    let parties = parties(service).await;
    let provider = &parties.provider.client;
    let sending = (0..12).map(|_| {
        let client = provider.clone();
        tokio::spawn(async move { client.post_with_key("/api/v1/offers", &offer(), "same").await })
    });
    let mut made = std::collections::BTreeSet::new();
    for task in sending.collect::<Vec<_>>() {
        let answer = task.await.unwrap();
        match answer.status.as_u16() {
            201 => {
                made.insert(answer.location());
            }
            409 => assert_eq!(answer.body["code"], "in_flight"),
            other => panic!("{other}: {}", answer.body),
        }
    }
    assert_eq!(made.len(), 1);
    let listed = provider.get("/api/v1/offers").await.expect(200);
    assert_eq!(listed.body["items"].as_array().map(Vec::len), Some(1));
}

async fn a_named_record_sent_twice_at_once_is_made_once_and_never_refused(service: &Service) {
    let provider = parties(service).await.provider.client;
    for number in 0..12 {
        let mut named = offer();
        named["reference"] = json!(format!("N-{number}"));
        let sending = (0..6).map(|_| {
            let (client, named) = (provider.clone(), named.clone());
            tokio::spawn(async move { client.post_with_key("/api/v1/offers", &named, &format!("n-{number}")).await })
        });
        let mut made = std::collections::BTreeSet::new();
        for task in sending.collect::<Vec<_>>() {
            let answer = task.await.unwrap();
            match answer.status.as_u16() {
                201 => drop(made.insert(answer.location())),
                // Never that the name is taken: it is this very record's.
                _ => drop(answer.expect_problem(409, "in_flight")),
            }
        }
        assert_eq!(made.len(), 1);
    }
}

async fn a_secret_is_shown_once_even_to_a_retry(service: &Service) {
    let parties = parties(service).await;
    let tokens = format!("/api/v1/parties/{}/tokens", parties.provider.key);
    let body = json!({ "label": "x" });
    let first = parties.provider.client.post_with_key(&tokens, &body, "t").await.expect(201);
    assert!(first.body["secret"].as_str().is_some_and(|secret| secret.starts_with("nm_")));
    let again = parties.provider.client.post_with_key(&tokens, &body, "t").await.expect(201);
    assert_eq!((&again.body["id"], again.body.get("secret")), (&first.body["id"], None));
}

async fn a_change_names_the_version_it_is_made_against(service: &Service) {
    let parties = parties(service).await;
    let state = &parties.state.client;
    let created = state.post("/api/v1/requests", &request()).await.expect(201);
    let path = created.location();
    assert_eq!(created.headers["etag"], "\"1\"");
    state.put(&path, None, &request()).await.expect_problem(428, "version_required");
    let mut changed = request();
    changed["title"] = json!("Another title");
    state.put(&path, Some(1), &changed).await.expect(200);
    let refused = state.put(&path, Some(1), &request()).await.expect_problem(412, "version_mismatch");
    assert_eq!(refused.body["values"], json!({ "expected": 1, "actual": 2 }));
    state.step(&path, 1, "endorse", &json!({})).await.expect_problem(412, "version_mismatch");
    let read = state.get(&path).await.expect(200);
    assert_eq!((&read.body["title"], &read.headers["etag"].to_str().unwrap()), (&json!("Another title"), &"\"2\""));
    assert_eq!(read.body["components"][1]["reference"], "SEN/clerks");
}

async fn a_donors_system_mirrors_its_own_records(service: &Service) {
    let parties = parties(service).await;
    let provider = &parties.provider.client;
    let mirror = format!("/api/v1/parties/{}/offers/CRM-17", parties.provider.key);
    let first = provider.put(&mirror, None, &offer()).await.expect(201);
    assert_eq!(first.body["external_id"], "CRM-17");
    let same = provider.put(&mirror, None, &offer()).await.expect(200);
    assert_eq!((same.version(), &same.body["id"]), (1, &first.body["id"]), "what says the same changes nothing");
    let mut more = offer();
    more["quantity"] = json!(70_000);
    let changed = provider.put(&mirror, None, &more).await.expect(200);
    assert_eq!((changed.version(), &changed.body["quantity"]), (2, &json!(70_000)));
    provider.put(&mirror, Some(1), &offer()).await.expect_problem(412, "version_mismatch");
}

async fn a_client_who_hangs_up_stops_nothing_half_way(service: &Service) {
    let parties = parties(service).await;
    let provider = parties.provider.client.clone();
    for number in 0..20 {
        let client = provider.clone();
        let key = format!("hang-{number}");
        let sending = tokio::spawn(async move { client.post_with_key("/api/v1/offers", &offer(), &key).await });
        tokio::time::sleep(std::time::Duration::from_millis(number % 7)).await;
        sending.abort();
    }
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    for number in 0..20 {
        let answer = provider.post_with_key("/api/v1/offers", &offer(), &format!("hang-{number}")).await;
        answer.expect(201);
    }
    let listed = provider.get("/api/v1/offers?limit=100").await.expect(200);
    assert_eq!(listed.body["items"].as_array().map(Vec::len), Some(20), "each key has exactly one effect");
}

crate::on_both_databases!(
    a_repeated_request_has_one_effect_and_one_answer,
    many_at_once_with_one_key_have_one_effect,
    a_named_record_sent_twice_at_once_is_made_once_and_never_refused,
    a_secret_is_shown_once_even_to_a_retry,
    a_change_names_the_version_it_is_made_against,
    a_donors_system_mirrors_its_own_records,
    a_client_who_hangs_up_stops_nothing_half_way,
);
