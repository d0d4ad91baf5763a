//! What must hold when many write at once.

use std::collections::BTreeSet;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use uuid::Uuid;

use super::idempotency::{answer, idempotency_key};
use super::world::{World, at, begin, frozen_round, new_request, origin, read, request, run_of, scenario};
use crate::idempotency::Recall;
use crate::register::RequestFilter;
use crate::statement::Statement;
use crate::words::RequestLifecycle;
use crate::{Move, Page, Store, StoreError, Viewer};

/// Runs a task for each number at once and gathers the answers.
async fn at_once<T, F>(count: usize, task: impl Fn(usize) -> F) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let tasks: Vec<_> = (0..count).map(|number| tokio::spawn(task(number))).collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.unwrap());
    }
    answers
}

pub(super) async fn no_run_is_claimed_twice(store: &Store) {
    let world = World::of(store).await;
    let round = frozen_round(store, world.coordinator).await;
    let scenario = scenario(store, round.key, "plain").await;
    for _ in 0..12 {
        run_of(store, scenario.key, b"{}").await;
    }
    let claims = at_once(16, |number| {
        let store = store.clone();
        async move { store.claim_run(&format!("worker {number}"), Duration::from_mins(1), at(0)).await.unwrap() }
    })
    .await;
    let runs: Vec<_> = claims.into_iter().flatten().map(|(claim, _)| claim.run).collect();
    let distinct: BTreeSet<_> = runs.iter().collect();
    assert_eq!((runs.len(), distinct.len()), (12, 12));
}

pub(super) async fn chains_stay_whole_under_concurrent_changes(store: &Store) {
    let world = World::of(store).await;
    let (kenya, peru) = (world.kenya, world.peru);
    at_once(20, |number| {
        let store = store.clone();
        async move {
            // Both chains in one transaction, now in one order, now in the other.
            let mut parties = [kenya, peru];
            parties.rotate_left(number % 2);
            let mut transaction = store.begin(origin()).await.unwrap();
            for party in parties {
                transaction.add_request(&new_request(party, &format!("{party}-{number}"))).await.unwrap();
            }
            transaction.commit().await.unwrap();
        }
    })
    .await;
    let verdict = read(store).await.verify_audit().await.unwrap();
    assert_eq!((verdict.findings, verdict.rows), (vec![], 6 + 40));
}

pub(super) async fn one_key_has_one_effect(store: &Store) {
    let world = World::of(store).await;
    let (kenya, principal) = (world.kenya, Uuid::now_v7());
    let outcomes = at_once(10, |number| {
        let store = store.clone();
        async move {
            let key = idempotency_key(principal, "k1");
            let mut transaction = store.begin(origin()).await.unwrap();
            let recalled = transaction.recall(&key).await.unwrap();
            if recalled == Recall::Fresh {
                transaction.add_request(&new_request(kenya, &format!("KEN-{number}"))).await.unwrap();
                transaction.remember(&key, &answer()).await.unwrap();
                transaction.commit().await.unwrap();
            }
            recalled
        }
    })
    .await;
    assert_eq!(outcomes.iter().filter(|recalled| **recalled == Recall::Fresh).count(), 1, "{outcomes:?}");
    assert!(!outcomes.contains(&Recall::OtherBody));
    assert_eq!(read(store).await.count_requests(&Viewer::system(), &RequestFilter::default()).await.unwrap(), 1);
}

pub(super) async fn one_of_two_changes_of_a_version_wins(store: &Store) {
    let world = World::of(store).await;
    let made = request(store, world.kenya, "KEN-1").await;
    let key = made.key;
    let outcomes = at_once(8, |_| {
        let store = store.clone();
        async move {
            let mut transaction = store.begin(origin()).await?;
            transaction.move_request(key, 1, Move::by("endorse", RequestLifecycle::Endorsed), None).await?;
            transaction.commit().await
        }
    })
    .await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    for outcome in outcomes {
        let expected = matches!(outcome, Ok(()) | Err(StoreError::VersionMismatch { .. } | StoreError::Busy));
        assert!(expected, "{outcome:?}");
    }
}

/// A client may go away while its transaction begins. Whoever uses the connection next must not write into a
/// transaction that nobody will commit.
pub(super) async fn a_begin_that_is_dropped_leaves_no_transaction_behind(store: &Store) {
    let world = World::of(store).await;
    for polls in 0..40 {
        let mut beginning = pin!(store.begin(origin()));
        for _ in 0..polls {
            let mut context = Context::from_waker(Waker::noop());
            if let Poll::Ready(begun) = beginning.as_mut().poll(&mut context) {
                begun.unwrap().rollback().await.unwrap();
                break;
            }
            tokio::time::sleep(Duration::from_micros(200)).await;
        }
    }
    if store.is_shared() {
        // Nor may whoever reads next be in it.
        let open = "SELECT COUNT(*) AS open FROM pg_stat_activity WHERE datname = current_database() \
                    AND state LIKE 'idle in transaction%'";
        for look in 0.. {
            let open = read(store).await.number(Statement::of(open), "open").await.unwrap();
            assert!(open == 0 || look < 100, "{open} transactions are left open");
            if open == 0 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
    for number in 0..20 {
        let mut transaction = begin(store).await;
        transaction.add_request(&new_request(world.kenya, &format!("KEN-{number}"))).await.unwrap();
        transaction.commit().await.unwrap();
    }
    let seen =
        read(store).await.requests(&Viewer::system(), &RequestFilter::default(), &Page::first(100)).await.unwrap();
    assert_eq!(seen.len(), 20);
}
