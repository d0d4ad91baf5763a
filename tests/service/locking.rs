//! What two do at the same moment: one waits for the other, nobody is told to come again for it, and what comes out is what
//! one after the other would have made.

use std::time::{Duration, Instant};

use needmatch_app::store::Move;
use needmatch_app::store::keys::{OfferKey, PackageKey, ProposalKey, RequestKey, RoundKey, ScenarioKey};
use needmatch_app::store::words::{Ending, OfferLifecycle, PartyKind, RequestLifecycle};
use needmatch_app::store::{AuditedTransaction, Viewer};
use needmatch_app::validity::expire_overdue;
use needmatch_app::{App, AppError, Principal, proposals, rounds, runs, sweeps};
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection, SqliteConnection};
use tokio::task::JoinHandle;

use crate::called_off::first;
use crate::consent::{decide, path_of, proposal_for, proposed, published};
use crate::matching::{Parties, available, circulated, offer, parties, request, round, scenario};
use crate::server::{Service, surface};
use crate::validity::{today, tomorrow};

/// Longest time in which two who want the same are both done.
const SOON: Duration = Duration::from_secs(5);

fn key<K: std::str::FromStr<Err: std::fmt::Debug>>(document: &Value) -> K {
    document["id"].as_str().expect("an identifier").parse().expect("a key")
}

fn key_at<K: std::str::FromStr<Err: std::fmt::Debug>>(path: &str) -> K {
    path.rsplit('/').next().expect("a key").parse().expect("a key")
}

async fn begin(app: &App) -> AuditedTransaction {
    app.begin(&Principal::operator(), &surface()).await.expect("a transaction")
}

/// Does something in a transaction of its own, apart, and looks that it waits for one that is open.
async fn waiting<T, F>(task: F) -> JoinHandle<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let task = tokio::spawn(task);
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!task.is_finished(), "it waits");
    task
}

fn side(side: &str) -> Value {
    json!({ "side": side, "reason": "the school was flooded" })
}

/// Has the state accept what the provider has accepted, as an operator would.
async fn accept(app: App, proposal: ProposalKey, version: i64) -> Result<(), AppError> {
    let mut transaction = begin(&app).await;
    proposals::accept(&mut transaction, &Principal::operator(), proposal, version, &side("state")).await?;
    Ok(transaction.commit().await?)
}

async fn call_off(app: App, proposal: ProposalKey, version: i64) -> Result<(), AppError> {
    let mut transaction = begin(&app).await;
    proposals::call_off(&mut transaction, &Principal::operator(), proposal, version, &side("state")).await?;
    Ok(transaction.commit().await?)
}

/// A proposal for clerks, and one for the software, published.
async fn two(service: &Service, parties: &Parties) -> (Value, Value) {
    let (_, _, proposals) = proposed(service, parties, &json!({})).await;
    (proposal_for(&proposals, "clerks").clone(), proposal_for(&proposals, "software").clone())
}

async fn accepting_and_withdrawing_hold_in_one_order(service: &Service) {
    let parties = parties(service).await;
    let (clerks, software) = two(service, &parties).await;
    let provider = &parties.provider.client;
    decide(provider, &path_of(&clerks), 1, "accept", &json!({})).await.expect(200);
    let (clerks, software): (ProposalKey, ProposalKey) = (key(&clerks), key(&software));
    let asked: RequestKey = key(&first(&parties.state.client, "/api/v1/requests").await);
    let began = Instant::now();
    // The request is taken back while the second side accepts.
    let mut withdrawing = begin(&service.app).await;
    let version = withdrawing.request(&Viewer::system(), asked).await.unwrap().version;
    let taken = Move::by("withdraw", RequestLifecycle::Withdrawn);
    withdrawing.move_request(asked, version, taken, None).await.unwrap();
    let accepting = waiting(accept(service.app.clone(), clerks, 2)).await;
    for open in [clerks, software] {
        let held = withdrawing.hold_proposal(open).await.expect("nobody is in the way");
        withdrawing.end_proposal(open, held.version, Ending::RequestWithdrawn, None).await.unwrap();
    }
    withdrawing.commit().await.unwrap();
    let late = accepting.await.unwrap();
    assert!(matches!(late, Err(AppError::VersionMismatch { .. } | AppError::NotAllowedNow { .. })), "{late:?}");
    assert!(began.elapsed() < SOON);
    assert_eq!(service.app.read().await.unwrap().recount_ledger().await.unwrap(), []);
}

async fn calling_off_and_withdrawing_hold_in_one_order(service: &Service) {
    let parties = parties(service).await;
    let (clerks, software) = two(service, &parties).await;
    decide(&parties.provider.client, &path_of(&clerks), 1, "accept", &json!({})).await.expect(200);
    decide(&parties.state.client, &path_of(&clerks), 2, "accept", &json!({})).await.expect(200);
    let (clerks, software): (ProposalKey, ProposalKey) = (key(&clerks), key(&software));
    let given: OfferKey = key(&first(&parties.provider.client, "/api/v1/offers").await);
    let began = Instant::now();
    // The offer ends while what was agreed of it is called off.
    let mut withdrawing = begin(&service.app).await;
    let version = withdrawing.offer(&Viewer::system(), given).await.unwrap().version;
    withdrawing.move_offer(given, version, Move::by("withdraw", OfferLifecycle::Withdrawn)).await.unwrap();
    let calling_off = waiting(call_off(service.app.clone(), clerks, 3)).await;
    for any in [clerks, software] {
        withdrawing.hold_proposal(any).await.expect("nobody is in the way");
    }
    withdrawing.commit().await.unwrap();
    calling_off.await.unwrap().expect("it is called off all the same");
    assert!(began.elapsed() < SOON);
    assert_eq!(service.app.read().await.unwrap().recount_ledger().await.unwrap(), []);
    assert_eq!(service.app.read().await.unwrap().verify_audit().await.unwrap().findings, []);
}

async fn freezing_and_leaving_a_package_hold_in_one_order(service: &Service) {
    let parties = parties(service).await;
    let (state, coordinator) = (&parties.state.client, &parties.coordinator.client);
    let road = json!({ "code": "road", "title": "Control of the road", "invited": [] });
    let package: PackageKey = key(&state.post("/api/v1/packages", &road).await.expect(201).body);
    let mut joint = request();
    joint["package"] = json!("SEN/road");
    let asked: RequestKey = key_at(&circulated(&parties, &joint).await);
    available(&parties, &offer()).await;
    let opened: RoundKey = key(&coordinator.post("/api/v1/rounds", &round()).await.expect(201).body);
    let prepared = rounds::prepare(&service.app, &Principal::operator(), opened).await.unwrap();
    let began = Instant::now();
    let mut withdrawing = begin(&service.app).await;
    withdrawing.withdraw_package(package, 1, "withdraw", None).await.unwrap();
    let app = service.app.clone();
    let freezing = waiting(async move {
        let mut transaction = begin(&app).await;
        rounds::freeze(&mut transaction, &Principal::operator(), 1, &prepared).await.map(drop)
    })
    .await;
    withdrawing.release_request(asked, "withdraw", None).await.expect("nobody is in the way");
    withdrawing.commit().await.unwrap();
    let refused = freezing.await.unwrap();
    assert!(matches!(refused, Err(AppError::VersionMismatch { .. })), "{refused:?}");
    assert!(began.elapsed() < SOON);
}

/// Prepares other terms for a proposal, as an operator would for the state.
async fn prepared(service: &Service, proposal: ProposalKey, wish: &Value) -> proposals::PreparedTerms {
    let mut wish = wish.clone();
    wish["side"] = json!("state");
    proposals::prepare_change(&service.app, &Principal::operator(), proposal, &wish).await.expect("they keep the rules")
}

async fn change(app: App, version: i64, terms: proposals::PreparedTerms) -> Result<(), AppError> {
    let mut transaction = begin(&app).await;
    proposals::change(&mut transaction, &Principal::operator(), version, &terms).await?;
    Ok(transaction.commit().await?)
}

async fn of_two_changes_of_terms_the_second_sees_the_first(service: &Service) {
    let parties = parties(service).await;
    let (clerks, software) = two(service, &parties).await;
    let (clerks, software): (ProposalKey, ProposalKey) = (key(&clerks), key(&software));
    // Each keeps the rules with the other as it stands.
    let fewer = prepared(service, clerks, &json!({ "quantity": 15 })).await;
    let same = prepared(service, software, &json!({ "quantity": 1 })).await;
    let mut changing = begin(&service.app).await;
    proposals::change(&mut changing, &Principal::operator(), 1, &fewer).await.unwrap();
    let second = waiting(change(service.app.clone(), 1, same)).await;
    changing.commit().await.unwrap();
    assert_eq!(second.await.unwrap(), Err(AppError::Busy), "what it was compared with has moved");
    let again = prepared(service, software, &json!({ "quantity": 1 })).await;
    change(service.app.clone(), 1, again).await.expect("prepared again, it holds");

    // So does an answer on its way.
    let fewer = prepared(service, clerks, &json!({ "quantity": 14 })).await;
    let mut declining = begin(&service.app).await;
    proposals::decline(&mut declining, &Principal::operator(), software, 2, &side("state")).await.unwrap();
    let second = waiting(change(service.app.clone(), 2, fewer)).await;
    declining.commit().await.unwrap();
    assert_eq!(second.await.unwrap(), Err(AppError::Busy));
    let none = prepared(service, clerks, &json!({ "quantity": 14 })).await;
    assert!(matches!(
        change(service.app.clone(), 1, none).await,
        Err(AppError::VersionMismatch { expected: 1, actual: 2 })
    ));
}

async fn a_base_that_was_run_with_stays_as_it_is(service: &Service) {
    let parties = parties(service).await;
    circulated(&parties, &request()).await;
    available(&parties, &offer()).await;
    let coordinator = &parties.coordinator.client;
    let (round, base) = scenario(coordinator, &round()).await;
    let derived = json!({ "name": "derived", "base": coordinator.get(&base).await.expect(200).body["id"] });
    let derived = coordinator.post(&format!("{round}/scenarios"), &derived).await.expect(201).location();
    let key: ScenarioKey = key_at(&derived);
    let operator = Principal::operator();
    let run = runs::prepare(&service.app, &operator, key, &json!({})).await.unwrap();
    let vary = json!({ "vary": [{ "key": "rules.contribution.threshold", "values": [0, 10] }] });
    let sweep = sweeps::prepare(&service.app, &operator, key, Some(1), &vary).await.unwrap();
    let heavier = json!({ "name": "base", "settings": { "weights": { "area": { "record_keeping": 2000 } } } });
    let rewritten = coordinator.put(&base, Some(1), &heavier).await.expect(200);
    let mut transaction = begin(&service.app).await;
    let late = runs::start(&mut transaction, &operator, &run).await;
    assert!(matches!(late, Err(AppError::VersionMismatch { expected: 1, actual: 2 })), "{late:?}");
    let late = sweeps::start(&mut transaction, &operator, &sweep).await;
    assert!(matches!(late, Err(AppError::VersionMismatch { expected: 1, actual: 2 })), "{late:?}");
    transaction.rollback().await.unwrap();

    coordinator.post(&format!("{derived}/runs"), &json!({})).await.expect(202);
    let again = json!({ "name": "base", "settings": {} });
    coordinator.put(&base, Some(rewritten.version()), &again).await.expect_problem(409, "not_allowed_now");
    let stands = coordinator.get(&base).await.expect(200);
    assert_eq!((stands.version(), &stands.body["settings"]), (2, &heavier["settings"]));
}

async fn a_request_with_an_open_proposal_is_not_rewritten(service: &Service) {
    let parties = parties(service).await;
    let state = &parties.state.client;
    let (clerks, software) = two(service, &parties).await;
    let (agreed, open) = (path_of(&clerks), path_of(&software));
    decide(state, &agreed, 1, "accept", &json!({})).await.expect(200);
    decide(&parties.provider.client, &agreed, 2, "accept", &json!({})).await.expect(200);
    decide(state, &agreed, 3, "call-off", &json!({ "reason": "no room" })).await.expect(200);
    let asked = first(state, "/api/v1/requests").await;
    assert_eq!(asked["lifecycle"], "in_round", "{asked}");
    let path = format!("/api/v1/requests/{}", asked["id"].as_str().unwrap());
    let version = asked["version"].as_i64().unwrap();
    state.step(&path, version, "revise", &json!({})).await.expect_problem(409, "not_allowed_now");

    // However it should come to be one, nobody agrees on a request that is being rewritten.
    let suits =
        json!({ "suitable": true, "sustainable": true, "assessor": "National commission", "findings": "It does" });
    let assessed = state.step(&open, 1, "assess", &suits).await.expect(200).version();
    let half = decide(&parties.provider.client, &open, assessed, "accept", &json!({})).await.expect(200).version();
    let mut transaction = begin(&service.app).await;
    let taken = Move::by("revise", RequestLifecycle::Draft);
    transaction.move_request(key(&asked), version, taken, None).await.unwrap();
    transaction.commit().await.unwrap();
    let refused = decide(state, &open, half, "accept", &json!({})).await.expect_problem(422, "rule_broken");
    assert_eq!(refused.body["values"]["rule"], "the state is rewriting the request", "{}", refused.body);
}

async fn closing_one_round_releases_nothing_of_another(service: &Service) {
    service.worker("solve");
    let parties = parties(service).await;
    let (state, coordinator) = (&parties.state.client, &parties.coordinator.client);
    let asked = circulated(&parties, &request()).await;
    available(&parties, &offer()).await;
    let (one, one_scenario) = scenario(coordinator, &round()).await;
    let (other, other_scenario) = scenario(coordinator, &round()).await;
    let close = async |round: &str, scenario: &str| {
        let (_, proposals) = published(coordinator, round, scenario, &json!({})).await;
        for proposal in &proposals {
            decide(state, &path_of(proposal), 1, "decline", &json!({ "reason": "not now" })).await.expect(200);
        }
        for step in ["decide", "close"] {
            let version = coordinator.get(round).await.expect(200).version();
            coordinator.step(round, version, step, &json!({})).await.expect(200);
        }
        state.get(&asked).await.expect(200).body["lifecycle"].clone()
    };
    assert_eq!(close(&one, &one_scenario).await, "in_round", "the other has not decided on it");
    let version = state.get(&asked).await.expect(200).version();
    state.step(&asked, version, "revise", &json!({})).await.expect_problem(409, "not_allowed_now");
    assert_eq!(close(&other, &other_scenario).await, "circulated", "nothing holds it any more");
    assert_eq!(service.app.read().await.unwrap().verify_audit().await.unwrap().findings, []);
}

/// Changes a row as somebody with the database in hand would.
async fn spoil(service: &Service, text: &'static str) {
    let changed = if service.url.starts_with("sqlite") {
        let mut connection = SqliteConnection::connect(&service.url).await.expect("a connection");
        sqlx::query(text).execute(&mut connection).await.map(|done| done.rows_affected())
    } else {
        let mut connection = PgConnection::connect(&service.url).await.expect("a connection");
        sqlx::query(text).execute(&mut connection).await.map(|done| done.rows_affected())
    };
    assert_eq!(changed.expect("a change"), 1);
}

async fn a_row_that_cannot_be_ended_holds_up_no_other(service: &Service) {
    let parties = parties(service).await;
    let mut paths = Vec::new();
    for number in 0..3 {
        let mut asked = request();
        asked["valid_until"] = json!(today().to_string());
        for line in asked["components"].as_array_mut().unwrap() {
            line["reference"] = json!(format!("{}-{number}", line["reference"].as_str().unwrap()));
            line.as_object_mut().unwrap().remove("requires");
        }
        asked["reference"] = json!(format!("R-{number}"));
        paths.push(circulated(&parties, &asked).await);
    }
    spoil(service, "UPDATE requests SET body = 'spoilt' WHERE reference = 'SEN/R-0'").await;
    assert_eq!(expire_overdue(&tomorrow(service)).await, Ok(2), "the others end");
    assert_eq!(expire_overdue(&tomorrow(service)).await, Ok(0), "and it is tried again");
    for path in &paths[1..] {
        assert_eq!(parties.state.client.get(path).await.expect(200).body["lifecycle"], "expired");
    }
}

async fn a_proposal_that_cannot_lapse_holds_up_no_other(service: &Service) {
    let parties = parties(service).await;
    let soon = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(12);
    let (_, _, proposals) = proposed(service, &parties, &json!({ "deadline": soon.to_string() })).await;
    spoil(
        service,
        "UPDATE proposals SET suitability = 'spoilt' \
         WHERE component = (SELECT id FROM components WHERE reference = 'SEN/software')",
    )
    .await;
    let tomorrow = tomorrow(service);
    assert_eq!(proposals::lapse_overdue(&tomorrow).await, Ok(1), "the other lapses");
    assert_eq!(proposals::lapse_overdue(&tomorrow).await, Ok(0));
    let clerks = path_of(proposal_for(&proposals, "clerks"));
    assert_eq!(parties.state.client.get(&clerks).await.expect(200).body["lifecycle"], "lapsed");
}

async fn a_character_that_no_register_keeps_is_refused(service: &Service) {
    let parties = parties(service).await;
    let (state, coordinator) = (&parties.state.client, &parties.coordinator.client);
    for list in ["requests?area=%00", "requests?q=a%00b", "offers?area=x%00", "parties?q=%00"] {
        coordinator.get(&format!("/api/v1/{list}")).await.expect_problem(400, "bad_parameter");
    }
    let mut asked = request();
    asked["state"] = json!("SEN\0");
    state.post("/api/v1/requests", &asked).await.expect_problem(422, "invalid");
    let mut given = offer();
    given["provider"] = json!("Halvorland\0");
    parties.provider.client.post("/api/v1/offers", &given).await.expect_problem(422, "invalid");
    let road = json!({ "code": "road", "title": "Control of the road", "state": "SEN\0", "invited": ["GMB\0"] });
    state.post("/api/v1/packages", &road).await.expect_problem(422, "invalid");
    let tables = json!({ "tables": {
        "requests": "id,state,title,area,priority\nR\u{0}1,SEN,Marking,marking,2\n",
        "components": "id,request,type,unit,quantity,unit_cost\nC1,R\u{0}1,training,place,20,800\n" } });
    let answer = state.post("/api/v1/imports", &tables).await;
    // Looked at, it is told among the errors; what nobody reads is refused by the register.
    assert!(answer.status.is_client_error() || answer.body["preview"]["errors"] != json!([]), "{}", answer.body);
    assert!(!answer.status.is_server_error(), "{}", answer.body);
    let report = json!({ "state": "SEN\0", "year": 2026, "sections": [] });
    let answer = state.post("/api/v1/reports", &report).await;
    assert!(answer.status.is_client_error(), "{}", answer.body);
}

async fn asking_for_a_test_is_in_the_log(service: &Service) {
    let kenya = service.party(PartyKind::State, "KEN").await;
    let hook = json!({ "url": "https://example.org/hook", "kinds": [] });
    let made = kenya.client.post(&format!("/api/v1/parties/{}/webhooks", kenya.key), &hook).await.expect(201);
    let tested = kenya.client.post(&format!("{}/test", made.location()), &json!({})).await;
    assert!(tested.status.is_success(), "{}", tested.body);
    let log = format!("/api/v1/parties/{}/audit?action=webhook.test", kenya.key);
    let told = kenya.client.get(&log).await.expect(200).body;
    assert_eq!(told["items"].as_array().map(Vec::len), Some(1), "{told}");
    assert_eq!(told["items"][0]["subject"], made.body["id"]);
    assert_eq!(service.app.read().await.unwrap().verify_audit().await.unwrap().findings, []);
}

crate::on_both_databases!(
    accepting_and_withdrawing_hold_in_one_order,
    calling_off_and_withdrawing_hold_in_one_order,
    freezing_and_leaving_a_package_hold_in_one_order,
    of_two_changes_of_terms_the_second_sees_the_first,
    a_base_that_was_run_with_stays_as_it_is,
    a_request_with_an_open_proposal_is_not_rewritten,
    closing_one_round_releases_nothing_of_another,
    a_row_that_cannot_be_ended_holds_up_no_other,
    a_proposal_that_cannot_lapse_holds_up_no_other,
    a_character_that_no_register_keeps_is_refused,
    asking_for_a_test_is_in_the_log,
);
