//! Requests and offers that say until which day they are valid end with it, whether or not anybody looks.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use needmatch_app::store::words::MembershipStatus;
use needmatch_app::validity::expire_overdue;
use needmatch_app::{App, AppError, Principal, offers, requests, rounds};
use serde_json::{Value, json};

use crate::consent::{decide, path_of, proposal_for, proposed_with};
use crate::mail::person;
use crate::mail_sink::MailSink;
use crate::matching::{available, circulated, offer, parties, request, round};
use crate::server::{Service, surface};

/// The service as it will be in a day.
pub(crate) fn tomorrow(service: &Service) -> App {
    let clock = || Timestamp::now() + SignedDuration::from_hours(24);
    App::new(service.app.store().clone(), Arc::new(clock))
}

pub(crate) fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

fn with(mut document: Value, field: &str, value: impl Into<Value>) -> Value {
    document[field] = value.into();
    document
}

fn day(days: i64) -> String {
    today().checked_add(days.days()).expect("a day").to_string()
}

async fn a_day_that_is_over_is_refused(service: &Service) {
    let parties = parties(service).await;
    let (state, provider) = (&parties.state.client, &parties.provider.client);
    let over = [("/valid_until".to_owned(), "in_the_past".to_owned())];
    let past = with(offer(), "valid_until", day(-1));
    assert_eq!(provider.post("/api/v1/offers", &past).await.expect_problem(422, "invalid").errors(), over);
    let past = with(request(), "valid_until", day(-1));
    assert_eq!(state.post("/api/v1/requests", &past).await.expect_problem(422, "invalid").errors(), over);
    let many = json!([offer(), with(offer(), "valid_until", day(-1))]);
    let refused = provider.post("/api/v1/offers", &many).await.expect_problem(422, "invalid");
    assert_eq!(refused.errors(), [("/1/valid_until".to_owned(), "in_the_past".to_owned())]);
    let no_day = with(offer(), "valid_until", "next year");
    let refused = provider.post("/api/v1/offers", &no_day).await.expect_problem(422, "invalid");
    assert_eq!(refused.errors(), [("/valid_until".to_owned(), "not_a_date".to_owned())]);

    // The day itself is not over; a draft outlives it, and is handed in with another.
    let given = provider.post("/api/v1/offers", &with(offer(), "valid_until", day(0))).await.expect(201);
    assert_eq!(given.body["valid_until"], day(0));
    let asked = state.post("/api/v1/requests", &with(request(), "valid_until", day(0))).await.expect(201);
    let endorsed = state.step(&asked.location(), 1, "endorse", &json!({})).await.expect(200);
    assert_eq!(endorsed.body["valid_until"], day(0));
    assert_eq!(expire_overdue(&tomorrow(service)).await, Ok(0));
    let key = |answer: &Value| answer["id"].as_str().expect("an identifier").to_owned();
    let operator = Principal::operator();
    let tomorrow = tomorrow(service);
    let mut transaction = tomorrow.begin(&operator, &surface()).await.unwrap();
    let key_of = key(&given.body).parse().unwrap();
    let refused = offers::take_step(&mut transaction, &operator, key_of, 1, "submit", None).await;
    let Err(AppError::Invalid { fields }) = refused else { panic!("{refused:?}") };
    assert_eq!((fields[0].pointer.as_str(), fields[0].fault.name()), ("/valid_until", "in_the_past"));
    let key_of = key(&asked.body).parse().unwrap();
    let refused =
        requests::take_step(&mut transaction, &operator, key_of, 2, "submit", &requests::Step::default()).await;
    assert!(matches!(refused, Err(AppError::Invalid { .. })), "{refused:?}");
    // What says the same stays as it is, whatever day it is; what says something else needs a day to come.
    let same = with(offer(), "valid_until", day(0));
    let key_of = key(&given.body).parse().unwrap();
    assert_eq!(offers::rewrite(&mut transaction, &operator, key_of, 1, &same).await.map(|kept| kept.version), Ok(1));
    let other = with(same.clone(), "title", "Other");
    let refused = offers::rewrite(&mut transaction, &operator, key_of, 1, &other).await;
    assert!(matches!(refused, Err(AppError::Invalid { .. })), "{refused:?}");
    let later = with(other, "valid_until", day(9));
    assert!(offers::rewrite(&mut transaction, &operator, key_of, 1, &later).await.is_ok());
    transaction.rollback().await.unwrap();
}

async fn what_is_past_its_day_expires_once_with_its_proposals(service: &Service) {
    let parties = parties(service).await;
    let (state, provider) = (&parties.state.client, &parties.provider.client);
    person(service, parties.state.key, "awa", "fr", MembershipStatus::Active).await;
    let dated = with(offer(), "valid_until", day(0));
    let (round, _, proposals) = proposed_with(service, &parties, &request(), &dated, &json!({})).await;
    assert_eq!(proposals.len(), 2);
    let soon = format!("/api/v1/offers?valid_before={}", day(1));
    assert_eq!(provider.get(&soon).await.expect(200).body["items"].as_array().map(Vec::len), Some(1));
    let none = format!("/api/v1/offers?valid_before={}", day(0));
    assert_eq!(provider.get(&none).await.expect(200).body["items"], json!([]));
    provider.get("/api/v1/offers?valid_before=soon").await.expect_problem(400, "bad_parameter");
    state.get("/api/v1/requests?valid_before=2027-1-1").await.expect_problem(400, "bad_parameter");

    assert_eq!(expire_overdue(&service.app).await, Ok(0), "the day is not over");
    let clerks = path_of(proposal_for(&proposals, "clerks"));
    let tomorrow = tomorrow(service);
    // Nobody accepts what is over, whether or not it was noted.
    let mut transaction = tomorrow.begin(&Principal::operator(), &surface()).await.unwrap();
    let key = proposal_for(&proposals, "clerks")["id"].as_str().unwrap().parse().unwrap();
    let side = json!({ "side": "state" });
    let late = needmatch_app::proposals::accept(&mut transaction, &Principal::operator(), key, 1, &side).await;
    assert_eq!(late, Err(AppError::RuleBroken { rule: "the offer is expired".to_owned() }));
    transaction.rollback().await.unwrap();

    // Two machines look at once.
    let looking: Vec<_> = (0..2)
        .map(|_| {
            let app = tomorrow.clone();
            tokio::spawn(async move { expire_overdue(&app).await })
        })
        .collect();
    let mut expired = 0;
    for look in looking {
        expired += look.await.unwrap().unwrap();
    }
    expired += expire_overdue(&tomorrow).await.unwrap();
    assert_eq!(expired, 1, "once");
    let given = provider.get("/api/v1/offers").await.expect(200).body["items"][0].clone();
    assert_eq!(given["lifecycle"], "expired", "{given}");
    for proposal in &proposals {
        let ended = state.get(&path_of(proposal)).await.expect(200).body;
        assert_eq!((&ended["lifecycle"], &ended["ending"]), (&json!("lapsed"), &json!("offer_expired")), "{ended}");
        assert_eq!(
            (&ended["reason"], &ended["declined_by"], &ended["version"]),
            (&Value::Null, &Value::Null, &json!(2))
        );
    }
    decide(state, &clerks, 2, "accept", &json!({})).await.expect_problem(409, "not_allowed_now");
    let id = given["id"].as_str().unwrap();
    let log = format!("/api/v1/parties/{}/audit?subject={id}&action=offer.move", parties.provider.key);
    let rows = provider.get(&log).await.expect(200).body;
    let row = rows["items"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&row["step"], &row["state_to"], &row["origin"]),
        (&json!("expire"), &json!("expired"), &json!("worker"))
    );
    assert_eq!((&row["person"], &row["reason"]), (&Value::Null, &json!(format!("valid_until {}", day(0)))), "{row}");

    // Nobody is told that nobody answered in time.
    let sink = MailSink::listen(&[]).await;
    service.mailer(&sink.address);
    let handed = sink.wait_for(4).await;
    let texts: Vec<_> = handed.iter().map(|one| one.read()["text"].as_str().unwrap().to_owned()).collect();
    assert_eq!(texts.iter().filter(|text| text.contains("a expiré")).count(), 2, "{texts:?}");
    assert!(texts.iter().all(|text| !text.contains("sans réponse")), "{texts:?}");

    // What has expired is not prolonged; whoever mirrors says the same again.
    let path = format!("/api/v1/offers/{id}");
    let version = given["version"].as_i64();
    provider.put(&path, version, &with(offer(), "valid_until", day(30))).await.expect_problem(409, "not_allowed_now");
    let coordinator = &parties.coordinator.client;
    let version = coordinator.get(&round).await.expect(200).version();
    coordinator.step(&round, version, "decide", &json!({})).await.expect(200);
    assert_eq!(service.app.read().await.unwrap().verify_audit().await.unwrap().findings, []);
}

async fn a_request_past_its_day_ends_and_a_draft_does_not(service: &Service) {
    let parties = parties(service).await;
    let state = &parties.state.client;
    let dated = with(request(), "valid_until", day(0));
    let (_, _, proposals) = proposed_with(service, &parties, &dated, &offer(), &json!({})).await;
    let bare = json!({ "title": "Draft", "area": "marking", "components": [], "valid_until": day(0) });
    let draft = state.post("/api/v1/requests", &bare).await.expect(201).location();
    assert_eq!(expire_overdue(&tomorrow(service)).await, Ok(1));
    assert_eq!(expire_overdue(&tomorrow(service)).await, Ok(0));
    assert_eq!(state.get(&draft).await.expect(200).body["lifecycle"], "draft");
    for proposal in &proposals {
        let ended = state.get(&path_of(proposal)).await.expect(200).body;
        assert_eq!((&ended["lifecycle"], &ended["ending"]), (&json!("lapsed"), &json!("request_expired")), "{ended}");
    }
}

async fn an_answer_on_its_way_is_waited_for(service: &Service) {
    let parties = parties(service).await;
    let dated = with(offer(), "valid_until", day(0));
    let (_, _, proposals) = proposed_with(service, &parties, &request(), &dated, &json!({})).await;
    let key = proposal_for(&proposals, "clerks")["id"].as_str().unwrap().parse().unwrap();
    let operator = Principal::operator();
    let mut answering = service.app.begin(&operator, &surface()).await.unwrap();
    let side = json!({ "side": "state" });
    needmatch_app::proposals::accept(&mut answering, &operator, key, 1, &side).await.unwrap();
    let looking = {
        let app = tomorrow(service);
        tokio::spawn(async move { expire_overdue(&app).await })
    };
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert!(!looking.is_finished(), "nothing ends before it is known what was answered");
    answering.commit().await.unwrap();
    assert_eq!(looking.await.unwrap(), Ok(1), "and then all of it does");
    let ended = parties.state.client.get(&path_of(proposal_for(&proposals, "clerks"))).await.expect(200).body;
    assert_eq!((&ended["lifecycle"], &ended["version"]), (&json!("lapsed"), &json!(3)), "{ended}");
    assert_ne!(ended["state_accepted_at"], Value::Null, "what was answered stands in it");
}

async fn what_has_not_ended_is_prolonged(service: &Service) {
    let parties = parties(service).await;
    let (state, provider, coordinator) = (&parties.state.client, &parties.provider.client, &parties.coordinator.client);
    let mirror = format!("/api/v1/parties/{}/offers/CRM-17", parties.provider.key);
    let dated = with(with(offer(), "valid_until", day(0)), "external_id", "CRM-17");
    let asked = with(request(), "valid_until", day(0));
    let (_, _, proposals) = proposed_with(service, &parties, &asked, &dated, &json!({})).await;
    let clerks = path_of(proposal_for(&proposals, "clerks"));
    decide(state, &clerks, 1, "accept", &json!({})).await.expect(200);
    decide(provider, &clerks, 2, "accept", &json!({})).await.expect(200);

    // Reserved in part: nothing of it is rewritten but a later day.
    let later = with(dated.clone(), "valid_until", day(5));
    let prolonged = provider.put(&mirror, None, &later).await.expect(200).body;
    assert_eq!((&prolonged["lifecycle"], &prolonged["valid_until"]), (&json!("reserved"), &json!(day(5))));
    provider.put(&mirror, None, &dated).await.expect_problem(409, "not_allowed_now");
    let more = with(with(dated.clone(), "valid_until", day(9)), "quantity", 70_000);
    provider.put(&mirror, None, &more).await.expect_problem(409, "not_allowed_now");
    assert_eq!(expire_overdue(&tomorrow(service)).await, Ok(1), "the request, and not the offer");
    let asked_now = state.get("/api/v1/requests").await.expect(200).body["items"][0].clone();
    assert_eq!(asked_now["lifecycle"], "expired", "{asked_now}");
    let forever = provider.put(&mirror, None, &with(dated, "valid_until", Value::Null)).await.expect(200).body;
    assert_eq!(forever["valid_until"], Value::Null, "{forever}");

    // A request that is circulated is prolonged by its state, and not by a coordinator.
    let second = json!({ "title": "Other", "area": "record_keeping", "valid_until": day(1), "components": [
        { "reference": "other", "type": "training", "unit": "place", "quantity": 5, "unit_cost": 900 }] });
    let path = circulated(&parties, &second).await;
    let version = coordinator.get(&path).await.expect(200).version();
    let later = with(second, "valid_until", day(2));
    coordinator.put(&path, Some(version), &later).await.expect_problem(403, "forbidden");
    let prolonged = state.put(&path, Some(version), &later).await.expect(200).body;
    assert_eq!((&prolonged["lifecycle"], &prolonged["valid_until"]), (&json!("circulated"), &json!(day(2))));
    let other = with(with(later, "valid_until", day(3)), "title", "Another");
    state.put(&path, Some(version + 1), &other).await.expect_problem(409, "not_allowed_now");
    assert_eq!(service.app.read().await.unwrap().verify_audit().await.unwrap().findings, []);
}

async fn what_is_over_takes_no_part_in_a_round(service: &Service) {
    let parties = parties(service).await;
    circulated(&parties, &request()).await;
    available(&parties, &with(with(offer(), "valid_until", day(0)), "reference", "dated")).await;
    available(&parties, &with(offer(), "reference", "undated")).await;
    let opened = parties.coordinator.client.post("/api/v1/rounds", &round()).await.expect(201);
    let key = opened.body["id"].as_str().unwrap().parse().unwrap();
    let operator = Principal::operator();
    let prepared = rounds::prepare(&service.app, &operator, key).await.unwrap();
    assert_eq!(prepared.left_out, [], "the day is not over");
    let prepared = rounds::prepare(&tomorrow(service), &operator, key).await.unwrap();
    let left_out: Vec<_> = prepared.left_out.iter().map(|row| (row.kind, row.reference.as_str(), row.reason)).collect();
    assert_eq!(left_out, [("offer", "Halvorland/dated", "no_longer_valid")]);
}

crate::on_both_databases!(
    a_day_that_is_over_is_refused,
    what_is_past_its_day_expires_once_with_its_proposals,
    a_request_past_its_day_ends_and_a_draft_does_not,
    an_answer_on_its_way_is_waited_for,
    what_has_not_ended_is_prolonged,
    what_is_over_takes_no_part_in_a_round,
);
