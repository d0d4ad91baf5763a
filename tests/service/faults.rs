//! The solver's failure never reaches users: the API answers throughout, the run ends, and nothing is called optimal that
//! is not.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use needmatch_app::runs::MOST_WAITING;
use needmatch_app::store::audit::Origin;
use needmatch_app::store::runs::NewRun;
use serde_json::{Value, json};

use crate::client::Client;
use crate::matching::{available, circulated, offer, parties, round, scenario};
use crate::server::Service;

/// Starts a run of a round whose runs may take this many seconds.
async fn start(service: &Service, seconds: u32) -> (Client, String) {
    let parties = parties(service).await;
    // Too little for everybody, and nothing that fits exactly: without an optimiser no plan is proved best.
    let course = json!({ "type": "training", "unit": "place", "quantity": 20, "unit_cost": 900 });
    let depot =
        json!({ "type": "infrastructure", "unit": "depot", "quantity": 1, "unit_cost": 15000, "divisible": false });
    for component in [course, depot] {
        circulated(&parties, &json!({ "title": "Scarce", "area": "record_keeping", "components": [component] })).await;
    }
    let mut scarce = offer();
    scarce["quantity"] = json!(20_000);
    available(&parties, &scarce).await;
    let mut round = round();
    round["settings"]["limits"]["seconds"] = json!(seconds);
    let coordinator = parties.coordinator.client;
    let (_, scenario) = scenario(&coordinator, &round).await;
    let run = coordinator.post(&format!("{scenario}/runs"), &json!({})).await.expect(202).location();
    (coordinator, run)
}

/// Waits for the end while the API is asked again and again.
async fn end(coordinator: &Client, run: &str, at_most: Duration) -> Value {
    let began = Instant::now();
    loop {
        let asked = Instant::now();
        let found = coordinator.get(run).await.expect(200).body;
        assert!(asked.elapsed() < Duration::from_secs(2), "the API answers throughout");
        if !matches!(found["lifecycle"].as_str(), Some("queued" | "running")) {
            return found;
        }
        assert!(began.elapsed() < at_most, "the run must end within its limit and a little more: {found}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// The greedy plan with an honest gap, or a failure with its reason; never optimal.
async fn settles_honestly(coordinator: &Client, run: &str, found: &Value) {
    match found["lifecycle"].as_str() {
        Some("failed") => assert_eq!(found["failure"]["code"], "no_plan", "{found}"),
        Some("limit" | "succeeded") => {
            assert_ne!(found["result"]["status"], "optimal", "{found}");
            let export = coordinator.get(&format!("{run}/export")).await.expect(200);
            let file = serde_json::from_slice(&export.bytes).unwrap();
            needmatch_verify::verify_run(file).expect("whatever is shown recounts");
        }
        other => panic!("{other:?}: {found}"),
    }
}

async fn a_solver_that_dies(service: &Service) {
    service.worker("die");
    let (coordinator, run) = start(service, 5).await;
    let found = end(&coordinator, &run, Duration::from_secs(10)).await;
    settles_honestly(&coordinator, &run, &found).await;
}

async fn a_solver_that_hangs(service: &Service) {
    service.worker("hang");
    let (coordinator, run) = start(service, 1).await;
    let found = end(&coordinator, &run, Duration::from_secs(12)).await;
    settles_honestly(&coordinator, &run, &found).await;
}

async fn a_solver_that_answers_garbage(service: &Service) {
    service.worker("garbage");
    let (coordinator, run) = start(service, 5).await;
    let found = end(&coordinator, &run, Duration::from_secs(10)).await;
    settles_honestly(&coordinator, &run, &found).await;
}

async fn a_solver_that_lies(service: &Service) {
    service.worker("lie");
    let (coordinator, run) = start(service, 5).await;
    let found = end(&coordinator, &run, Duration::from_secs(10)).await;
    settles_honestly(&coordinator, &run, &found).await;
}

async fn a_run_is_cancelled_while_its_solver_hangs(service: &Service) {
    service.worker("hang");
    let (coordinator, run) = start(service, 60).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(coordinator.get(&run).await.expect(200).body["lifecycle"], "running");
    coordinator.cancel(&run, &json!({ "reason": "wrong scenario" })).await.expect(202);
    let found = end(&coordinator, &run, Duration::from_secs(5)).await;
    assert_eq!(found["lifecycle"], "cancelled");
    let refused = coordinator.cancel(&run, &json!({})).await;
    refused.expect_problem(409, "not_allowed_now");
}

async fn a_worker_that_stops_hands_its_run_back(service: &Service) {
    service.worker("hang");
    let (coordinator, run) = start(service, 60).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    service.stop_workers().await;
    let found = coordinator.get(&run).await.expect(200).body;
    assert_eq!((&found["lifecycle"], &found["attempt"]), (&json!("queued"), &json!(1)));
}

async fn a_run_that_takes_three_workers_down_fails_with_the_reason(service: &Service) {
    let (coordinator, run) = start(service, 60).await;
    let store = service.app.store();
    for attempt in 1..=3 {
        let claimed = store.claim_run("doomed", Duration::from_millis(1), Timestamp::now()).await.unwrap();
        let (claim, _) = claimed.expect("the run can be taken over");
        assert_eq!(claim.attempt, attempt);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(store.claim_run("last", Duration::from_secs(9), Timestamp::now()).await.unwrap().is_none());
    let found = coordinator.get(&run).await.expect(200).body;
    assert_eq!((&found["lifecycle"], &found["failure"]["code"]), (&json!("failed"), &json!("worker_lost")), "{found}");
}

async fn a_queued_run_ends_at_once_when_it_is_cancelled(service: &Service) {
    let (coordinator, run) = start(service, 60).await;
    let cancelled = coordinator.cancel(&run, &json!({})).await.expect(202);
    assert_eq!(cancelled.body["lifecycle"], "cancelled");
}

async fn a_full_queue_takes_no_further_run_and_says_so(service: &Service) {
    let (coordinator, run) = start(service, 5).await;
    let run = coordinator.get(&run).await.expect(200).body;
    let scenario = format!("/api/v1/scenarios/{}/runs", run["scenario"].as_str().unwrap());
    let mut transaction =
        service.app.store().begin(Origin::machine("cli", "test", Timestamp::now())).await.expect("a transaction");
    let problem = transaction.snapshot(run["problem_sha256"].as_str().unwrap()).await.unwrap().expect("a problem");
    for _ in 1..MOST_WAITING {
        let new = NewRun {
            key: uuid::Uuid::now_v7().into(),
            scenario: run["scenario"].as_str().unwrap().parse().unwrap(),
            problem: problem.clone(),
            settings: run["settings"].clone(),
            sweep: None,
            start: None,
        };
        transaction.start_run(&new).await.expect("a run");
    }
    transaction.commit().await.expect("a commit");
    let refused = coordinator.post(&scenario, &json!({})).await.expect_problem(429, "too_many_requests");
    assert_eq!(refused.body["values"], json!({ "waiting": MOST_WAITING, "limit": MOST_WAITING }));
    assert!(refused.headers.contains_key("retry-after"));
    coordinator.cancel(&format!("/api/v1/runs/{}", run["id"].as_str().unwrap()), &json!({})).await.expect(202);
    coordinator.post(&scenario, &json!({})).await.expect(202);
}

crate::on_both_databases!(
    a_solver_that_dies,
    a_solver_that_hangs,
    a_solver_that_answers_garbage,
    a_solver_that_lies,
    a_run_is_cancelled_while_its_solver_hangs,
    a_worker_that_stops_hands_its_run_back,
    a_run_that_takes_three_workers_down_fails_with_the_reason,
    a_queued_run_ends_at_once_when_it_is_cancelled,
    a_full_queue_takes_no_further_run_and_says_so,
);
