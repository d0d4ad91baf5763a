//! People come in by the provider of their organisation, and nobody else does.

mod forged;
mod provider;

use needmatch_app::Principal;
use needmatch_app::store::keys::PartyKey;
use reqwest::Method;
use serde_json::{Value, json};
use url::Url;

use crate::access::{PASSWORD, code, invited, prove, sign_in};
use crate::client::Client;
use crate::matching::{Parties, offer, parties};
use crate::server::{Service, surface};
use crate::site::{Browser, Page, Place, Site};
use forged::Forged;
use provider::{Provider, settings};

const SESSION: &str = "needmatch_session";
const JOURNEY: &str = "needmatch_journey";

/// Who the provider of these tests knows.
fn accounts() -> Value {
    json!({
        "ana": { "email": "Ana@example.org", "email_verified": true },
        "namesake": { "email": "ana@example.org", "email_verified": true },
        "doubled": { "email": "ana@example.org", "email_verified": true, "amr": ["pwd", "mfa"] },
        "unverified": { "email": "bo@example.org", "email_verified": false },
        "elsewhere": { "email": "cy@elsewhere.org", "email_verified": true },
        "unknown": { "email": "unknown@example.org", "email_verified": true },
        "nameless": {},
        "strong": { "email": "di@example.org", "email_verified": true, "amr": ["pwd", "mfa"] },
        "weak": { "email": "di@example.org", "email_verified": true, "amr": ["pwd"] },
    })
}

async fn site(service: &Service, tells_in_token: bool) -> (Site, Provider) {
    let place = Place::free().await;
    let provider = Provider::start(&place.address, &accounts(), tells_in_token).await;
    (place.serve(service, &[provider.settings()]), provider)
}

/// Invites somebody, who does not open the link.
async fn invite(by: &Client, party: PartyKey, email: &str, role: &str) -> Value {
    let path = format!("/api/v1/parties/{party}/invitations");
    by.post(&path, &json!({ "email": email, "name": email, "role": role })).await.expect(201).body["membership"].clone()
}

/// The session a browser has at a site, for the API.
fn session(service: &Service, site: &Site, browser: &Browser) -> Client {
    service.with_token(&browser.cookie(&site.address, SESSION).expect("a session"))
}

/// The whole way, through the provider and back.
async fn come_in(site: &Site, browser: &mut Browser, login: &str) -> Page {
    let back = browser.sign_in_at(site, "un", login).await;
    browser.get(back.as_str()).await
}

#[track_caller]
fn expect_refused(site: &Site, browser: &Browser, page: &Page, status: u16, words: &str) {
    assert_eq!(page.status, status, "{}", page.body);
    assert!(page.body.contains(words), "{}", page.body);
    assert_eq!(browser.cookie(&site.address, SESSION), None);
}

const NOT_INVITED: &str = "nobody has a place here by that account";
const NOT_FINISHED: &str = "This sign-in was not finished";
const DOWN: &str = "does not answer for the moment";

async fn an_invited_member_comes_in_by_their_organisation(service: &Service) {
    let Parties { provider: helper, .. } = parties(service).await;
    let (site, provider) = site(service, false).await;
    let membership = invite(&helper.client, helper.key, "ana@example.org", "member").await;
    let mut browser = Browser::new();
    let start = browser.get(&format!("{}/fr/sign-in", site.address)).await.expect(200);
    assert!(start.body.contains("Se connecter avec") && start.body.contains("/fr/sign-in/with/un"), "{}", start.body);

    // What the browser takes along names the client, the way back, and what ties both ends together; no secret.
    let leave = browser.get(&format!("{}/sign-in/with/un", site.address)).await.expect(303);
    let address = leave.location().expect("the provider's address");
    let asked: std::collections::BTreeMap<_, _> = address.query_pairs().into_owned().collect();
    assert!(address.as_str().starts_with(&provider.issuer) && asked["scope"] == "openid email", "{asked:?}");
    assert_eq!(asked["redirect_uri"], format!("{}/sign-in/with/un/callback", site.address));
    assert_eq!((asked["response_type"].as_str(), asked["code_challenge_method"].as_str()), ("code", "S256"));
    let cookie = leave.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let kept = browser.cookie(&site.address, JOURNEY).expect("what ties both ends together");
    assert!(asked.values().all(|value| !value.contains(&kept)));

    let page = come_in(&site, &mut browser, "ana").await.expect(303);
    assert_eq!(page.location().unwrap().path(), "/", "never anywhere else");
    assert_eq!(browser.cookie(&site.address, JOURNEY), None);
    let ana = session(service, &site, &browser);
    let me = ana.get("/api/v1/me").await.expect(200).body;
    assert_eq!((&me["email"], &me["memberships"][0]["status"]), (&json!("ana@example.org"), &json!("active")));
    assert_eq!(me["id"], membership["person"]);
    ana.post("/api/v1/offers", &offer()).await.expect(201);
    assert_eq!(browser.get(&site.address).await.expect(200).status, 200);

    // The session is listed like any other, and taken back like any other; the account comes in again by its name.
    let mut again = Browser::new();
    come_in(&site, &mut again, "ana").await.expect(303);
    let items = ana.get("/api/v1/me/credentials").await.expect(200).body["items"].as_array().unwrap().clone();
    let other = items.iter().find(|item| item["label"] == "signed in at un" && item["is_this"] == false).unwrap();
    let revoked = ana.delete(&format!("/api/v1/me/credentials/{}", other["id"].as_str().unwrap())).await;
    assert_eq!(revoked.expect(200).body["was_in_force"], true);
    session(service, &site, &again).get("/api/v1/me").await.expect_problem(401, "unauthenticated");
    ana.get("/api/v1/me").await.expect(200);
}

async fn whoever_is_not_known_by_their_address_is_told_whom_to_ask(service: &Service) {
    let parties = parties(service).await;
    let helper = &parties.provider;
    let (site, _provider) = site(service, true).await;
    for email in ["bo@example.org", "cy@elsewhere.org"] {
        invite(&helper.client, helper.key, email, "member").await;
    }
    let before = site.fingerprint().await;
    for login in ["unknown", "unverified", "elsewhere", "nameless"] {
        let mut browser = Browser::new();
        let page = come_in(&site, &mut browser, login).await;
        expect_refused(&site, &browser, &page, 403, NOT_INVITED);
        assert_eq!(site.fingerprint().await, before, "{login} leaves nothing behind");
    }
    Browser::new().get(&format!("{}/sign-in/with/nowhere", site.address)).await.expect(404);
}

async fn who_was_shut_out_or_suspended_or_has_another_account_does_not_come_in(service: &Service) {
    let parties = parties(service).await;
    let helper = &parties.provider;
    let (site, _provider) = site(service, true).await;
    let person = invite(&helper.client, helper.key, "ana@example.org", "member").await["person"].clone();
    come_in(&site, &mut Browser::new(), "ana").await.expect(303);

    // The address was given to somebody else, who does not become her.
    let before = site.fingerprint().await;
    let mut browser = Browser::new();
    let page = come_in(&site, &mut browser, "namesake").await;
    expect_refused(&site, &browser, &page, 403, NOT_INVITED);
    assert_eq!(site.fingerprint().await, before);

    let (party, person) = (helper.key.to_string(), person.as_str().unwrap());
    let set = async |status: &str| helper.client.set_member(&party, person, "member", status).await.expect(200);
    set("suspended").await;
    let before = site.fingerprint().await;
    let page = come_in(&site, &mut browser, "ana").await;
    expect_refused(&site, &browser, &page, 403, NOT_INVITED);
    assert_eq!(site.fingerprint().await, before);
    set("active").await;
    come_in(&site, &mut Browser::new(), "ana").await.expect(303);

    let mut transaction = service.app.begin(&Principal::operator(), &surface()).await.unwrap();
    let mut ana = transaction.person_by_email("ana@example.org").await.unwrap().unwrap();
    ana.disabled_at = Some(service.app.now());
    transaction.change_person(&ana, "person.disable").await.unwrap();
    transaction.commit().await.unwrap();
    let before = site.fingerprint().await;
    let page = come_in(&site, &mut browser, "ana").await;
    expect_refused(&site, &browser, &page, 403, NOT_INVITED);
    assert_eq!(site.fingerprint().await, before);
}

/// The address with another value of a parameter.
fn with(address: &Url, name: &str, value: Option<&str>) -> String {
    let kept: Vec<(String, String)> = address.query_pairs().into_owned().filter(|(found, _)| found != name).collect();
    let mut changed = address.clone();
    changed.query_pairs_mut().clear().extend_pairs(kept);
    if let Some(value) = value {
        changed.query_pairs_mut().append_pair(name, value);
    }
    changed.to_string()
}

async fn a_way_back_is_good_once_in_the_browser_it_began_in_and_in_time(service: &Service) {
    let parties = parties(service).await;
    let helper = &parties.provider;
    let (site, _provider) = site(service, true).await;
    invite(&helper.client, helper.key, "ana@example.org", "member").await;
    let before = site.fingerprint().await;

    // Another's state, none, another issuer: none of them uses up the way.
    let mut browser = Browser::new();
    let back = browser.sign_in_at(&site, "un", "ana").await;
    for wrong in [
        with(&back, "state", Some("AAAA")),
        with(&back, "state", None),
        with(&back, "iss", Some("https://evil.example.org")),
    ] {
        let page = browser.get(&wrong).await;
        expect_refused(&site, &browser, &page, 401, NOT_FINISHED);
    }
    // Without its cookie, or with that of another journey, the same address opens nothing.
    let mut other = Browser::new();
    let page = other.get(back.as_str()).await;
    expect_refused(&site, &other, &page, 401, NOT_FINISHED);
    other.get(&format!("{}/sign-in/with/un", site.address)).await.expect(303);
    let page = other.get(back.as_str()).await;
    expect_refused(&site, &other, &page, 401, NOT_FINISHED);
    // Once, though the cookie were kept.
    let mut copy = browser.clone();
    browser.get(back.as_str()).await.expect(303);
    let after = site.fingerprint().await;
    let page = copy.get(back.as_str()).await;
    expect_refused(&site, &copy, &page, 401, NOT_FINISHED);
    assert_eq!(site.fingerprint().await, after);
    assert_ne!(before, after);

    // Broken off at the provider, with a code it did not give, and too late.
    for wrong in [None, Some("made-up")] {
        let mut browser = Browser::new();
        let back = browser.sign_in_at(&site, "un", "ana").await;
        let page = browser.get(&with(&back, "code", wrong)).await;
        expect_refused(&site, &browser, &page, 401, NOT_FINISHED);
        let page = browser.get(back.as_str()).await;
        expect_refused(&site, &browser, &page, 401, NOT_FINISHED);
    }
    let mut browser = Browser::new();
    let back = browser.sign_in_at(&site, "un", "ana").await;
    site.wait(11);
    let page = browser.get(back.as_str()).await;
    expect_refused(&site, &browser, &page, 401, NOT_FINISHED);
}

async fn a_provider_that_is_down_is_said_to_be_and_nothing_else_suffers(service: &Service) {
    let parties = parties(service).await;
    let helper = &parties.provider;
    let (site, provider) = site(service, true).await;
    invite(&helper.client, helper.key, "ana@example.org", "member").await;
    let mut browser = Browser::new();
    let back = browser.sign_in_at(&site, "un", "ana").await;
    provider.stop().await;
    let page = browser.get(back.as_str()).await;
    expect_refused(&site, &browser, &page, 503, DOWN);
    browser.get(&site.address).await.expect(200);
    helper.client.get("/api/v1/me").await;

    // One that was never up, one that redirects and one that says too much are down alike; nothing is kept.
    let closed = Place::free().await.address;
    for issuer in [closed, service.address().to_owned()] {
        let site = Place::free().await.serve(service, &[settings(&issuer)]);
        let before = site.fingerprint().await;
        let mut browser = Browser::new();
        let page = browser.get(&format!("{}/sign-in/with/un", site.address)).await;
        expect_refused(&site, &browser, &page, 503, DOWN);
        assert_eq!(site.fingerprint().await, before);
        assert_eq!(browser.cookie(&site.address, JOURNEY), None);
    }
}

async fn a_token_that_is_not_what_it_should_be_is_not_believed(service: &Service) {
    let parties = parties(service).await;
    let helper = &parties.provider;
    let forged = Forged::listen().await;
    let site = Place::free().await.serve(service, &[settings(&forged.issuer)]);
    invite(&helper.client, helper.key, "ana@example.org", "member").await;
    let journey = async |browser: &mut Browser, changed: &Value, header: &Value| {
        let leave = browser.get(&format!("{}/sign-in/with/un", site.address)).await.expect(303);
        let asked: std::collections::BTreeMap<_, _> = leave.location().unwrap().query_pairs().into_owned().collect();
        forged.say(&asked["nonce"], changed, header);
        let back = format!("{}/sign-in/with/un/callback?code=any&state={}", site.address, asked["state"]);
        browser.get(&back).await
    };
    let before = site.fingerprint().await;
    let past = jiff::Timestamp::now().as_second() - 60;
    for (what, changed, header) in [
        ("another's nonce", json!({ "nonce": "of another journey" }), json!({})),
        ("no nonce", json!({ "nonce": null }), json!({})),
        ("for another client", json!({ "aud": "other" }), json!({})),
        ("for another client as well", json!({ "aud": ["needmatch", "other"] }), json!({})),
        ("of another issuer", json!({ "iss": "https://login.example.org" }), json!({})),
        ("over", json!({ "exp": past }), json!({})),
        ("unsigned", json!({}), json!({ "alg": "none" })),
        ("signed with a secret", json!({}), json!({ "alg": "HS256" })),
        ("signed with an unknown key", json!({}), json!({ "kid": "unknown" })),
    ] {
        let mut browser = Browser::new();
        let page = journey(&mut browser, &changed, &header).await;
        expect_refused(&site, &browser, &page, 401, NOT_FINISHED);
        assert_eq!(site.fingerprint().await, before, "{what}");
    }
    let mut browser = Browser::new();
    forged.change_key("first", false);
    let page = journey(&mut browser, &json!({}), &json!({})).await;
    expect_refused(&site, &browser, &page, 401, NOT_FINISHED);
    // A new key that is published is asked for, though the old ones were believed a moment ago.
    forged.change_key("second", true);
    tokio::time::sleep(std::time::Duration::from_millis(5_200)).await;
    journey(&mut browser, &json!({}), &json!({})).await.expect(303);
    session(service, &site, &browser).get("/api/v1/me").await.expect(200);
}

async fn a_second_factor_is_owed_unless_the_provider_has_seen_one(service: &Service) {
    let parties = parties(service).await;
    let coordinator = &parties.coordinator;
    let (site, _provider) = site(service, true).await;
    invite(&coordinator.client, coordinator.key, "di@example.org", "manager").await;
    let round = crate::matching::round();

    // Seen by the provider: whole.
    let mut browser = Browser::new();
    come_in(&site, &mut browser, "strong").await.expect(303);
    session(service, &site, &browser).post("/api/v1/rounds", &round).await.expect(201);

    // Another who has set up none: good for setting it up.
    invite(&coordinator.client, coordinator.key, "ana@example.org", "member").await;
    let mut browser = Browser::new();
    come_in(&site, &mut browser, "ana").await.expect(303);
    let early = session(service, &site, &browser);
    early.post("/api/v1/rounds", &round).await.expect_problem(403, "forbidden");
    let enrolled = early.change_my(Method::POST, "second-factor", &json!({})).await.expect(201).body;
    let right = json!({ "code": code(&enrolled["secret"], 0) });
    early.change_my(Method::POST, "second-factor/confirm", &right).await.expect(200);

    // From then on the code is asked for; what stands between is no session.
    let mut browser = Browser::new();
    let page = come_in(&site, &mut browser, "ana").await.expect(303);
    assert_eq!(page.location().unwrap().path(), "/sign-in/code");
    assert_eq!(browser.cookie(&site.address, SESSION), None);
    let half = browser.cookie(&site.address, "needmatch_half").expect("half a session");
    service.with_token(&half).get("/api/v1/me").await.expect_problem(401, "unauthenticated");
    let address = format!("{}/sign-in/code", site.address);
    assert!(browser.get(&address).await.expect(200).body.contains("one-time-code"));
    for wrong in ["000000", "", right["code"].as_str().unwrap()] {
        let page = browser.post(&address, &[("code", wrong)]).await.expect(401);
        assert!(page.body.contains("This code is not the one of the moment"), "{}", page.body);
    }
    let next = code(&enrolled["secret"], 30);
    let mut copy = browser.clone();
    let page = browser.post(&address, &[("code", &next)]).await.expect(303);
    assert_eq!(page.location().unwrap().path(), "/");
    session(service, &site, &browser).post("/api/v1/rounds", &round).await.expect(201);
    // The half is used up, and nobody guesses.
    copy.post(&address, &[("code", &next)]).await.expect(401);
    let mut guesser = Browser::new();
    come_in(&site, &mut guesser, "ana").await.expect(303);
    let mut last = 0;
    for _ in 0..12 {
        last = guesser.post(&address, &[("code", "123456")]).await.status;
    }
    assert_eq!(last, 429);
    guesser.forget(&site.address, "needmatch_half");
    guesser.get(&address).await.expect(401);
}

async fn a_second_factor_once_seen_is_asked_for_ever_after(service: &Service) {
    let parties = parties(service).await;
    let coordinator = &parties.coordinator;
    let forged = Forged::listen().await;
    let site = Place::free().await.serve(service, &[settings(&forged.issuer)]);
    invite(&coordinator.client, coordinator.key, "ana@example.org", "manager").await;
    let journey = async |browser: &mut Browser, methods: &[&str]| {
        let leave = browser.get(&format!("{}/sign-in/with/un", site.address)).await.expect(303);
        let asked: std::collections::BTreeMap<_, _> = leave.location().unwrap().query_pairs().into_owned().collect();
        forged.say(&asked["nonce"], &json!({ "amr": methods }), &json!({}));
        let back = format!("{}/sign-in/with/un/callback?code=any&state={}", site.address, asked["state"]);
        browser.get(&back).await
    };
    let mut browser = Browser::new();
    journey(&mut browser, &["pwd", "mfa"]).await.expect(303);
    let ana = session(service, &site, &browser);
    ana.post("/api/v1/rounds", &crate::matching::round()).await.expect(201);
    ana.change_my(Method::PUT, "password", &json!({ "password": PASSWORD })).await.expect(200);

    // Whoever holds the first factor alone sets up no second: neither by the provider nor by the password.
    let before = site.fingerprint().await;
    let mut browser = Browser::new();
    let page = journey(&mut browser, &["pwd"]).await;
    expect_refused(&site, &browser, &page, 403, "has asked you for a second factor before");
    assert_eq!(site.fingerprint().await, before);
    sign_in(service, "ana@example.org", PASSWORD, None).await.expect_problem(403, "forbidden");

    // Whole sessions may, and then the code serves as well.
    let enrolled = ana.change_my(Method::POST, "second-factor", &json!({})).await.expect(201).body;
    let right = json!({ "code": code(&enrolled["secret"], 0) });
    ana.change_my(Method::POST, "second-factor/confirm", &right).await.expect(200);
    let page = journey(&mut browser, &["pwd"]).await.expect(303);
    assert_eq!(page.location().unwrap().path(), "/sign-in/code");
    journey(&mut Browser::new(), &["mfa"]).await.expect(303);
}

async fn an_account_becomes_theirs_who_show_the_second_factor(service: &Service) {
    let parties = parties(service).await;
    let coordinator = &parties.coordinator;
    let (site, _provider) = site(service, true).await;
    let ana = invited(service, &coordinator.client, coordinator.key, "ana@example.org", "member").await;
    let enrolled = ana.change_my(Method::POST, "second-factor", &json!({})).await.expect(201).body;
    let right = json!({ "code": code(&enrolled["secret"], 0) });
    ana.change_my(Method::POST, "second-factor/confirm", &right).await.expect(200);
    prove(service, "ana@example.org").await;

    // Whoever was given the address stops at the code, and nothing has become theirs.
    let address = format!("{}/sign-in/code", site.address);
    let mut stranger = Browser::new();
    let page = come_in(&site, &mut stranger, "namesake").await.expect(303);
    assert_eq!(page.location().unwrap().path(), "/sign-in/code");
    stranger.post(&address, &[("code", "000000")]).await.expect(401);
    // A factor of the stranger's own is not the one of whose address it was.
    let mut stranger = Browser::new();
    let page = come_in(&site, &mut stranger, "doubled").await.expect(303);
    assert_eq!(page.location().unwrap().path(), "/sign-in/code");

    let mut browser = Browser::new();
    come_in(&site, &mut browser, "ana").await.expect(303);
    browser.post(&address, &[("code", &code(&enrolled["secret"], 30))]).await.expect(303);
    session(service, &site, &browser).post("/api/v1/rounds", &crate::matching::round()).await.expect(201);

    let mut again = Browser::new();
    let page = come_in(&site, &mut again, "namesake").await;
    expect_refused(&site, &again, &page, 403, NOT_INVITED);
}

async fn what_was_set_up_before_ends_with_the_first_sign_in_at_the_provider(service: &Service) {
    let parties = parties(service).await;
    let helper = &parties.provider;
    let (site, _provider) = site(service, true).await;
    // Whoever invited her may have opened the link themselves.
    let early = invited(service, &helper.client, helper.key, "ana@example.org", "member").await;
    early.change_my(Method::PUT, "password", &json!({ "password": PASSWORD })).await.expect(200);
    sign_in(service, "ana@example.org", PASSWORD, None).await.expect(201);

    let mut browser = Browser::new();
    come_in(&site, &mut browser, "ana").await.expect(303);
    session(service, &site, &browser).post("/api/v1/offers", &offer()).await.expect(201);
    early.get("/api/v1/me").await.expect_problem(401, "unauthenticated");
    sign_in(service, "ana@example.org", PASSWORD, None).await.expect_problem(401, "unauthenticated");

    // And have set up a second factor as well: it stops nobody whose address the provider is the first to show.
    let early = invited(service, &helper.client, helper.key, "di@example.org", "member").await;
    early.change_my(Method::PUT, "password", &json!({ "password": PASSWORD })).await.expect(200);
    let enrolled = early.change_my(Method::POST, "second-factor", &json!({})).await.expect(201).body;
    let right = json!({ "code": code(&enrolled["secret"], 0) });
    early.change_my(Method::POST, "second-factor/confirm", &right).await.expect(200);
    let mut browser = Browser::new();
    let page = come_in(&site, &mut browser, "weak").await.expect(303);
    assert_eq!(page.location().unwrap().path(), "/");
    let di = session(service, &site, &browser);
    let me = di.get("/api/v1/me").await.expect(200).body;
    assert_eq!(
        [&me["has_second_factor"], &me["has_password"], &me["has_proved_address"]],
        [&json!(false), &json!(false), &json!(true)]
    );
    early.get("/api/v1/me").await.expect_problem(401, "unauthenticated");
    let next = code(&enrolled["secret"], 30);
    sign_in(service, "di@example.org", PASSWORD, Some(&next)).await.expect_problem(401, "unauthenticated");
}

async fn who_acts_for_others_already_accepts_by_themselves(service: &Service) {
    let parties = parties(service).await;
    let (site, _provider) = site(service, true).await;
    let helper = &parties.provider;
    invited(service, &helper.client, helper.key, "ana@example.org", "member").await;
    invite(&parties.state.client, parties.state.key, "ana@example.org", "member").await;
    let mut browser = Browser::new();
    come_in(&site, &mut browser, "ana").await.expect(303);
    let ana = session(service, &site, &browser);
    let me = ana.get("/api/v1/me").await.expect(200).body;
    let of =
        |status: &str| me["memberships"].as_array().unwrap().iter().filter(|held| held["status"] == status).count();
    assert_eq!((of("active"), of("invited")), (1, 1));
    // The provider has shown whose the address is: no link is asked for.
    let accept = format!("/api/v1/me/memberships/{}/accept", parties.state.key);
    ana.change(Method::POST, &accept, 1, &json!({})).await.expect(200);
    ana.change_my(Method::PUT, "password", &json!({ "password": PASSWORD })).await.expect(200);
    sign_in(service, "ana@example.org", PASSWORD, None).await.expect(201);
}

crate::on_both_databases!(
    an_invited_member_comes_in_by_their_organisation,
    whoever_is_not_known_by_their_address_is_told_whom_to_ask,
    who_was_shut_out_or_suspended_or_has_another_account_does_not_come_in,
    a_way_back_is_good_once_in_the_browser_it_began_in_and_in_time,
    a_provider_that_is_down_is_said_to_be_and_nothing_else_suffers,
    a_token_that_is_not_what_it_should_be_is_not_believed,
    a_second_factor_is_owed_unless_the_provider_has_seen_one,
    a_second_factor_once_seen_is_asked_for_ever_after,
    an_account_becomes_theirs_who_show_the_second_factor,
    what_was_set_up_before_ends_with_the_first_sign_in_at_the_provider,
    who_acts_for_others_already_accepts_by_themselves,
);
