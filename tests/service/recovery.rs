//! A forgotten password is replaced by who holds the mailbox, and the second factor where there is one.

use needmatch_app::Principal;
use reqwest::Method;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::access::{PASSWORD, code, invited, sign_in};
use crate::client::Answer;
use crate::mail_sink::{Handed, MailSink};
use crate::matching::parties;
use crate::server::{Service, surface};
use crate::site::{Browser, Place};

pub(crate) const NEW: &str = "another long password";

pub(crate) async fn ask(service: &Service, email: &str) -> Answer {
    service.public().post("/api/v1/sign-in/recovery", &json!({ "email": email })).await
}

pub(crate) async fn replace(service: &Service, link: &str, password: &str, code: Option<&str>) -> Answer {
    let mut body = json!({ "link": link, "password": password });
    if let Some(code) = code {
        body["code"] = json!(code);
    }
    service.public().post("/api/v1/sign-in/new-password", &body).await
}

/// The address on the last line of a mail.
pub(crate) fn address_in(mail: &Value) -> String {
    mail["text"].as_str().unwrap().replace('\r', "").trim_end().lines().last().unwrap().to_owned()
}

pub(crate) fn link_in(mail: &Value) -> String {
    address_in(mail).rsplit('/').next().unwrap().to_owned()
}

async fn a_mailed_link_sets_a_new_password_once_and_ends_everything_else(service: &Service) {
    let parties = parties(service).await;
    let helper = &parties.provider;
    let bo = invited(service, &helper.client, helper.key, "bo@example.org", "member").await;
    bo.change_my(Method::PUT, "password", &json!({ "password": PASSWORD })).await.expect(200);
    let mut transaction = service.app.begin(&Principal::operator(), &surface()).await.unwrap();
    let mut person = transaction.person_by_email("bo@example.org").await.unwrap().unwrap();
    "fr".clone_into(&mut person.language);
    transaction.change_person(&person, "person.change").await.unwrap();
    transaction.commit().await.unwrap();
    let sink = MailSink::listen(&[]).await;
    service.mailer(&sink.address);
    sink.wait_for(1).await;

    let known = ask(service, "BO@example.org").await.expect(202);
    let unknown = ask(service, "unknown@example.org").await.expect(202);
    assert_eq!(known.bytes, unknown.bytes, "the same is told of whoever it is");
    ask(service, "no address").await.expect_problem(422, "invalid");
    sink.wait_for(2).await;
    ask(service, "bo@example.org").await.expect(202);
    // The invitation's mail and these two; whoever is unknown is written nothing.
    let handed = sink.wait_for(3).await;
    let mails: Vec<Value> = handed[1..].iter().map(Handed::read).collect();
    assert!(handed.iter().all(|one| one.to == "bo@example.org"));
    for mail in &mails {
        assert_eq!(mail["subject"], "Choisir un nouveau mot de passe");
        assert!(mail["text"].as_str().unwrap().contains("60 minutes"), "{mail}");
        assert!(address_in(mail).starts_with("https://needmatch.example.org/fr/new-password/nm_"), "{mail}");
    }
    let (earlier, link) = (link_in(&mails[0]), link_in(&mails[1]));

    // The last one alone is good. It opens nothing else, and too short a password does not use it up.
    service.with_token(&link).get("/api/v1/me").await.expect_problem(401, "unauthenticated");
    service
        .public()
        .post("/api/v1/sign-in/link", &json!({ "link": link }))
        .await
        .expect_problem(401, "unauthenticated");
    replace(service, &earlier, NEW, None).await.expect_problem(401, "unauthenticated");
    replace(service, &link, "short", None).await.expect_problem(422, "invalid");
    let begun = replace(service, &link, NEW, None).await.expect(201).body;
    assert_eq!(begun["owes_second_factor"], false);
    let fresh = service.with_token(begun["secret"].as_str().unwrap());
    fresh.get("/api/v1/me").await.expect(200);
    bo.get("/api/v1/me").await.expect_problem(401, "unauthenticated");
    replace(service, &link, NEW, None).await.expect_problem(401, "unauthenticated");
    sign_in(service, "bo@example.org", PASSWORD, None).await.expect_problem(401, "unauthenticated");
    sign_in(service, "bo@example.org", NEW, None).await.expect(201);
    // Asked for too often, an address waits, whoever it belongs to, and is told how long.
    ask(service, "bo@example.org").await.expect(202);
    for email in ["bo@example.org", "unknown@example.org"] {
        for _ in 0..2 {
            ask(service, email).await;
        }
        let last = ask(service, email).await.expect_problem(429, "too_many_requests");
        let wait: u64 = last.headers["retry-after"].to_str().unwrap().parse().unwrap();
        assert!((600..=1_200).contains(&wait), "{wait}");
    }
}

async fn a_mailbox_alone_does_not_stand_for_a_second_factor(service: &Service) {
    let parties = parties(service).await;
    let coordinator = &parties.coordinator;
    let ana = invited(service, &coordinator.client, coordinator.key, "ana@example.org", "manager").await;
    ana.change_my(Method::PUT, "password", &json!({ "password": PASSWORD })).await.expect(200);
    let sink = MailSink::listen(&[]).await;
    service.mailer(&sink.address);
    sink.wait_for(1).await;
    // While she owes a second factor, the mailbox would be enough to set one up: nothing is mailed. Nor to who has no
    // password, or was shut out.
    invited(service, &coordinator.client, coordinator.key, "di@example.org", "member").await;
    ask(service, "ana@example.org").await.expect(202);
    ask(service, "di@example.org").await.expect(202);
    assert_eq!(sink.wait_for(2).await[1].to, "di@example.org", "her invitation alone");

    // To be invited to decide elsewhere takes nothing from anybody: it is not accepted yet.
    let (bo, helper) = ("bo@example.org", &parties.provider);
    let member = invited(service, &helper.client, helper.key, bo, "member").await;
    member.change_my(Method::PUT, "password", &json!({ "password": PASSWORD })).await.expect(200);
    let invitation = json!({ "email": bo, "name": bo, "role": "manager" });
    let path = format!("/api/v1/parties/{}/invitations", parties.state.key);
    parties.state.client.post(&path, &invitation).await.expect(201);
    ask(service, bo).await.expect(202);
    let mails = sink.wait_for(5).await.len();

    let enrolled = ana.change_my(Method::POST, "second-factor", &json!({})).await.expect(201).body;
    let right = code(&enrolled["secret"], 0);
    ana.change_my(Method::POST, "second-factor/confirm", &json!({ "code": right })).await.expect(200);
    ask(service, "ana@example.org").await.expect(202);
    let link = link_in(&sink.wait_for(mails + 1).await[mails].read());
    let missing = replace(service, &link, NEW, None).await.expect_problem(422, "invalid");
    assert_eq!(missing.errors(), [("/code".to_owned(), "missing".to_owned())]);
    replace(service, &link, NEW, Some("000000")).await.expect_problem(401, "unauthenticated");
    replace(service, &link, NEW, Some(&right)).await.expect_problem(401, "unauthenticated");
    ana.get("/api/v1/me").await.expect(200);
    let next = code(&enrolled["secret"], 30);
    let begun = replace(service, &link, NEW, Some(&next)).await.expect(201).body;
    let whole = service.with_token(begun["secret"].as_str().unwrap());
    whole.post("/api/v1/rounds", &crate::matching::round()).await.expect(201);
    // Coming by that link replaces no second factor.
    let again = whole.change_my(Method::POST, "second-factor", &json!({})).await;
    again.expect_problem(409, "not_allowed_now");
    ana.get("/api/v1/me").await.expect_problem(401, "unauthenticated");

    // Codes are not guessed by a link either.
    ask(service, "ana@example.org").await.expect(202);
    let link = link_in(&sink.wait_for(mails + 2).await[mails + 1].read());
    let mut last = StatusCode::OK;
    for _ in 0..7 {
        last = replace(service, &link, NEW, Some("123456")).await.status;
    }
    assert_eq!(last, 429);
}

async fn a_new_password_is_set_on_the_pages(service: &Service) {
    let parties = parties(service).await;
    let helper = &parties.provider;
    let bo = invited(service, &helper.client, helper.key, "bo@example.org", "member").await;
    bo.change_my(Method::PUT, "password", &json!({ "password": PASSWORD })).await.expect(200);
    let site = Place::free().await.serve(service, &[]);
    let sink = MailSink::listen(&[]).await;
    service.mailer(&sink.address);
    sink.wait_for(1).await;
    let mut browser = Browser::new();
    let page = browser.get(&format!("{}/en/sign-in", site.address)).await.expect(200);
    assert!(page.body.contains("/en/forgotten-password"), "{}", page.body);
    let forgotten = format!("{}/en/forgotten-password", site.address);
    assert!(browser.get(&forgotten).await.expect(200).body.contains("name=\"email\""));
    browser.post(&forgotten, &[("email", "nobody at all")]).await.expect(422);
    let known = browser.post(&forgotten, &[("email", "bo@example.org")]).await.expect(200).body;
    let unknown = browser.post(&forgotten, &[("email", "unknown@example.org")]).await.expect(200).body;
    assert_eq!(known, unknown);
    let mail = sink.wait_for(2).await[1].read();
    let address = address_in(&mail).replace("https://needmatch.example.org", &site.address);
    // Looking does not use it up: programs that look at mail do.
    for _ in 0..2 {
        assert!(browser.get(&address).await.expect(200).body.contains("new-password"));
    }
    browser.post(&address, &[("password", "short")]).await.expect(422);
    let page = browser.post(&address, &[("password", NEW)]).await.expect(303);
    assert_eq!(page.location().unwrap().path(), "/en");
    let secret = browser.cookie(&site.address, "needmatch_session").unwrap();
    service.with_token(&secret).get("/api/v1/me").await.expect(200);
    browser.get(&address).await.expect(401);
    bo.get("/api/v1/me").await.expect_problem(401, "unauthenticated");

    // By password, on the page: wrong, right; a link that has waited too long is none.
    let mut other = Browser::new();
    let form = format!("{}/sign-in", site.address);
    other.post(&form, &[("email", "bo@example.org"), ("password", PASSWORD)]).await.expect(401);
    other.post(&form, &[("email", "bo@example.org"), ("password", NEW)]).await.expect(303);
    assert!(other.cookie(&site.address, "needmatch_session").is_some());
    other.post(&forgotten, &[("email", "bo@example.org")]).await.expect(200);
    let mail = sink.wait_for(3).await[2].read();
    let address = address_in(&mail).replace("https://needmatch.example.org", &site.address);
    site.wait(61);
    other.get(&address).await.expect(401);
    other.post(&address, &[("password", NEW)]).await.expect(401);
    // One network asks for only so many.
    let mut last = 0;
    for number in 0..22 {
        last = other.post(&forgotten, &[("email", &format!("{number}@example.org"))]).await.status;
    }
    assert_eq!(last, 429);
}

crate::on_both_databases!(
    a_mailed_link_sets_a_new_password_once_and_ends_everything_else,
    a_mailbox_alone_does_not_stand_for_a_second_factor,
    a_new_password_is_set_on_the_pages,
);
