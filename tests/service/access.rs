//! How people come in, and what they can do once they have.

use std::time::{SystemTime, UNIX_EPOCH};

use needmatch_app::Principal;
use needmatch_app::store::keys::PartyKey;
use needmatch_app::store::words::PartyKind;
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::Client;
use crate::matching::{offer, parties};
use crate::server::{Service, surface};

pub(crate) const PASSWORD: &str = "correct horse battery";

pub(crate) async fn invited(service: &Service, by: &Client, party: PartyKey, email: &str, role: &str) -> Client {
    let path = format!("/api/v1/parties/{party}/invitations");
    let made = by.post(&path, &json!({ "email": email, "name": email, "role": role })).await.expect(201).body;
    assert_eq!(made["membership"]["status"], "invited");
    let begun = service.public().post("/api/v1/sign-in/link", &json!({ "link": made["link"] })).await.expect(201).body;
    service.with_token(begun["secret"].as_str().unwrap())
}

/// As if a link that was mailed to the address alone had been used.
pub(crate) async fn prove(service: &Service, email: &str) {
    let mut transaction = service.app.begin(&Principal::operator(), &surface()).await.unwrap();
    let mut person = transaction.person_by_email(email).await.unwrap().expect("a person");
    person.address_proved_at = Some(service.app.now());
    transaction.change_person(&person, "person.prove_address").await.unwrap();
    transaction.commit().await.unwrap();
}

pub(crate) async fn sign_in(
    service: &Service,
    email: &str,
    password: &str,
    code: Option<&str>,
) -> crate::client::Answer {
    let mut body = json!({ "email": email, "password": password });
    if let Some(code) = code {
        body["code"] = json!(code);
    }
    service.public().post("/api/v1/sign-in", &body).await
}

/// The code that a person's program shows so many seconds from now.
pub(crate) fn code(secret: &Value, in_seconds: u64) -> String {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let (mut bits, mut count, mut key) = (0_u64, 0, Vec::new());
    for letter in secret.as_str().unwrap().chars() {
        bits = (bits << 5) | LETTERS.find(letter).unwrap() as u64;
        count += 5;
        if count >= 8 {
            count -= 8;
            key.push(u8::try_from((bits >> count) & 255).unwrap());
        }
    }
    let step = (SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() + in_seconds) / 30;
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &key);
    let tag = ring::hmac::sign(&key, &step.to_be_bytes());
    let at = usize::from(tag.as_ref()[19] & 15);
    let piece = u32::from_be_bytes(tag.as_ref()[at..at + 4].try_into().unwrap()) & 0x7fff_ffff;
    format!("{:06}", piece % 1_000_000)
}

async fn an_invited_member_sets_a_password_and_comes_in_by_it(service: &Service) {
    let parties = parties(service).await;
    let party = parties.provider.key;
    let bo = invited(service, &parties.provider.client, party, "Bo@example.org", "member").await;
    let me = bo.get("/api/v1/me").await.expect(200).body;
    assert_eq!((&me["email"], &me["memberships"][0]["status"]), (&json!("bo@example.org"), &json!("active")));
    bo.change_my(Method::PUT, "password", &json!({ "password": "short" })).await.expect_problem(422, "invalid");
    bo.change_my(Method::PUT, "password", &json!({ "password": PASSWORD })).await.expect(200);
    sign_in(service, "bo@example.org", "correct horse batterz", None).await.expect_problem(401, "unauthenticated");
    sign_in(service, "nobody@example.org", PASSWORD, None).await.expect_problem(401, "unauthenticated");
    let begun = sign_in(service, "BO@example.org", PASSWORD, None).await.expect(201).body;
    assert_eq!(begun["owes_second_factor"], false);
    let browser = service.with_token(begun["secret"].as_str().unwrap());
    browser.post("/api/v1/offers", &offer()).await.expect(201);
    // Everything to sign in with is listed, and can be taken back.
    let listed = browser.get("/api/v1/me/credentials").await.expect(200);
    assert!(!String::from_utf8_lossy(&listed.bytes).contains("nm_"), "without secrets");
    let items = listed.body["items"].as_array().unwrap().clone();
    let other = items.iter().find(|item| item["kind"] == "session" && item["is_this"] == false).unwrap();
    let revoked = browser.delete(&format!("/api/v1/me/credentials/{}", other["id"].as_str().unwrap())).await;
    assert_eq!(revoked.expect(200).body["was_in_force"], true);
    bo.get("/api/v1/me").await.expect_problem(401, "unauthenticated");
    // A change needs the password until now, and ends every other session.
    let second = sign_in(service, "bo@example.org", PASSWORD, None).await.expect(201).body;
    let change = json!({ "password": "another long password" });
    browser.change_my(Method::PUT, "password", &change).await.expect_problem(403, "forbidden");
    let change = json!({ "password": "another long password", "current": PASSWORD });
    browser.change_my(Method::PUT, "password", &change).await.expect(200);
    service
        .with_token(second["secret"].as_str().unwrap())
        .get("/api/v1/me")
        .await
        .expect_problem(401, "unauthenticated");
    browser.get("/api/v1/me").await.expect(200);
    // Who is suspended comes in, and is nobody there.
    let (person, manager) = (me["id"].as_str().unwrap(), &parties.provider.client);
    let place = format!("/api/v1/parties/{party}/memberships/{person}");
    let suspended = json!({ "role": "member", "status": "suspended", "reason": "on leave" });
    manager.put(&place, None, &suspended).await.expect_problem(428, "version_required");
    manager.put(&place, Some(1), &suspended).await.expect_problem(412, "version_mismatch");
    browser.put(&place, Some(2), &suspended).await.expect_problem(403, "forbidden");
    assert_eq!(manager.put(&place, Some(2), &suspended).await.expect(200).version(), 3);
    let again = json!({ "person": person, "role": "manager", "status": "invited" });
    let places = format!("/api/v1/parties/{party}/memberships");
    manager.post(&places, &again).await.expect_problem(409, "taken");
    let mut offer = offer();
    offer["provider"] = json!("Halvorland");
    browser.post("/api/v1/offers", &offer).await.expect_problem(403, "forbidden");
}

async fn a_manager_needs_a_second_factor_whose_codes_are_good_once(service: &Service) {
    let parties = parties(service).await;
    let ana =
        invited(service, &parties.coordinator.client, parties.coordinator.key, "ana@example.org", "manager").await;
    ana.change_my(Method::PUT, "password", &json!({ "password": PASSWORD })).await.expect(200);
    // Until there is one, neither the link nor the password opens more than what sets it up.
    let begun = sign_in(service, "ana@example.org", PASSWORD, None).await.expect(201).body;
    assert_eq!(begun["owes_second_factor"], true);
    let early = service.with_token(begun["secret"].as_str().unwrap());
    for client in [&ana, &early] {
        client.get("/api/v1/me").await.expect(200);
        client.post("/api/v1/rounds", &crate::matching::round()).await.expect_problem(403, "forbidden");
        assert_eq!(client.get("/api/v1/rounds").await.expect(200).body["items"], json!([]));
    }
    let enrolled = early.change_my(Method::POST, "second-factor", &json!({})).await.expect(201).body;
    let wrong = early.change_my(Method::POST, "second-factor/confirm", &json!({ "code": "000000" })).await;
    wrong.expect_problem(422, "rule_broken");
    let right = json!({ "code": code(&enrolled["secret"], 0) });
    let confirmed = early.change_my(Method::POST, "second-factor/confirm", &right).await.expect(200).body;
    assert_eq!(confirmed["has_second_factor"], true);
    early.post("/api/v1/rounds", &crate::matching::round()).await.expect_problem(403, "forbidden");

    let missing = sign_in(service, "ana@example.org", PASSWORD, None).await.expect_problem(422, "invalid");
    assert_eq!(missing.errors(), [("/code".to_owned(), "missing".to_owned())]);
    let used = right["code"].as_str();
    sign_in(service, "ana@example.org", PASSWORD, used).await.expect_problem(401, "unauthenticated");
    let next = code(&enrolled["secret"], 30);
    let begun = sign_in(service, "ana@example.org", PASSWORD, Some(&next)).await.expect(201).body;
    assert_eq!(begun["owes_second_factor"], false);
    sign_in(service, "ana@example.org", PASSWORD, Some(&next)).await.expect_problem(401, "unauthenticated");
    let whole = service.with_token(begun["secret"].as_str().unwrap());
    whole.post("/api/v1/rounds", &crate::matching::round()).await.expect(201);
    let again = whole.change_my(Method::POST, "second-factor", &json!({})).await;
    again.expect_problem(409, "not_allowed_now");
}

async fn a_session_without_a_second_factor_never_comes_to_decide(service: &Service) {
    let parties = parties(service).await;
    let helper = &parties.provider;
    let bo = invited(service, &helper.client, helper.key, "bo@example.org", "member").await;
    bo.change_my(Method::PUT, "password", &json!({ "password": PASSWORD })).await.expect(200);
    let begun = sign_in(service, "bo@example.org", PASSWORD, None).await.expect(201).body;
    let by_password = service.with_token(begun["secret"].as_str().unwrap());
    by_password.post("/api/v1/offers", &offer()).await.expect(201);

    let me = bo.get("/api/v1/me").await.expect(200).body;
    let (party, person) = (helper.key.to_string(), me["id"].as_str().unwrap());
    helper.client.set_member(&party, person, "manager", "active").await.expect(200);
    let path = format!("/api/v1/parties/{}/invitations", helper.key);
    let body = json!({ "email": "di@example.org", "name": "Di", "role": "manager" });
    for client in [&bo, &by_password] {
        client.post(&path, &body).await.expect_problem(403, "forbidden");
    }
    let begun = sign_in(service, "bo@example.org", PASSWORD, None).await.expect(201).body;
    assert_eq!(begun["owes_second_factor"], true);
    // Who is of a party leaves it a manager; a coordinator may take away the last one.
    for (role, status) in [("member", "active"), ("manager", "suspended")] {
        helper.client.set_member(&party, person, role, status).await.expect_problem(422, "rule_broken");
    }
    parties.coordinator.client.set_member(&party, person, "manager", "suspended").await.expect(200);
}

async fn nobody_becomes_another_by_inviting_them(service: &Service) {
    let parties = parties(service).await;
    let cy = invited(service, &parties.provider.client, parties.provider.key, "cy@example.org", "member").await;
    cy.change_my(Method::PUT, "password", &json!({ "password": PASSWORD })).await.expect(200);
    let begun = sign_in(service, "cy@example.org", PASSWORD, None).await.expect(201).body;
    let cy = service.with_token(begun["secret"].as_str().unwrap());
    let stranger = service.party(PartyKind::Provider, "Stranger").await;
    let path = format!("/api/v1/parties/{}/invitations", stranger.key);
    let body = json!({ "email": "cy@example.org", "name": "Cy", "role": "member" });
    let made = stranger.client.post(&path, &body).await.expect(201).body;
    assert_eq!((&made["membership"]["status"], made.get("link")), (&json!("invited"), None));
    let acts_for = async |status: &str| {
        let me = cy.get("/api/v1/me").await.expect(200).body;
        let places = me["memberships"].as_array().unwrap().clone();
        places.iter().filter(|place| place["status"] == status).count()
    };
    assert_eq!((acts_for("active").await, acts_for("invited").await), (1, 1));
    let accept = format!("/api/v1/me/memberships/{}/accept", stranger.key);
    cy.post(&accept, &json!({})).await.expect_problem(428, "version_required");
    cy.change(Method::POST, &accept, 7, &json!({})).await.expect_problem(412, "version_mismatch");
    cy.change(Method::POST, &accept, 1, &json!({})).await.expect_problem(422, "rule_broken");
    prove(service, "cy@example.org").await;
    cy.change(Method::POST, &accept, 1, &json!({})).await.expect(200);
    assert_eq!((acts_for("active").await, acts_for("invited").await), (2, 0));
    let again = cy.change(Method::POST, &accept, 2, &json!({})).await;
    again.expect_problem(409, "not_allowed_now");
    // Its own party can give a member who lost their password a new link, as long as they are nobody else's.
    let own = format!("/api/v1/parties/{}/invitations", parties.provider.key);
    let renewed = parties.provider.client.post(&own, &body).await.expect(201).body;
    assert_eq!((&renewed["membership"]["status"], renewed.get("link")), (&json!("active"), None));
}

async fn a_link_is_no_token_and_is_good_once(service: &Service) {
    let parties = parties(service).await;
    let path = format!("/api/v1/parties/{}/invitations", parties.provider.key);
    let body = json!({ "email": "di@example.org", "name": "Di", "role": "member" });
    let first = parties.provider.client.post_with_key(&path, &body, "once").await.expect(201).body;
    let link = first["link"].as_str().unwrap();
    let again = parties.provider.client.post_with_key(&path, &body, "once").await.expect(201).body;
    assert_eq!(again.get("link"), None, "shown once, even to a retry");
    service.with_token(link).get("/api/v1/me").await.expect_problem(401, "unauthenticated");
    let public = service.public();
    public.post("/api/v1/sign-in/link", &json!({ "link": link })).await.expect(201);
    public.post("/api/v1/sign-in/link", &json!({ "link": link })).await.expect_problem(401, "unauthenticated");
}

async fn guessing_is_slow(service: &Service) {
    let mut refused = 0;
    for _ in 0..14 {
        let answer = sign_in(service, "victim@example.org", "a guess of a password", None).await;
        match answer.status.as_u16() {
            401 => {}
            429 => refused += 1,
            other => panic!("{other}"),
        }
    }
    assert!(refused >= 3, "{refused}");
}

crate::on_both_databases!(
    an_invited_member_sets_a_password_and_comes_in_by_it,
    a_manager_needs_a_second_factor_whose_codes_are_good_once,
    a_session_without_a_second_factor_never_comes_to_decide,
    nobody_becomes_another_by_inviting_them,
    a_link_is_no_token_and_is_good_once,
    guessing_is_slow,
);
