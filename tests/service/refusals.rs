//! Who may not do what, and what others may not know.

use needmatch_app::Scope;
use needmatch_app::store::words::PartyKind;
use serde_json::json;

use crate::matching::{available, circulated, offer, parties, request, round};
use crate::server::Service;

async fn without_a_valid_token_nothing_changes(service: &Service) {
    let parties = parties(service).await;
    service.public().post("/api/v1/offers", &offer()).await.expect_problem(401, "unauthenticated");
    for token in ["nm_", "nm_0000", "hello", &format!("nm_{}", "0".repeat(72))] {
        let answer = service.with_token(token).get("/api/v1/offers").await.expect_problem(401, "unauthenticated");
        assert_eq!(answer.headers["www-authenticate"], "Bearer");
    }
    let tokens = format!("/api/v1/parties/{}/tokens", parties.provider.key);
    let provider = &parties.provider.client;
    let issued = provider.post(&tokens, &json!({ "label": "mirror", "scopes": ["read", "write"] })).await.expect(201);
    let mirror = service.with_token(issued.body["secret"].as_str().unwrap());
    mirror.post("/api/v1/offers", &offer()).await.expect(201);
    mirror.post(&tokens, &json!({ "label": "more" })).await.expect_problem(403, "forbidden");
    let token = issued.location();
    let unsaid = provider.request(reqwest::Method::DELETE, &token);
    crate::client::send(unsaid).await.expect_problem(428, "version_required");
    let old = provider.change(reqwest::Method::DELETE, &token, 0, &json!({})).await;
    old.expect_problem(412, "version_mismatch");
    mirror.get("/api/v1/offers").await.expect(200);
    assert_eq!(provider.delete(&token).await.expect(200).body, json!({ "was_in_force": true, "version": 2 }));
    mirror.get("/api/v1/offers").await.expect_problem(401, "unauthenticated");
    let listed = provider.get(&tokens).await.expect(200);
    assert!(!String::from_utf8_lossy(&listed.bytes).contains("nm_"), "no secret is shown twice");
}

async fn a_token_never_gives_more_than_it_has(service: &Service) {
    let manager = service.party_with(PartyKind::Provider, "Small", &[Scope::Read, Scope::Manage]).await;
    let tokens = format!("/api/v1/parties/{}/tokens", manager.key);
    let refused = manager.client.post(&tokens, &json!({ "label": "x", "scopes": ["write", "all"] })).await;
    let errors = refused.expect_problem(422, "invalid").errors();
    let word = "unknown_word".to_owned();
    assert_eq!(errors, [("/scopes/0".to_owned(), word.clone()), ("/scopes/1".to_owned(), word)]);
    let reader = service.party_with(PartyKind::Provider, "Reader", &[Scope::Read]).await;
    reader.client.post("/api/v1/offers", &offer()).await.expect_problem(403, "forbidden");
}

async fn what_is_anothers_is_not_there(service: &Service) {
    let parties = parties(service).await;
    let stranger = service.party(PartyKind::Provider, "Stranger").await.client;
    let draft = parties.state.client.post("/api/v1/requests", &request()).await.expect(201);
    let path = draft.location();
    for client in [&stranger, &parties.provider.client, &service.public()] {
        client.get(&path).await.expect_problem(404, "not_found");
        let listed = client.get("/api/v1/requests").await.expect(200);
        assert_eq!(listed.body["items"], json!([]));
    }
    stranger.step(&path, 1, "endorse", &json!({})).await.expect_problem(404, "not_found");
    stranger.put(&path, Some(1), &request()).await.expect_problem(404, "not_found");
    // A coordinator sees it, but the state alone endorses.
    parties.coordinator.client.step(&path, 1, "endorse", &json!({})).await.expect_problem(403, "forbidden");
    let mut hidden = offer();
    hidden["visibility"] = json!("confidential");
    let hidden = available(&parties, &hidden).await;
    stranger.get(&hidden).await.expect_problem(404, "not_found");
    parties.state.client.get(&hidden).await.expect_problem(404, "not_found");
    let others = format!("/api/v1/parties/{}/offers/mine", parties.provider.key);
    stranger.put(&others, None, &offer()).await.expect_problem(403, "forbidden");
    let named = json!({ "title": "x", "form": "money", "unit": "EUR", "quantity": 5, "provider": "Halvorland" });
    stranger.post("/api/v1/offers", &named).await.expect_problem(403, "forbidden");
    parties.provider.client.post("/api/v1/rounds", &round()).await.expect_problem(403, "forbidden");
}

async fn a_step_out_of_turn_names_those_that_are_possible(service: &Service) {
    let parties = parties(service).await;
    let created = parties.state.client.post("/api/v1/requests", &request()).await.expect(201);
    let path = created.location();
    let state = &parties.state.client;
    let refused = state.step(&path, 1, "submit", &json!({})).await.expect_problem(409, "not_allowed_now");
    assert_eq!(refused.body["values"]["allowed"], json!(["endorse", "withdraw", "expire"]));
    state.step(&path, 1, "fly", &json!({})).await.expect_problem(404, "not_found");
    let circulated = circulated(
        &parties,
        &json!({ "title": "Two", "area": "tracing", "components": [
        { "type": "training", "unit": "place", "quantity": 1, "unit_cost": 1 }
    ] }),
    )
    .await;
    let version = state.get(&circulated).await.expect(200).version();
    state.put(&circulated, Some(version), &request()).await.expect_problem(409, "not_allowed_now");
    let opened = parties.coordinator.client.post("/api/v1/rounds", &round()).await.expect(201);
    let early = json!({ "name": "early" });
    let scenarios = format!("{}/scenarios", opened.location());
    let refused = parties.coordinator.client.post(&scenarios, &early).await.expect_problem(409, "not_allowed_now");
    assert_eq!(refused.body["values"]["allowed"], json!(["freeze"]));
}

async fn a_request_sent_back_says_why_until_it_is_mended(service: &Service) {
    let parties = parties(service).await;
    let (state, coordinator) = (&parties.state.client, &parties.coordinator.client);
    let created = state.post("/api/v1/requests", &request()).await.expect(201);
    let path = created.location();
    assert_eq!(created.body["returned_for"], json!(null));
    let handed_in = async |version: i64| {
        let endorsed = state.step(&path, version, "endorse", &json!({ "reason": "decided" })).await.expect(200);
        assert_eq!(endorsed.body["returned_for"], json!(null));
        state.step(&path, endorsed.version(), "submit", &json!({})).await.expect(200).version()
    };
    let version = handed_in(created.version()).await;
    let refused = coordinator.step(&path, version, "return", &json!({})).await.expect_problem(422, "invalid");
    assert_eq!(refused.errors(), [("/reason".to_owned(), "missing".to_owned())]);
    state.step(&path, version, "return", &json!({})).await.expect_problem(403, "forbidden");
    let why = json!({ "reason": "Which depots are meant?" });
    let returned = coordinator.step(&path, version, "return", &why).await.expect(200);
    assert_eq!((&returned.body["lifecycle"], &returned.body["returned_for"]), (&json!("returned"), &why["reason"]));

    let read = state.get(&path).await.expect(200);
    assert_eq!(read.body["returned_for"], why["reason"]);
    assert!(state.get(&format!("{path}/findings")).await.expect(200).body["findings"].is_array());
    let mut mended = request();
    mended["title"] = json!("Register of the two northern depots");
    let mended = state.put(&path, Some(read.version()), &mended).await.expect(200);
    assert_eq!(mended.body["returned_for"], why["reason"], "it is still returned");
    handed_in(mended.version()).await;
}

async fn addresses_and_methods_that_are_not_there_say_so(service: &Service) {
    let client = service.public();
    client.get("/api/v1/nothing").await.expect_problem(404, "not_found");
    client.get("/api/v1/offers/not-a-key").await.expect_problem(404, "not_found");
    let delete = client.request(reqwest::Method::DELETE, "/api/v1/offers");
    crate::client::send(delete).await.expect_problem(405, "method_not_allowed");
    client.get("/api/v1/offers?colour=red").await.expect_problem(400, "bad_parameter");
    client.get("/api/v1/offers?after=zzz").await.expect_problem(400, "bad_parameter");
    let packed = client.request(reqwest::Method::POST, "/api/v1/offers").header("Content-Encoding", "br");
    crate::client::send(packed.json(&offer())).await.expect_problem(400, "bad_parameter");
    assert_eq!(client.get("/healthz").await.status, 200);
    assert_eq!(client.get("/readyz").await.status, 200);
    let described = client.get("/api/v1/openapi.json").await.expect(200);
    assert_eq!(String::from_utf8(described.bytes).unwrap(), needmatch_api::openapi());
    assert!(client.get("/api/v1/states").await.expect(200).body["items"].as_array().unwrap().len() > 190);
    assert_eq!(client.get("/api/v1/areas").await.expect(200).body["items"][0]["family"], "tracing");
}

async fn a_refusal_speaks_the_clients_language(service: &Service) {
    let asked = |language: &str| {
        let request = service.public().request(reqwest::Method::GET, "/api/v1/nothing");
        crate::client::send(request.header("Accept-Language", language.to_owned()))
    };
    let english = asked("de").await.expect_problem(404, "not_found");
    let mut titles = std::collections::BTreeSet::from([english.body["title"].to_string()]);
    for language in ["fr", "es", "ru", "ar", "zh"] {
        let answer = asked(language).await.expect_problem(404, "not_found");
        assert_eq!(answer.headers["content-language"], language);
        assert_eq!(answer.body["values"], english.body["values"], "codes and values are the same in every language");
        assert!(titles.insert(answer.body["title"].to_string()), "{}", answer.body);
    }
}

crate::on_both_databases!(
    a_refusal_speaks_the_clients_language,
    without_a_valid_token_nothing_changes,
    a_token_never_gives_more_than_it_has,
    what_is_anothers_is_not_there,
    a_step_out_of_turn_names_those_that_are_possible,
    a_request_sent_back_says_why_until_it_is_mended,
    addresses_and_methods_that_are_not_there_say_so,
);
