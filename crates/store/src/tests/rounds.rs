//! Rounds and scenarios.

use std::time::Duration;

use serde_json::json;

use super::solved;
use super::world::{World, at, begin, commit, frozen_round, read, request, round, run_of, scenario};
use crate::rounds::NewLeftOut;
use crate::words::{LeftOutReason, RoundLifecycle};
use crate::{Move, Page, Store, StoreError, Viewer};

pub(super) async fn a_round_is_frozen_once_and_keeps_its_content(store: &Store) {
    let world = World::of(store).await;
    let open = round(store, world.coordinator).await;
    let settings = json!({ "periods": ["2027"] });
    let changed = commit!(store, transaction => transaction.change_round(open.key, 1, "Round A", &settings, at(5)));
    let frozen = commit!(store, transaction => transaction.freeze_round(open.key, changed.version, b"content"));
    let hash = frozen.snapshot.clone().unwrap();
    assert_eq!(hash, needmatch_domain::canonical::sha256(b"content"));
    let mut session = read(store).await;
    assert_eq!(session.snapshot(&hash).await.unwrap().as_deref(), Some(&b"content"[..]));
    assert_eq!(session.snapshot("none").await.unwrap(), None);
    assert_eq!(session.round(&Viewer::system(), open.key).await.unwrap(), frozen);

    let again = begin(store).await.freeze_round(open.key, frozen.version, b"other").await;
    assert!(matches!(again, Err(StoreError::WrongState { .. })), "{again:?}");
    let late = begin(store).await.change_round(open.key, frozen.version, "B", &settings, at(5)).await;
    assert!(matches!(late, Err(StoreError::WrongState { .. })), "{late:?}");
    // Equal content is kept once.
    let twin = round(store, world.coordinator).await;
    let twin = commit!(store, transaction => transaction.freeze_round(twin.key, 1, b"content"));
    assert_eq!(twin.snapshot, Some(hash));
    let listed = session.rounds(&Viewer::system(), Some(RoundLifecycle::Frozen), &Page::first(10)).await.unwrap();
    assert_eq!(listed.len(), 2);
    assert_eq!(session.rounds(&Viewer::public(), None, &Page::first(10)).await.unwrap(), []);
}

pub(super) async fn a_scenario_that_was_run_stays_as_it_is(store: &Store) {
    let world = World::of(store).await;
    let round = frozen_round(store, world.coordinator).await;
    let plain = scenario(store, round.key, "plain").await;
    let changed =
        commit!(store, transaction => transaction.change_scenario(plain.key, 1, "what if", &json!({ "seed": 2 })));
    assert_eq!(read(store).await.scenario(&Viewer::system(), plain.key).await.unwrap(), changed);
    run_of(store, plain.key, b"{}").await;
    let refused = begin(store).await.change_scenario(plain.key, 2, "later", &json!({})).await;
    assert!(matches!(refused, Err(StoreError::WrongState { .. })), "{refused:?}");
    let taken = crate::rounds::NewScenario {
        key: super::world::key(),
        round: round.key,
        base: Some(plain.key),
        name: "what if".to_owned(),
        settings: json!({}),
    };
    let refused = begin(store).await.add_scenario(&taken).await;
    assert!(matches!(refused, Err(StoreError::Duplicate { .. })), "{refused:?}");
}

pub(super) async fn one_finished_run_is_published(store: &Store) {
    let world = World::of(store).await;
    let round = frozen_round(store, world.coordinator).await;
    let scenario = scenario(store, round.key, "plain").await;
    let problem = solved::problem("C1", "O1");
    let run = run_of(store, scenario.key, &solved::bytes(&problem)).await;
    let early = begin(store).await.publish_round(round.key, round.version, run.key).await;
    assert!(matches!(early, Err(StoreError::NotFound { .. })), "{early:?}");

    let (claim, _) = store.claim_run("worker", Duration::from_mins(1), at(0)).await.unwrap().unwrap();
    commit!(store, transaction => transaction.complete_run(claim, &solved::verified(problem)));
    let published = commit!(store, transaction => transaction.publish_round(round.key, round.version, run.key));
    assert_eq!(published.lifecycle, RoundLifecycle::Published);
    let mut session = read(store).await;
    assert_eq!(session.published_run(round.key).await.unwrap().unwrap().key, run.key);
    let listed = session.rounds(&Viewer::public(), None, &Page::first(10)).await.unwrap();
    assert_eq!(listed, std::slice::from_ref(&published));
    let decided = RoundLifecycle::Decided;
    let moved = commit!(store, transaction => transaction.move_round(round.key, published.version, RoundLifecycle::Published, Move::by("decide", decided)));
    assert_eq!(moved.lifecycle, decided);
}

pub(super) async fn whom_a_round_leaves_out_is_kept(store: &Store) {
    let world = World::of(store).await;
    let (first, second) = (request(store, world.kenya, "KEN-1").await, request(store, world.peru, "PER-1").await);
    let frozen = frozen_round(store, world.coordinator).await;
    let left_out = [
        NewLeftOut {
            request: first.key,
            reason: LeftOutReason::OutsideHorizon,
            components: vec!["KEN-1/2".to_owned()],
        },
        NewLeftOut { request: second.key, reason: LeftOutReason::NothingOutstanding, components: Vec::new() },
    ];
    commit!(store, transaction => transaction.keep_left_out(frozen.key, &left_out));
    let mut session = read(store).await;
    let told = session.left_out_of(first.key).await.unwrap();
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].round, told[0].reason), (frozen.key, LeftOutReason::OutsideHorizon));
    assert_eq!((&told[0].round_name, &told[0].components), (&frozen.name, &vec!["KEN-1/2".to_owned()]));
    assert_eq!(session.left_out_of(second.key).await.unwrap(), [], "told once the round is published");
    let all = session.left_out_requests(frozen.key).await.unwrap();
    let own = [(first.key, world.kenya), (second.key, world.peru)];
    assert_eq!(
        all,
        own.into_iter().zip(left_out).map(|((key, party), new)| (key, party, new.reason)).collect::<Vec<_>>()
    );
}
