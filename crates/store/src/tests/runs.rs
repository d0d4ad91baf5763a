//! The queue, fencing and results.

use std::time::Duration;

use needmatch_domain::run::Status;
use serde_json::{Value, json};

use super::solved;
use super::world::{World, at, begin, commit, read, run};
use crate::runs::{Claim, Failure, MAX_LOSSES, Renewal};
use crate::words::RunLifecycle;
use crate::{Store, StoreError, Viewer};

pub(super) const LEASE: Duration = Duration::from_mins(10);
/// A lease that has run out by the time anybody looks.
const NONE: Duration = Duration::ZERO;

pub(super) async fn claim(store: &Store, lease: Duration) -> Option<Claim> {
    if lease.is_zero() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let claimed = store.claim_run("worker", lease, at(0)).await.unwrap();
    if lease.is_zero() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    claimed.map(|(claim, _)| claim)
}

fn failure() -> Failure {
    Failure { code: "out_of_memory".to_owned(), values: json!({ "megabytes": 512 }) }
}

pub(super) async fn a_run_goes_from_queue_to_result(store: &Store) {
    let world = World::of(store).await;
    let problem = solved::problem("C1", "O1");
    let waiting = run(store, world.coordinator, &solved::bytes(&problem)).await;
    assert_eq!(read(store).await.queue_depth().await.unwrap(), 1);
    assert_eq!(waiting.problem, problem.sha256());

    let (held, running) = store.claim_run("worker 1", LEASE, at(1)).await.unwrap().unwrap();
    assert_eq!(
        (running.lifecycle, running.attempt, running.worker.as_deref()),
        (RunLifecycle::Running, 1, Some("worker 1"))
    );
    assert!(running.started_at.is_some());
    assert_eq!(claim(store, LEASE).await, None, "nothing else waits");
    assert_eq!(store.renew_run(held, LEASE).await.unwrap(), Renewal::Held);

    let verified = solved::verified(problem);
    let ended = commit!(store, transaction => transaction.complete_run(held, &verified));
    assert_eq!(ended.lifecycle, RunLifecycle::Succeeded);
    assert!(ended.finished_at.is_some());
    let mut session = read(store).await;
    let summary = session.run_summary(ended.key).await.unwrap().unwrap();
    assert_eq!(summary.totals, verified.run().outcome.totals);
    assert_eq!((summary.status.as_str(), summary.best, summary.bound), (Status::Optimal.name(), Some(6), Some(6)));
    assert_eq!(&session.run_file(ended.key).await.unwrap(), verified.run());
    let rows = session.plan_rows(&Viewer::system(), ended.key, None, 10).await.unwrap();
    assert_eq!((rows.len(), rows[0].row.component.as_str(), rows[0].row.quantity, rows[0].row.cost), (1, "C1", 3, 15));
    assert!(session.plan_rows(&Viewer::system(), ended.key, Some(0), 10).await.unwrap().is_empty());
}

/// A worker that was stopped past its lease and wakes after another has taken over.
pub(super) async fn a_late_write_changes_nothing(store: &Store) {
    let world = World::of(store).await;
    let problem = solved::problem("C1", "O1");
    run(store, world.coordinator, &solved::bytes(&problem)).await;
    let zombie = claim(store, NONE).await.unwrap();
    let heir = claim(store, LEASE).await.unwrap();
    assert_eq!((zombie.run, heir.attempt), (heir.run, zombie.attempt + 1));

    let untouched = read(store).await.run(&Viewer::system(), heir.run).await.unwrap();
    assert_eq!(store.renew_run(zombie, LEASE).await.unwrap(), Renewal::Lost);
    let verified = solved::verified(problem);
    // One at a time: on SQLite each transaction holds the one writer until it is dropped.
    let mut late = vec![
        store.report_progress(zombie, &json!({})).await.map(drop),
        store.hand_back_run(zombie, "worker", at(0)).await,
    ];
    late.push(begin(store).await.fail_run(zombie, &failure()).await.map(drop));
    late.push(begin(store).await.settle_cancelled(zombie).await.map(drop));
    late.push(begin(store).await.complete_run(zombie, &verified).await.map(drop));
    for refused in late {
        assert!(matches!(refused, Err(StoreError::ClaimLost { attempt: 1, .. })), "{refused:?}");
    }
    assert_eq!(read(store).await.run(&Viewer::system(), heir.run).await.unwrap(), untouched);
    assert_eq!(read(store).await.run_summary(heir.run).await.unwrap(), None);

    commit!(store, transaction => transaction.complete_run(heir, &verified));
    let twice = begin(store).await.complete_run(heir, &verified).await;
    assert!(matches!(twice, Err(StoreError::ClaimLost { .. })), "a run ends once: {twice:?}");
}

pub(super) async fn a_run_that_loses_three_workers_is_given_up(store: &Store) {
    let world = World::of(store).await;
    let waiting = run(store, world.coordinator, b"{}").await;
    for attempt in 1..=MAX_LOSSES {
        assert_eq!(claim(store, NONE).await.unwrap().attempt, attempt);
    }
    let told = read(store).await.audit_of(waiting.key.uuid()).await.unwrap();
    let claims: Vec<_> = told.iter().filter(|row| row.action == "run.claim").collect();
    let from: Vec<_> = claims.iter().filter_map(|row| row.state_from.as_deref()).collect();
    assert_eq!(from, ["queued", "running", "running"], "the first waited for a worker, the others for another one");
    assert_eq!(claim(store, LEASE).await, None);
    let ended = read(store).await.run(&Viewer::system(), waiting.key).await.unwrap();
    assert_eq!((ended.lifecycle, ended.losses), (RunLifecycle::Failed, MAX_LOSSES));
    assert_eq!(ended.failure.unwrap().code, "worker_lost");
    let told = read(store).await.audit_of(waiting.key.uuid()).await.unwrap();
    assert_eq!(told.last().unwrap().action, "run.give_up");
}

pub(super) async fn a_run_handed_back_loses_nothing(store: &Store) {
    let world = World::of(store).await;
    let waiting = run(store, world.coordinator, b"{}").await;
    for _ in 0..2 * MAX_LOSSES {
        let held = claim(store, LEASE).await.unwrap();
        store.hand_back_run(held, "worker", at(0)).await.unwrap();
    }
    let told = read(store).await.audit_of(waiting.key.uuid()).await.unwrap();
    let steps = told.iter().filter(|row| row.origin == "worker");
    let steps: Vec<_> = steps
        .map(|row| [&row.step, &row.state_from, &row.state_to].map(|word| word.as_deref().unwrap_or_default()))
        .collect();
    let turn = [["claim", "queued", "running"], ["hand_back", "running", "queued"]];
    assert_eq!(steps, turn.repeat(steps.len() / 2));
    assert!(steps.len() > 2, "each time");
    assert!(told.iter().filter(|row| row.action == "run.claim").all(|row| row.request_id == "worker"), "who it was");
    let found = read(store).await.run(&Viewer::system(), waiting.key).await.unwrap();
    assert_eq!((found.lifecycle, found.losses, found.attempt), (RunLifecycle::Queued, 0, 2 * MAX_LOSSES));
    let held = claim(store, LEASE).await.unwrap();
    let ended = commit!(store, transaction => transaction.fail_run(held, &failure()));
    assert_eq!((ended.lifecycle, ended.failure), (RunLifecycle::Failed, Some(failure())));
}

pub(super) async fn a_waiting_run_is_cancelled_at_once_and_a_running_one_by_its_worker(store: &Store) {
    let world = World::of(store).await;
    let waiting = run(store, world.coordinator, b"{}").await;
    let ended = commit!(store, transaction => transaction.cancel_run(waiting.key, 1, Some("not needed")));
    assert_eq!(ended.lifecycle, RunLifecycle::Cancelled);
    assert!(ended.finished_at.is_some());
    assert_eq!(claim(store, LEASE).await, None);

    let running = run(store, world.coordinator, b"{}").await;
    let held = claim(store, LEASE).await.unwrap();
    let old = begin(store).await.cancel_run(running.key, 1, None).await;
    assert!(matches!(old, Err(StoreError::VersionMismatch { expected: 1, actual: 2, .. })), "{old:?}");
    let wished = commit!(store, transaction => transaction.cancel_run(running.key, 2, None));
    assert_eq!((wished.lifecycle, wished.finished_at), (RunLifecycle::Running, None));
    assert_eq!(store.renew_run(held, LEASE).await.unwrap(), Renewal::CancelWished);
    let ended = commit!(store, transaction => transaction.settle_cancelled(held));
    assert_eq!(ended.lifecycle, RunLifecycle::Cancelled);
    let again = begin(store).await.cancel_run(running.key, ended.version, None).await;
    assert!(matches!(again, Err(StoreError::WrongState { .. })), "{again:?}");
}

pub(super) async fn a_wish_to_cancel_outlives_the_worker(store: &Store) {
    let world = World::of(store).await;
    let waiting = run(store, world.coordinator, b"{}").await;
    claim(store, NONE).await.unwrap();
    commit!(store, transaction => transaction.cancel_run(waiting.key, 2, None));
    assert_eq!(claim(store, LEASE).await, None);
    let ended = read(store).await.run(&Viewer::system(), waiting.key).await.unwrap();
    assert_eq!((ended.lifecycle, ended.failure), (RunLifecycle::Cancelled, None));
}

pub(super) async fn events_are_numbered_without_gaps(store: &Store) {
    let world = World::of(store).await;
    let waiting = run(store, world.coordinator, b"{}").await;
    let first = claim(store, NONE).await.unwrap();
    assert_eq!(store.report_progress(first, &json!({ "phase": "build" })).await.unwrap(), 1);
    let second = claim(store, LEASE).await.unwrap();
    for number in 2..=5 {
        assert_eq!(store.report_progress(second, &json!({ "best": number })).await.unwrap(), number);
    }
    let mut session = read(store).await;
    let events = session.run_events(waiting.key, 3, 10).await.unwrap();
    assert_eq!(events.iter().map(|event| event.number).collect::<Vec<_>>(), [4, 5]);
    assert_eq!(events[1].body, json!({ "best": 5 }));
    let found = session.run(&Viewer::system(), waiting.key).await.unwrap();
    assert_eq!((found.last_event, found.progress), (5, Some(json!({ "best": 5 }))));
    let large = Value::String("x".repeat(300_000));
    assert!(matches!(store.report_progress(second, &large).await, Err(StoreError::TooLarge { .. })));
}

pub(super) async fn a_plan_of_another_problem_is_refused(store: &Store) {
    let world = World::of(store).await;
    let asked = run(store, world.coordinator, &solved::bytes(&solved::problem("C1", "O1"))).await;
    let held = claim(store, LEASE).await.unwrap();
    let other = solved::verified(solved::problem("C1", "O2"));
    let refused = begin(store).await.complete_run(held, &other).await;
    assert!(matches!(refused, Err(StoreError::Corrupt { .. })), "{refused:?}");
    let found = read(store).await.run(&Viewer::system(), asked.key).await.unwrap();
    assert_eq!(found.lifecycle, RunLifecycle::Running);
}
