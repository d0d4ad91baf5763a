//! From a mailed link to a session worth all its holder may do, on the pages alone; and what is changed there afterwards.

use serde_json::{Value, json};

use crate::access::{PASSWORD, code, sign_in};
use crate::mail_sink::MailSink;
use crate::matching::parties;
use crate::recovery::address_in;
use crate::server::{Party, Service};
use crate::site::{Browser, Page, Place, Site};

const SESSION: &str = "needmatch_session";

/// Invites somebody by mail; the address in it, at this site.
async fn mailed(service: &Service, site: &Site, by: &Party, to: &str, role: &str, language: &str) -> String {
    let sink = MailSink::listen(&[]).await;
    service.mailer(&sink.address);
    let path = format!("/api/v1/parties/{}/invitations", by.key);
    let invitation = json!({ "email": to, "name": to, "role": role, "language": language });
    by.client.post(&path, &invitation).await.expect(201);
    let mail = sink.wait_for(1).await[0].read();
    address_in(&mail).replace("https://needmatch.example.org", &site.address)
}

/// The value of a hidden field.
fn hidden(page: &Page, name: &str) -> Value {
    let (_, rest) = page.body.split_once(&format!("name=\"{name}\" value=\"")).expect("the field");
    json!(rest.split_once('"').expect("its end").0)
}

fn location(page: &Page) -> String {
    page.location().expect("it leads on").path().to_owned()
}

async fn a_manager_comes_in_by_a_mailed_link_and_pages_alone(service: &Service) {
    let parties = parties(service).await;
    let site = Place::free().await.serve(service, &[]);
    let address = mailed(service, &site, &parties.coordinator, "ana@example.org", "manager", "ar").await;
    let mut browser = Browser::new();
    // Looking uses nothing up: programs that look at mail do.
    for _ in 0..2 {
        let page = browser.get(&address).await.expect(200);
        assert!(
            page.body.contains("lang=\"ar\" dir=\"rtl\"") && page.body.contains("method=\"post\""),
            "{}",
            page.body
        );
        assert!(browser.cookie(&site.address, SESSION).is_none());
    }
    let page = browser.post(&address, &[]).await.expect(303);
    assert_eq!(location(&page), "/ar/account/password");
    browser.clone().post(&address, &[]).await.expect(401);
    browser.get(&address).await.expect(401);
    let enrolling = browser.cookie(&site.address, SESSION).unwrap();

    // Whatever page they come to tells what is still owed.
    let front = browser.get(&format!("{}/en", site.address)).await.expect(200);
    assert!(front.body.contains("/en/account/second-factor"), "{}", front.body);
    let password = format!("{}/en/account/password", site.address);
    let page = browser.get(&password).await.expect(200);
    assert!(!page.body.contains("name=\"current\"") && !page.body.contains("Go on without"), "{}", page.body);
    let page = browser.post(&password, &[("password", "short")]).await.expect(422);
    assert!(page.body.contains("aria-invalid") && page.body.contains("At least 12"), "{}", page.body);
    assert!(!page.body.contains("short\""), "no secret comes back");
    let page = browser.post(&password, &[("password", PASSWORD)]).await.expect(303);
    assert_eq!(location(&page), "/en/account/second-factor");

    let factor = format!("{}/en/account/second-factor", site.address);
    browser.get(&factor).await.expect(200);
    let page = browser.post(&factor, &[]).await.expect(200);
    assert_eq!(page.headers["cache-control"], "no-store");
    let secret = hidden(&page, "secret");
    let typed = secret.as_str().unwrap();
    assert!(page.body.contains(&format!("{} {}", &typed[..4], &typed[4..8])), "in groups: {}", page.body);
    assert!(page.body.contains("href=\"otpauth://totp/needmatch:ana@example.org") && page.body.contains("<svg"));
    let page = browser.post(&factor, &[("secret", typed), ("code", "000000")]).await.expect(422);
    assert!(page.body.contains("aria-invalid") && hidden(&page, "secret") == secret, "the same again: {}", page.body);
    browser.post(&factor, &[("secret", typed), ("code", "")]).await.expect(422);
    service.with_token(&enrolling).post("/api/v1/rounds", &crate::matching::round()).await.expect(403);
    let right = code(&secret, 0);
    let spaced = format!("{} {}", &right[..3], &right[3..]);
    let page = browser.post(&factor, &[("secret", typed), ("code", &spaced)]).await.expect(303);
    assert_eq!(location(&page), "/en", "where they belong");
    let whole = browser.cookie(&site.address, SESSION).unwrap();
    service.with_token(&whole).post("/api/v1/rounds", &crate::matching::round()).await.expect(201);
    service.with_token(&enrolling).get("/api/v1/me").await.expect_problem(401, "unauthenticated");
    let front = browser.get(&format!("{}/en", site.address)).await.expect(200);
    assert!(!front.body.contains("/en/account/second-factor"), "{}", front.body);

    // And again, as from now on.
    let mut other = Browser::new();
    let next = code(&secret, 30);
    let form = [("email", "ana@example.org"), ("password", PASSWORD), ("code", next.as_str())];
    let page = other.post(&format!("{}/sign-in", site.address), &form).await.expect(303);
    assert_eq!(location(&page), "/");
    let verdict = service.app.read().await.unwrap().verify_audit().await.unwrap();
    assert!(verdict.findings.is_empty(), "{verdict:?}");
}

async fn a_link_that_waited_too_long_lets_nobody_in(service: &Service) {
    let parties = parties(service).await;
    let site = Place::free().await.serve(service, &[]);
    let address = mailed(service, &site, &parties.provider, "bo@example.org", "member", "en").await;
    let mut browser = Browser::new();
    let page = browser.get(&address).await.expect(200);
    assert!(page.body.contains("Halvorland") && page.body.contains("Member"), "{}", page.body);
    site.wait(25 * 60);
    for page in [browser.get(&address).await, browser.post(&address, &[]).await] {
        assert!(page.expect(401).body.contains("has expired"));
    }
    assert!(browser.cookie(&site.address, SESSION).is_none());
    let link = address.rsplit('/').next().unwrap();
    for nonsense in ["nm_nonsense", &link[..20]] {
        browser.get(&format!("{}/sign-in/{nonsense}", site.address)).await.expect(401);
        browser.post(&format!("{}/sign-in/{nonsense}", site.address), &[]).await.expect(401);
    }
}

async fn a_password_leads_who_owes_a_second_factor_to_where_it_is_set_up(service: &Service) {
    let parties = parties(service).await;
    let site = Place::free().await.serve(service, &[]);
    let address = mailed(service, &site, &parties.state, "awa@example.org", "manager", "en").await;
    let mut browser = Browser::new();
    browser.post(&address, &[]).await.expect(303);
    browser.post(&format!("{}/account/password", site.address), &[("password", PASSWORD)]).await.expect(303);
    // The browser is closed before the rest.
    let mut later = Browser::new();
    let form = [("email", "awa@example.org"), ("password", PASSWORD)];
    let page = later.post(&format!("{}/sign-in", site.address), &form).await.expect(303);
    assert_eq!(location(&page), "/account/second-factor");
    let factor = format!("{}/account/second-factor", site.address);
    let secret = hidden(&later.post(&factor, &[]).await.expect(200), "secret");
    let right = code(&secret, 0);
    later.post(&factor, &[("secret", secret.as_str().unwrap()), ("code", &right)]).await.expect(303);
    let whole = service.with_token(&later.cookie(&site.address, SESSION).unwrap());
    let invitation = json!({ "email": "di@example.org", "name": "Di", "role": "member" });
    whole.post(&format!("/api/v1/parties/{}/invitations", parties.state.key), &invitation).await.expect(201);
}

async fn what_one_signs_in_with_is_changed_on_the_pages(service: &Service) {
    let parties = parties(service).await;
    let site = Place::free().await.serve(service, &[]);
    let address = mailed(service, &site, &parties.provider, "bo@example.org", "member", "en").await;
    let mut browser = Browser::new();
    let account = format!("{}/en/account", site.address);
    let (password, factor) = (format!("{account}/password"), format!("{account}/second-factor"));
    for page in [&account, &password, &factor] {
        browser.get(page).await.expect(401);
        browser.post(page, &[]).await.expect(401);
    }
    browser.post(&address, &[]).await.expect(303);
    // A member may go on without; who never chooses one comes in by no other way.
    assert!(browser.get(&password).await.expect(200).body.contains("Go on without a password"));
    let page = browser.post(&password, &[("password", PASSWORD)]).await.expect(303);
    assert_eq!(location(&page), "/en");

    let mut other = Browser::new();
    let form = [("email", "bo@example.org"), ("password", PASSWORD)];
    other.post(&format!("{}/sign-in", site.address), &form).await.expect(303);
    let page = other.get(&account).await.expect(200);
    for told in ["Halvorland", "Member", "bo@example.org", "By a link", "By password", "Sign out everywhere else"] {
        assert!(page.body.contains(told), "{told}: {}", page.body);
    }
    let page = other.post(&account, &[]).await.expect(303);
    assert_eq!(location(&page), "/en/account");
    browser.get(&account).await.expect(401);
    assert!(!other.get(&account).await.expect(200).body.contains("Sign out everywhere else"));

    // Another password: the one until now is asked for, and everything else ends.
    let another = "another long password";
    let wrong = [("current", "not the one it is"), ("password", another)];
    let page = other.post(&password, &wrong).await.expect(422);
    assert!(page.body.contains("This is not your current password") && !page.body.contains(another), "{}", page.body);
    other.post(&password, &[("password", another)]).await.expect(422);
    let long = "x".repeat(300);
    let page = other.post(&password, &[("current", PASSWORD), ("password", &long)]).await.expect(422);
    assert!(page.body.contains("too long"), "{}", page.body);
    let right = [("current", PASSWORD), ("password", another)];
    let page = other.post(&password, &right).await.expect(303);
    let page = other.get(page.location().unwrap().as_str()).await.expect(200);
    assert!(page.body.contains("The password was changed"), "{}", page.body);
    sign_in(service, "bo@example.org", PASSWORD, None).await.expect_problem(401, "unauthenticated");
    sign_in(service, "bo@example.org", another, None).await.expect(201);

    // A second factor, wished for and not needed; then another in its place, for its code.
    let secret = hidden(&other.post(&factor, &[]).await.expect(200), "secret");
    let first = code(&secret, 0);
    other.post(&factor, &[("secret", secret.as_str().unwrap()), ("code", &first)]).await.expect(303);
    sign_in(service, "bo@example.org", another, None).await.expect_problem(422, "invalid");
    let page = other.get(&factor).await.expect(200);
    assert!(page.body.contains("Set up another in its place"), "{}", page.body);
    for (code, said) in [("", "six digits"), ("000000", "not the one of the moment"), (first.as_str(), "was used")] {
        let page = other.post(&factor, &[("code", code)]).await.expect(422);
        assert!(page.body.contains(said) && !page.body.contains("otpauth"), "{code}: {}", page.body);
    }
    let next = code(&secret, 30);
    let page = other.post(&factor, &[("code", &next)]).await.expect(200);
    let (renewed, renewal) = (hidden(&page, "secret"), hidden(&page, "renewal"));
    assert_ne!(renewed, secret);
    // Until it is confirmed, the other stays in use; and what stands for it is good for its holder alone.
    sign_in(service, "bo@example.org", another, None).await.expect_problem(422, "invalid");
    let (renewed, renewal) = (renewed.as_str().unwrap(), renewal.as_str().unwrap());
    let right = code(&json!(renewed), 0);
    for (renewal, code) in [(renewal, "000000"), (&renewal[2..], right.as_str())] {
        let sent = [("secret", renewed), ("renewal", renewal), ("code", code)];
        other.post(&factor, &sent).await.expect(422);
    }
    let sent = [("secret", renewed), ("renewal", renewal), ("code", right.as_str())];
    let page = other.post(&factor, &sent).await.expect(303);
    let page = other.get(page.location().unwrap().as_str()).await.expect(200);
    assert!(page.body.contains("The second factor is in use"), "{}", page.body);
    other.post(&factor, &sent).await.expect(422);
    let next = code(&json!(renewed), 30);
    sign_in(service, "bo@example.org", another, Some(&next)).await.expect(201);
}

crate::on_both_databases!(
    a_manager_comes_in_by_a_mailed_link_and_pages_alone,
    a_link_that_waited_too_long_lets_nobody_in,
    a_password_leads_who_owes_a_second_factor_to_where_it_is_set_up,
    what_one_signs_in_with_is_changed_on_the_pages,
);
