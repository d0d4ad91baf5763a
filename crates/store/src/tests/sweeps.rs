//! Sweeps: started whole, after single runs, counted, cancelled.

use std::time::Duration;

use needmatch_domain::canonical;
use serde_json::{Value, json};

use super::solved;
use super::world::{World, at, begin, commit, frozen_round, key, read, run_of, scenario};
use crate::keys::{PartyKey, RunKey, SweepKey};
use crate::runs::{NewSetting, NewSweep, Sweep, SweepFilter};
use crate::words::RunLifecycle;
use crate::{Page, Store, StoreError, Viewer};

const LEASE: Duration = Duration::from_mins(10);

async fn settings(store: &Store, count: usize) -> Vec<NewSetting> {
    let mut settings = Vec::new();
    for number in 0..count {
        let overrides = canonical::to_bytes(&json!({ "limits": { "seed": number } })).unwrap();
        settings.push(NewSetting {
            name: format!("setting {number}"),
            overrides: store.keep_ahead(&overrides, at(0)).await.unwrap(),
            run: key::<RunKey>(),
            problem: store.keep_ahead(&solved::bytes(&solved::problem("C1", "O1")), at(0)).await.unwrap(),
            settings: json!({ "seconds": 60 }),
        });
    }
    settings
}

async fn sweep(store: &Store, coordinator: PartyKey, count: usize) -> (NewSweep, Sweep) {
    let round = frozen_round(store, coordinator).await;
    let scenario = scenario(store, round.key, "plain").await;
    let problem = store.keep_ahead(&solved::bytes(&solved::problem("C1", "O1")), at(0)).await.unwrap();
    let (vary, settings) = (json!({ "vary": [] }), settings(store, count).await);
    let new = NewSweep { key: key::<SweepKey>(), scenario: scenario.key, vary, problem, settings };
    let started = commit!(store, transaction => transaction.start_sweep(&new));
    (new, started)
}

pub(super) async fn a_sweep_reads_back_as_it_was_started(store: &Store) {
    let world = World::of(store).await;
    let (new, started) = sweep(store, world.coordinator, 3).await;
    let coordinator = Viewer::of([(world.coordinator, crate::words::PartyKind::Coordinator)]);
    let mut session = read(store).await;
    assert_eq!(session.sweep(&coordinator, new.key).await.unwrap(), started);
    assert_eq!((started.settings, &started.vary), (3, &new.vary));
    for (who, viewer) in world.viewers() {
        let found = session.sweep(&viewer, new.key).await;
        assert_eq!(found.is_ok(), viewer.sees_all(), "{who}");
        let listed = session.sweeps(&viewer, &SweepFilter::default(), &Page::first(10)).await.unwrap();
        assert_eq!(listed.len(), usize::from(viewer.sees_all()), "{who}");
    }
    let swept = session.swept(new.key).await.unwrap();
    let names: Vec<_> = swept.iter().map(|setting| (setting.position, setting.name.as_str())).collect();
    assert_eq!(names, [(0, "setting 0"), (1, "setting 1"), (2, "setting 2")]);
    assert_eq!(session.overrides(&swept[1].overrides).await.unwrap(), json!({ "limits": { "seed": 1 } }));
    assert_eq!(session.overrides_of(swept[2].run.key).await.unwrap(), Some(json!({ "limits": { "seed": 2 } })));
    assert_eq!(swept[2].overrides, new.settings[2].overrides);
    assert!(swept.iter().all(|setting| setting.run.sweep == Some(new.key) && setting.measured.is_none()));
    let counts = session.sweep_counts(&[new.key]).await.unwrap();
    assert_eq!(counts[&new.key], [(RunLifecycle::Queued, 3)].into());
    assert_eq!((session.queue_depth().await.unwrap(), session.queue_depth_of_sweeps().await.unwrap()), (0, 3));
    let told = session.audit_of(new.key.uuid()).await.unwrap();
    assert_eq!(told.iter().map(|row| row.action.as_str()).collect::<Vec<_>>(), ["sweep.start"]);
}

pub(super) async fn single_runs_are_taken_before_those_of_sweeps(store: &Store) {
    let world = World::of(store).await;
    let (new, _) = sweep(store, world.coordinator, 2).await;
    let first = store.claim_run("worker 1", Duration::ZERO, at(0)).await.unwrap().unwrap();
    assert_eq!(first.1.key, new.settings[0].run, "nothing else waits");
    let single = run_of(store, new.scenario, b"{}").await;
    tokio::time::sleep(Duration::from_millis(5)).await;
    // What was begun and lost is taken up before anything new, then the single run, then the rest of the sweep.
    for expected in [new.settings[0].run, single.key, new.settings[1].run] {
        let (_, claimed) = store.claim_run("worker 2", LEASE, at(0)).await.unwrap().unwrap();
        assert_eq!(claimed.key, expected);
    }
    assert!(store.claim_run("worker 2", LEASE, at(0)).await.unwrap().is_none());
}

pub(super) async fn what_is_measured_stands_with_the_result(store: &Store) {
    let world = World::of(store).await;
    let (new, _) = sweep(store, world.coordinator, 1).await;
    let (claim, _) = store.claim_run("worker", LEASE, at(0)).await.unwrap().unwrap();
    let verified = solved::verified(solved::problem("C1", "O1"));
    let measured = json!({ "values": [6] });
    let mut transaction = begin(store).await;
    transaction.complete_run(claim, &verified).await.unwrap();
    transaction.keep_measured(claim.run, &measured).await.unwrap();
    transaction.commit().await.unwrap();
    let swept = read(store).await.swept(new.key).await.unwrap();
    assert_eq!((swept[0].run.lifecycle, &swept[0].measured), (RunLifecycle::Succeeded, &Some(measured)));
    let large = Value::String("x".repeat(300_000));
    let refused = begin(store).await.keep_measured(claim.run, &large).await;
    assert!(matches!(refused, Err(StoreError::TooLarge { .. })));
}

pub(super) async fn a_sweep_is_cancelled_as_far_as_it_has_not_ended(store: &Store) {
    let world = World::of(store).await;
    let (new, _) = sweep(store, world.coordinator, 3).await;
    let (held, _) = store.claim_run("worker", LEASE, at(0)).await.unwrap().unwrap();
    let (done, _) = store.claim_run("worker", LEASE, at(0)).await.unwrap().unwrap();
    let verified = solved::verified(solved::problem("C1", "O1"));
    commit!(store, transaction => transaction.complete_run(done, &verified));
    assert_eq!(commit!(store, transaction => transaction.cancel_sweep(new.key, Some("enough"))), 2);
    let mut session = read(store).await;
    let counts = session.sweep_counts(&[new.key]).await.unwrap();
    let expected = [(RunLifecycle::Running, 1), (RunLifecycle::Succeeded, 1), (RunLifecycle::Cancelled, 1)];
    assert_eq!(counts[&new.key], expected.into());
    assert!(session.sweep(&Viewer::system(), new.key).await.unwrap().cancelled_at.is_some());
    drop(session);
    commit!(store, transaction => transaction.settle_cancelled(held));
    assert_eq!(commit!(store, transaction => transaction.cancel_sweep(new.key, None)), 0);
}

/// Runs name their sweep and stand before it in a backup.
pub(super) async fn a_sweep_goes_through_a_backup_into_either_engine(store: &Store) {
    let world = World::of(store).await;
    let (new, started) = sweep(store, world.coordinator, 2).await;
    let mut bytes = Vec::new();
    store.back_up(&mut bytes, at(0)).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let postgres = needmatch_test_postgres::database().unwrap();
    for url in [format!("sqlite://{}", folder.path().join("restored.db").display()), postgres.url.clone()] {
        let restored = Store::open(&url).await.unwrap();
        restored.migrate().await.unwrap();
        restored.restore(bytes.as_slice()).await.unwrap();
        let mut session = read(&restored).await;
        assert_eq!(session.sweep(&Viewer::system(), new.key).await.unwrap(), started);
        let swept = session.swept(new.key).await.unwrap();
        assert_eq!(swept, read(store).await.swept(new.key).await.unwrap());
        drop(session);
        restored.close().await;
    }
}

async fn prepared(store: &Store, coordinator: PartyKey, problem: &[u8]) -> NewSweep {
    let round = frozen_round(store, coordinator).await;
    let scenario = scenario(store, round.key, "plain").await;
    let problem = store.keep_ahead(problem, at(0)).await.unwrap();
    let setting = NewSetting {
        name: "one".to_owned(),
        overrides: store.keep_ahead(b"{}", at(0)).await.unwrap(),
        run: key::<RunKey>(),
        problem: problem.clone(),
        settings: json!({ "seconds": 60 }),
    };
    let vary = json!({ "vary": [] });
    NewSweep { key: key::<SweepKey>(), scenario: scenario.key, vary, problem, settings: vec![setting] }
}

pub(super) async fn what_was_prepared_and_not_started_is_forgotten(store: &Store) {
    let world = World::of(store).await;
    let abandoned = prepared(store, world.coordinator, b"abandoned").await;
    let kept = |hash: String| async move { read(store).await.snapshot(&hash).await.unwrap().is_some() };
    assert_eq!(store.forget_prepared(at(0), 10).await.unwrap(), 0, "not old enough");
    assert!(kept(abandoned.problem.clone()).await);
    assert_eq!(store.keep_ahead(b"abandoned", at(50)).await.unwrap(), abandoned.problem);
    assert_eq!(store.forget_prepared(at(1), 10).await.unwrap(), 0, "prepared anew");
    assert_eq!(store.forget_prepared(at(51), 10).await.unwrap(), 1);
    assert!(!kept(abandoned.problem.clone()).await);
    let late = begin(store).await.start_sweep(&abandoned).await;
    assert!(matches!(late, Err(StoreError::Busy)), "to be prepared anew: {late:?}");

    // What something refers to stays, however it came to be kept.
    let started = prepared(store, world.coordinator, b"started").await;
    commit!(store, transaction => transaction.start_sweep(&started));
    let run = run_of(store, started.scenario, b"single").await;
    assert_eq!(store.keep_ahead(b"single", at(0)).await.unwrap(), run.problem);
    assert_eq!(store.forget_prepared(at(100), 10).await.unwrap(), 0);
    let single = prepared(store, world.coordinator, b"both").await;
    let run = run_of(store, single.scenario, b"both").await;
    assert_eq!(store.forget_prepared(at(100), 10).await.unwrap(), 0);
    for hash in [started.problem, run.problem] {
        assert!(kept(hash).await);
    }
    assert!(kept(started.settings[0].overrides.clone()).await);
}

pub(super) async fn a_start_and_forgetting_at_once_leave_a_sweep_whole_or_refused(store: &Store) {
    let world = World::of(store).await;
    for number in 0..10 {
        let new = prepared(store, world.coordinator, format!("problem {number}").as_bytes()).await;
        let starting = async {
            let mut transaction = begin(store).await;
            transaction.start_sweep(&new).await?;
            transaction.commit().await
        };
        let (started, forgotten) = tokio::join!(starting, store.forget_prepared(at(100), 10));
        forgotten.unwrap();
        let is_kept = read(store).await.snapshot(&new.problem).await.unwrap().is_some();
        match started {
            Ok(()) => assert!(is_kept, "{number}"),
            Err(StoreError::Busy) => assert!(!is_kept, "{number}"),
            Err(other) => panic!("{number}: {other:?}"),
        }
    }
}
