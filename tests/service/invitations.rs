//! Nobody becomes another by inviting them first, and nobody acts for a party they have not accepted.

use jiff::SignedDuration;
use needmatch_app::sign_in::{Invitation, Link, invite};
use needmatch_app::store::keys::{CredentialKey, PartyKey, PersonKey};
use needmatch_app::store::parties::{ByInvitation, Holder, NewCredential, Secret};
use needmatch_app::store::words::{CredentialKind, PartyKind, Role};
use needmatch_app::{Principal, people};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::{PASSWORD, code, invited, prove, sign_in};
use crate::client::{Answer, Client};
use crate::mail_sink::{Handed, MailSink};
use crate::matching::{offer, parties};
use crate::recovery::{NEW, ask, link_in, replace};
use crate::sandbox::sandbox;
use crate::server::{Party, Service, surface};

const VICTIM: &str = "victim@example.org";

async fn invite_to(party: &Party, email: &str, role: &str) -> Answer {
    let path = format!("/api/v1/parties/{}/invitations", party.key);
    party.client.post(&path, &json!({ "email": email, "name": email, "role": role })).await
}

async fn redeem(service: &Service, link: &Value) -> Answer {
    service.public().post("/api/v1/sign-in/link", &json!({ "link": link })).await
}

fn session(service: &Service, begun: &Value) -> Client {
    service.with_token(begun["secret"].as_str().unwrap())
}

/// Accepts the place in a party.
async fn accept(by: &Client, party: PartyKey) -> Answer {
    let version = place(by, party).await["version"].as_i64().unwrap();
    by.change(Method::POST, &format!("/api/v1/me/memberships/{party}/accept"), version, &json!({})).await
}

/// The place somebody has in a party.
async fn place(of: &Client, party: PartyKey) -> Value {
    let me = of.get("/api/v1/me").await.expect(200).body;
    let places = me["memberships"].as_array().unwrap();
    places.iter().find(|place| place["party"] == party.to_string()).cloned().unwrap_or_default()
}

/// Sets up a second factor; its secret.
async fn enrol(by: &Client) -> Value {
    let secret = by.change_my(Method::POST, "second-factor", &json!({})).await.expect(201).body["secret"].clone();
    let right = json!({ "code": code(&secret, 0) });
    by.change_my(Method::POST, "second-factor/confirm", &right).await.expect(200);
    secret
}

/// Somebody who was invited, opened the link and set a password: a session by that.
async fn member(service: &Service, party: &Party, email: &str) -> Client {
    let early = invited(service, &party.client, party.key, email, "member").await;
    early.change_my(Method::PUT, "password", &json!({ "password": PASSWORD })).await.expect(200);
    session(service, &sign_in(service, email, PASSWORD, None).await.expect(201).body)
}

/// A manager with a second factor, in a session that is worth both.
async fn manager(service: &Service, party: &Party, email: &str) -> Client {
    let early = invited(service, &party.client, party.key, email, "manager").await;
    early.change_my(Method::PUT, "password", &json!({ "password": PASSWORD })).await.expect(200);
    let secret = enrol(&early).await;
    let next = code(&secret, 30);
    session(service, &sign_in(service, email, PASSWORD, Some(&next)).await.expect(201).body)
}

/// The link for a new password that was mailed last, once so many mails were sent.
async fn mailed(sink: &MailSink, count: usize) -> String {
    let handed = sink.wait_for(count).await;
    let mut mails = handed.iter().rev().map(Handed::read);
    let opens = |mail: &Value| mail["text"].as_str().is_some_and(|text| text.contains("/new-password/nm_"));
    link_in(&mails.find(opens).expect("a link for a new password"))
}

/// What the operator's command gives.
async fn invite_by_operator(service: &Service, party: PartyKey, email: &str) -> Link {
    let operator = Principal::operator();
    let mut transaction = service.app.begin(&operator, &surface()).await.unwrap();
    let invitation = Invitation { email, name: email, role: Role::Manager, language: "en".parse().unwrap() };
    let invited = invite(&mut transaction, &operator, party, invitation).await.unwrap();
    transaction.commit().await.unwrap();
    invited.link.expect("a link")
}

async fn who_invites_an_address_first_does_not_own_it_for_others(service: &Service) {
    let parties = parties(service).await;
    let sink = MailSink::listen(&[]).await;
    service.mailer(&sink.address);
    // The manager of a sandbox names an address, opens the link, and sets up all there is.
    let attacker = sandbox(service, PartyKind::Provider, "attacker").await.party;
    let early = invited(service, &attacker.client, attacker.key, VICTIM, "member").await;
    early.change_my(Method::PUT, "password", &json!({ "password": PASSWORD })).await.expect(200);
    let secret = enrol(&early).await;
    let begun = sign_in(service, VICTIM, PASSWORD, Some(&code(&secret, 30))).await.expect(201).body;
    let own = session(service, &begun);

    // Whoever invites them in earnest is shown no link; sessions that began with one end.
    let made = invite_to(&parties.state, VICTIM, "manager").await.expect(201).body;
    assert_eq!((&made["membership"]["status"], made.get("link")), (&json!("invited"), None));
    early.get("/api/v1/me").await.expect_problem(401, "unauthenticated");
    accept(&own, parties.state.key).await.expect_problem(422, "rule_broken");
    let me = own.get("/api/v1/me").await.expect(200).body;
    assert_eq!(me["has_proved_address"], false);
    let again = invite_to(&attacker, VICTIM, "member").await.expect(201).body;
    assert_eq!(again.get("link"), None, "nor whoever was first, from now on");
    assert_eq!(place(&own, parties.state.key).await["status"], "invited");

    // Who reads the mail does not get past the other's second factor by the mailbox alone.
    let mails = sink.wait_for(3).await;
    let mail = mails.iter().map(Handed::read).find(|mail| {
        let text = mail["text"].as_str().unwrap();
        text.contains("act for SEN") && text.contains("/en/new-password/nm_")
    });
    let link = link_in(&mail.expect("a mail of the state's"));
    redeem(service, &json!(link)).await.expect_problem(401, "unauthenticated");
    replace(service, &link, NEW, None).await.expect_problem(422, "invalid");

    // Who holds the machine passes on a link that ends all of it.
    let Link::NewPassword(anew) = invite_by_operator(service, parties.state.key, VICTIM).await else {
        panic!("a link that signs in would open both parties");
    };
    replace(service, &link, NEW, None).await.expect_problem(401, "unauthenticated");
    let begun = replace(service, anew.reveal(), NEW, None).await.expect(201).body;
    assert_eq!(begun["owes_second_factor"], true);
    own.get("/api/v1/me").await.expect_problem(401, "unauthenticated");
    let victim = session(service, &begun);
    let me = victim.get("/api/v1/me").await.expect(200).body;
    assert_eq!([&me["has_second_factor"], &me["has_proved_address"]], [&json!(false), &json!(true)]);
    assert_eq!(place(&victim, parties.state.key).await["status"], "active");
    let code = code(&secret, 30);
    sign_in(service, VICTIM, PASSWORD, Some(&code)).await.expect_problem(401, "unauthenticated");
    assert_eq!(service.app.read().await.unwrap().verify_audit().await.unwrap().findings, []);
}

async fn who_reads_the_mail_of_the_address_accepts_and_ends_what_was_set_up(service: &Service) {
    let parties = parties(service).await;
    let sink = MailSink::listen(&[]).await;
    service.mailer(&sink.address);
    let attacker = service.party(PartyKind::Provider, "Attacker").await;
    let own = member(service, &attacker, VICTIM).await;
    invite_to(&parties.state, VICTIM, "member").await.expect(201);
    let earlier = mailed(&sink, 2).await;
    invite_to(&parties.state, VICTIM, "member").await.expect(201);
    let link = mailed(&sink, 3).await;
    replace(service, &earlier, NEW, None).await.expect_problem(401, "unauthenticated");

    let begun = replace(service, &link, NEW, None).await.expect(201).body;
    replace(service, &link, NEW, None).await.expect_problem(401, "unauthenticated");
    own.get("/api/v1/me").await.expect_problem(401, "unauthenticated");
    sign_in(service, VICTIM, PASSWORD, None).await.expect_problem(401, "unauthenticated");
    let victim = session(service, &begun);
    assert_eq!(place(&victim, parties.state.key).await["status"], "active");
    assert_eq!(victim.get("/api/v1/me").await.expect(200).body["has_proved_address"], true);

    // From now on no link is needed, and an earlier mail opens nothing that stands elsewhere.
    invite_to(&parties.provider, VICTIM, "manager").await.expect(201);
    accept(&victim, parties.provider.key).await.expect(200);
    let begun = sign_in(service, VICTIM, NEW, None).await.expect(201).body;
    assert_eq!(begun["owes_second_factor"], true);
    let link = mailed(&sink, 4).await;
    let other = service.party(PartyKind::Provider, "Other").await;
    invite_to(&other, VICTIM, "member").await.expect(201);
    let others = mailed(&sink, 5).await;
    replace(service, &others, NEW, None).await.expect_problem(401, "unauthenticated");
    replace(service, &link, NEW, None).await.expect(201);
}

async fn a_link_opens_the_party_it_was_made_for_and_no_other(service: &Service) {
    let parties = parties(service).await;
    let attacker = service.party(PartyKind::Provider, "Attacker").await;
    let open = async |email: &str| {
        let made = invite_to(&attacker, email, "member").await.expect(201).body;
        (made["link"].clone(), made["membership"]["person"].clone())
    };
    // Issued before the second invitation, used after it.
    let (link, person) = open(VICTIM).await;
    invite_to(&parties.state, VICTIM, "member").await.expect(201);
    redeem(service, &link).await.expect_problem(401, "unauthenticated");
    let path = format!("/api/v1/parties/{}/memberships/{}", parties.state.key, person.as_str().unwrap());
    assert_eq!(parties.state.client.get(&path).await.expect(200).body["status"], "invited");

    // Issued again to a member, before they came to act for another: neither the link nor the session it became serves to
    // take their password.
    let cy = member(service, &attacker, "cy@example.org").await;
    let (unused, _) = open("cy@example.org").await;
    let (used, person) = open("cy@example.org").await;
    let held = session(service, &redeem(service, &used).await.expect(201).body);
    prove(service, "cy@example.org").await;
    invite_to(&parties.state, "cy@example.org", "member").await.expect(201);
    accept(&cy, parties.state.key).await.expect(200);
    redeem(service, &unused).await.expect_problem(401, "unauthenticated");
    held.get("/api/v1/me").await.expect_problem(401, "unauthenticated");

    // Nor would one that had been missed.
    let person: PersonKey = person.as_str().unwrap().parse().unwrap();
    let missed = async |kind, number| {
        let secret = Secret::from_random([number; 32]);
        let mut transaction = service.app.begin(&Principal::operator(), &surface()).await.unwrap();
        let new = NewCredential {
            key: CredentialKey::from(Uuid::now_v7()),
            kind,
            holder: Holder::Person(person),
            label: "missed".to_owned(),
            scopes: Vec::new(),
            invitation: Some(ByInvitation { party: attacker.key, was_shown: true }),
            expires_at: service.app.now() + SignedDuration::from_hours(1),
        };
        transaction.add_credential(&new, &secret).await.unwrap();
        transaction.commit().await.unwrap();
        secret.reveal().to_owned()
    };
    redeem(service, &json!(missed(CredentialKind::Link, 1).await)).await.expect_problem(401, "unauthenticated");
    let held = service.with_token(&missed(CredentialKind::Session, 2).await);
    let password = json!({ "password": NEW });
    held.change_my(Method::PUT, "password", &password).await.expect_problem(403, "forbidden");
    invite_to(&parties.provider, "cy@example.org", "member").await.expect(201);
    let held = service.with_token(&missed(CredentialKind::Session, 3).await);
    accept(&held, parties.provider.key).await.expect_problem(422, "rule_broken");
    enrol(&cy).await;
    held.change_my(Method::POST, "second-factor", &json!({})).await.expect_problem(409, "not_allowed_now");
    accept(&cy, parties.provider.key).await.expect(200);
}

async fn what_an_inviter_may_have_set_up_proves_no_address(service: &Service) {
    let parties = parties(service).await;
    let attacker = service.party(PartyKind::Provider, "Attacker").await;
    let cy = member(service, &attacker, "cy@example.org").await;
    prove(service, "cy@example.org").await;
    assert_eq!(cy.get("/api/v1/me").await.expect(200).body["has_proved_address"], true);
    // Its own party may take a member's place, and has then not shown whose the address is.
    let made = invite_to(&attacker, "cy@example.org", "member").await.expect(201).body;
    let held = session(service, &redeem(service, &made["link"]).await.expect(201).body);
    held.change_my(Method::PUT, "password", &json!({ "password": NEW })).await.expect(200);
    let taken = session(service, &sign_in(service, "cy@example.org", NEW, None).await.expect(201).body);
    invite_to(&parties.state, "cy@example.org", "member").await.expect(201);
    accept(&taken, parties.state.key).await.expect_problem(422, "rule_broken");
}

async fn a_mailbox_opens_no_place_that_weighs_elsewhere(service: &Service) {
    let parties = parties(service).await;
    let sink = MailSink::listen(&[]).await;
    service.mailer(&sink.address);
    // A manager who has set up no second factor yet, invited by somebody who may read their mail.
    let early = invited(service, &parties.state.client, parties.state.key, "ana@example.org", "manager").await;
    early.change_my(Method::PUT, "password", &json!({ "password": PASSWORD })).await.expect(200);
    let attacker = service.party(PartyKind::Provider, "Attacker").await;
    invite_to(&attacker, "ana@example.org", "member").await.expect(201);
    let link = mailed(&sink, 2).await;
    replace(service, &link, NEW, None).await.expect_problem(401, "unauthenticated");
    // Their own party may.
    invite_to(&parties.state, "ana@example.org", "manager").await.expect(201);
    let link = mailed(&sink, 3).await;
    assert_eq!(replace(service, &link, NEW, None).await.expect(201).body["owes_second_factor"], true);
}

async fn nobody_acts_for_a_party_they_have_not_accepted(service: &Service) {
    let parties = parties(service).await;
    let sink = MailSink::listen(&[]).await;
    service.mailer(&sink.address);
    let own = &parties.provider;
    let cy = member(service, own, "cy@example.org").await;
    sink.wait_for(1).await;
    let person = cy.get("/api/v1/me").await.expect(200).body["id"].clone();
    let stranger = service.party(PartyKind::Provider, "Stranger").await;
    let places = format!("/api/v1/parties/{}/memberships", stranger.key);
    for status in ["active", "suspended"] {
        let body = json!({ "person": person, "role": "manager", "status": status });
        let refused = stranger.client.post(&places, &body).await.expect_problem(422, "invalid");
        assert_eq!(refused.errors(), [("/status".to_owned(), "unknown_word".to_owned())]);
    }
    let body = json!({ "person": person, "role": "manager", "status": "invited" });
    assert_eq!(stranger.client.post(&places, &body).await.expect(201).body["status"], "invited");
    let (party, person) = (stranger.key.to_string(), person.as_str().unwrap());
    let set = async |status: &str| stranger.client.set_member(&party, person, "manager", status).await;
    set("active").await.expect_problem(409, "not_allowed_now");
    set("suspended").await.expect(200);
    set("active").await.expect_problem(409, "not_allowed_now");
    set("invited").await.expect(200);

    // Nothing of it is felt: not by what is registered, by the way in, nor by a forgotten password.
    let made = cy.post("/api/v1/offers", &offer()).await.expect(201).body;
    assert_eq!(made["party"], own.key.to_string());
    let begun = sign_in(service, "cy@example.org", PASSWORD, None).await.expect(201).body;
    assert_eq!(begun["owes_second_factor"], false);
    sink.wait_for(2).await;
    ask(service, "cy@example.org").await.expect(202);
    let link = mailed(&sink, 3).await;
    let cy = session(service, &replace(service, &link, NEW, None).await.expect(201).body);

    // Who accepted once is restored by the party.
    for status in ["suspended", "active"] {
        own.client.set_member(&own.key.to_string(), person, "member", status).await.expect(200);
    }
    own.client
        .set_member(&own.key.to_string(), person, "member", "invited")
        .await
        .expect_problem(409, "not_allowed_now");

    // Of several parties one is named.
    stranger.client.set_member(&party, person, "member", "invited").await.expect(200);
    accept(&cy, stranger.key).await.expect(200);
    let refused = cy.post("/api/v1/offers", &offer()).await.expect_problem(422, "invalid");
    assert_eq!(refused.errors(), [("/provider".to_owned(), "missing".to_owned())]);
    let mut named = offer();
    named["provider"] = json!("Halvorland");
    cy.post("/api/v1/offers", &named).await.expect(201);
    let programme = json!({ "title": "Under way", "state": "SEN", "area": "record_keeping", "type": "training" });
    cy.post("/api/v1/programmes", &programme).await.expect_problem(422, "rule_broken");
    let path = format!("/api/v1/parties/{}/programmes/under-way", own.key);
    cy.put(&path, None, &programme).await.expect(201);
}

async fn an_invitation_leaves_a_place_in_force_as_it_is(service: &Service) {
    let parties = parties(service).await;
    let own = &parties.provider;
    let ana = manager(service, own, "ana@example.org").await;
    let by_ana = Party { key: own.key, client: ana.clone() };
    let before = place(&ana, own.key).await;
    let made = invite_to(&by_ana, "ana@example.org", "member").await.expect(201).body;
    assert_eq!([&made["membership"]["role"], &made["membership"]["status"]], [&json!("manager"), &json!("active")]);
    assert_eq!(place(&ana, own.key).await, before, "nothing was changed");
    // What the link opens is what the place weighs, not what was asked for.
    let begun = redeem(service, &made["link"]).await.expect(201).body;
    assert_eq!(begun["owes_second_factor"], true);

    let bo = member(service, own, "bo@example.org").await;
    let person = bo.get("/api/v1/me").await.expect(200).body["id"].clone();
    let party = own.key.to_string();
    ana.set_member(&party, person.as_str().unwrap(), "member", "suspended").await.expect(200);
    invite_to(&by_ana, "bo@example.org", "member").await.expect_problem(409, "not_allowed_now");
    assert_eq!(place(&bo, own.key).await["status"], "suspended");
}

async fn a_sandbox_that_is_hidden_has_no_members_to_change(service: &Service) {
    let stranger = service.party(PartyKind::Provider, "Stranger").await;
    let hidden = sandbox(service, PartyKind::Provider, "hidden").await.party;
    let made = invite_to(&hidden, "bo@example.org", "member").await.expect(201).body;
    let person = made["membership"]["person"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/parties/{}/memberships/{person}", hidden.key);
    let body = json!({ "role": "member", "status": "suspended" });
    stranger.client.put(&path, Some(1), &body).await.expect_problem(404, "not_found");
    stranger.client.get(&path).await.expect_problem(404, "not_found");
}

async fn the_log_of_a_party_names_nobody_elses_people(service: &Service) {
    let parties = parties(service).await;
    let ana = manager(service, &parties.coordinator, "ana@example.org").await;
    let bo = member(service, &parties.provider, "bo@example.org").await;
    let made = bo.post("/api/v1/offers", &offer()).await.expect(201);
    let path = made.location();
    bo.step(&path, 1, "submit", &json!({})).await.expect(200);
    ana.step(&path, 2, "confirm", &json!({})).await.expect(200);
    let people = async |by: &Client| {
        let log =
            format!("/api/v1/parties/{}/audit?subject={}", parties.provider.key, made.body["id"].as_str().unwrap());
        let told = by.get(&log).await.expect(200).body;
        let rows = told["items"].as_array().unwrap().clone();
        rows.iter().map(|row| (row["person"].clone(), row["credential"].is_null())).collect::<Vec<_>>()
    };
    let id = async |of: &Client| of.get("/api/v1/me").await.expect(200).body["id"].clone();
    let (ana_id, bo_id) = (id(&ana).await, id(&bo).await);
    let own = (bo_id.clone(), false);
    assert_eq!(people(&bo).await, [own.clone(), own.clone(), (Value::Null, true)]);
    assert_eq!(people(&ana).await, [own.clone(), own, (ana_id, false)]);
}

async fn who_is_shut_out_is_out_until_let_in_again(service: &Service) {
    let parties = parties(service).await;
    let own = &parties.provider;
    let bo = member(service, own, "bo@example.org").await;
    let made = invite_to(own, "bo@example.org", "member").await.expect(201).body;
    let shut_out = async |is_out: bool| {
        let operator = Principal::operator();
        let mut transaction = service.app.begin(&operator, &surface()).await.unwrap();
        let person = transaction.person_by_email("bo@example.org").await.unwrap().unwrap().key;
        let changed = people::shut_out(&mut transaction, &operator, person, is_out).await.unwrap();
        transaction.commit().await.unwrap();
        changed
    };
    assert!(shut_out(true).await && !shut_out(true).await);
    bo.get("/api/v1/me").await.expect_problem(401, "unauthenticated");
    sign_in(service, "bo@example.org", PASSWORD, None).await.expect_problem(401, "unauthenticated");
    redeem(service, &made["link"]).await.expect_problem(401, "unauthenticated");
    let made = invite_to(own, "bo@example.org", "member").await.expect(201).body;
    redeem(service, &made["link"]).await.expect_problem(401, "unauthenticated");
    assert!(shut_out(false).await && !shut_out(false).await);
    bo.get("/api/v1/me").await.expect_problem(401, "unauthenticated");
    sign_in(service, "bo@example.org", PASSWORD, None).await.expect(201);
    own.client.get(&format!("/api/v1/parties/{}", own.key)).await.expect(200);
}

async fn what_signs_in_is_listed_page_by_page(service: &Service) {
    let own = service.party(PartyKind::Provider, "Halvorland").await;
    for label in ["two", "three"] {
        let path = format!("/api/v1/parties/{}/tokens", own.key);
        own.client.post(&path, &json!({ "label": label })).await.expect(201);
    }
    let bo = member(service, &own, "bo@example.org").await;
    sign_in(service, "bo@example.org", PASSWORD, None).await.expect(201);
    let tokens = format!("/api/v1/parties/{}/tokens", own.key);
    for (by, list, count) in
        [(&own.client, format!("{tokens}?in_force=true&"), 3), (&bo, "/api/v1/me/credentials?".to_owned(), 4)]
    {
        let all = by.get(&list).await.expect(200).body;
        let all = all["items"].as_array().unwrap().clone();
        assert_eq!(all.len(), count, "{all:?}");
        let (mut found, mut after) = (Vec::new(), String::new());
        loop {
            let page = by.get(&format!("{list}limit=2{after}")).await.expect(200).body;
            let items = page["items"].as_array().unwrap().clone();
            assert!(items.len() <= 2);
            found.extend(items.into_iter().map(|item| item["id"].clone()));
            let Some(next) = page["next"].as_str() else { break };
            after = format!("&after={next}");
        }
        assert_eq!(found, all.iter().map(|item| item["id"].clone()).collect::<Vec<_>>());
        let oldest = by.get(&format!("{list}order=oldest&limit=1")).await.expect(200).body;
        assert_eq!(oldest["items"][0]["id"], all[count - 1]["id"]);
    }
}

crate::on_both_databases!(
    who_invites_an_address_first_does_not_own_it_for_others,
    who_reads_the_mail_of_the_address_accepts_and_ends_what_was_set_up,
    a_link_opens_the_party_it_was_made_for_and_no_other,
    what_an_inviter_may_have_set_up_proves_no_address,
    a_mailbox_opens_no_place_that_weighs_elsewhere,
    nobody_acts_for_a_party_they_have_not_accepted,
    an_invitation_leaves_a_place_in_force_as_it_is,
    a_sandbox_that_is_hidden_has_no_members_to_change,
    the_log_of_a_party_names_nobody_elses_people,
    who_is_shut_out_is_out_until_let_in_again,
    what_signs_in_is_listed_page_by_page,
);
