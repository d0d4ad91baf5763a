//! What is held while it is looked at: the second of two transactions waits for the first and then sees what it did.
//! Where one engine has one writer, it waits at its beginning.

use std::time::Duration;

use needmatch_domain::canonical;
use serde_json::json;
use tokio::task::JoinHandle;

use super::agreements::{proposed, terms};
use super::world::{
    World, begin, commit, frozen_round, key, offer, origin, read, request, round, run, run_of, scenario,
};
use crate::agreements::Side;
use crate::engine::EngineKind;
use crate::keys::{PackageKey, RequestKey, RoundKey, RunKey, ScenarioKey};
use crate::messages::{MAX_WEBHOOKS, NewWebhook};
use crate::register::NewPackage;
use crate::rounds::{NewScenario, Scenario};
use crate::runs::NewRun;
use crate::statement::Statement;
use crate::words::{OfferLifecycle, PackageStatus, RequestLifecycle, RoundLifecycle};
use crate::{AuditedTransaction, Move, Store, StoreError, Viewer};

/// Begins what is to wait, and looks that it does.
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

async fn based(store: &Store, on: &Scenario, name: &str) -> Scenario {
    let (key, round, base) = (key::<ScenarioKey>(), on.round, Some(on.key));
    let new = NewScenario { key, round, base, name: name.to_owned(), settings: json!({}) };
    commit!(store, transaction => transaction.add_scenario(&new))
}

async fn rewritten(store: Store, scenario: ScenarioKey, version: i64) -> Result<(), StoreError> {
    let mut transaction = store.begin(origin()).await?;
    transaction.change_scenario(scenario, version, "other", &json!({ "seed": 9 })).await?;
    transaction.commit().await
}

async fn start(transaction: &mut AuditedTransaction, scenario: ScenarioKey) {
    let (key, settings) = (key::<RunKey>(), json!({ "seconds": 60 }));
    let new = NewRun { key, scenario, problem: b"{}".to_vec(), settings, sweep: None, start: None };
    transaction.start_run(&new).await.unwrap();
}

pub(super) async fn a_scenario_is_either_rewritten_or_run(store: &Store) {
    let world = World::of(store).await;
    let round = frozen_round(store, world.coordinator).await;
    let plain = scenario(store, round.key, "plain").await;
    let middle = based(store, &plain, "middle").await;
    let last = based(store, &middle, "last").await;
    let apart = scenario(store, round.key, "apart").await;

    // Whoever rewrites the first base waits for the run that is being started of the last.
    let mut starting = begin(store).await;
    let held = starting.hold_scenarios(&[last.key, middle.key, plain.key]).await.unwrap();
    assert_eq!(held.values().copied().collect::<Vec<_>>(), [1, 1, 1]);
    start(&mut starting, last.key).await;
    let rewriting = waiting(rewritten(store.clone(), plain.key, 1)).await;
    starting.commit().await.unwrap();
    let refused = rewriting.await.unwrap();
    assert!(matches!(refused, Err(StoreError::WrongState { .. })), "{refused:?}");
    for based in [&plain, &middle, &last] {
        let refused = rewritten(store.clone(), based.key, 1).await;
        assert!(matches!(refused, Err(StoreError::WrongState { .. })), "{}: {refused:?}", based.name);
        let stands = read(store).await.scenario(&Viewer::system(), based.key).await.unwrap();
        assert_eq!(stands, *based, "it stays as it is");
    }

    // And whoever starts one waits for the rewriting, and learns of it.
    let mut rewriting = begin(store).await;
    rewriting.change_scenario(apart.key, 1, "other", &json!({})).await.unwrap();
    let holding = {
        let (store, key) = (store.clone(), apart.key);
        waiting(async move { begin(&store).await.hold_scenarios(&[key]).await.unwrap() }).await
    };
    rewriting.commit().await.unwrap();
    assert_eq!(holding.await.unwrap().into_iter().collect::<Vec<_>>(), [(apart.key, 2)]);
    assert_eq!(begin(store).await.hold_scenarios(&[]).await.unwrap().len(), 0);
    run_of(store, apart.key, b"{}").await;
    assert_eq!(read(store).await.verify_audit().await.unwrap().findings, []);
}

pub(super) async fn terms_of_a_run_are_compared_with_what_stands(store: &Store) {
    let agreed = proposed(store, &[terms(4, 300), terms(5, 500)]).await;
    let [first, second] = [agreed.proposals[0].clone(), agreed.proposals[1].clone()];
    let run = first.run;
    let comparing = |store: Store| async move {
        let live = begin(&store).await.hold_live_proposals(run).await.unwrap();
        live.iter().map(|live| (live.key, live.version)).collect::<Vec<_>>()
    };
    let accepting = |store: Store| async move {
        let mut transaction = store.begin(origin()).await?;
        transaction.accept_proposal(second.key, 1, Side::State, None).await?;
        transaction.commit().await
    };
    assert_eq!(comparing(store.clone()).await, [(first.key, 1), (second.key, 1)]);

    // Another change, and an answer to any of them, wait until the terms are kept.
    let mut changing = begin(store).await;
    changing.hold_live_proposals(run).await.unwrap();
    let compared = waiting(comparing(store.clone())).await;
    let accepted = waiting(accepting(store.clone())).await;
    changing.change_proposal(first.key, 1, Side::Provider, &terms(2, 150), None).await.unwrap();
    changing.commit().await.unwrap();
    accepted.await.unwrap().unwrap();
    assert_eq!(compared.await.unwrap()[0], (first.key, 2));

    // An answer on its way is waited for.
    let mut declining = begin(store).await;
    declining.decline_proposal(second.key, 2, Side::State, "covered").await.unwrap();
    let compared = waiting(comparing(store.clone())).await;
    declining.commit().await.unwrap();
    assert_eq!(compared.await.unwrap(), [(first.key, 2)]);
}

/// Writes a plan as a run would leave it.
async fn plan(store: &Store, run: RunKey, rows: &[(&str, &str)]) {
    let mut session = store.begin_unaudited().await.unwrap();
    for (position, (component, offer)) in (0_i64..).zip(rows) {
        let insert = Statement::of(
            "INSERT INTO plan_rows (run, position, component, offer, period, quantity, draw, cost, score) \
             VALUES ($1, $2, $3, $4, '2027', 1, 1, 1, 1)",
        );
        session.execute(insert.bind(run).bind(position).bind(*component).bind(*offer)).await.unwrap();
    }
    session.commit().await.unwrap();
}

async fn moved(store: &Store, request: RequestKey, to: RequestLifecycle) {
    let mut transaction = begin(store).await;
    let version = transaction.request(&Viewer::system(), request).await.unwrap().version;
    transaction.move_request(request, version, Move::by("move", to), None).await.unwrap();
    transaction.commit().await.unwrap();
}

pub(super) async fn a_plan_is_held_in_the_order_of_keys(store: &Store) {
    let world = World::of(store).await;
    let first = request(store, world.kenya, "KEN-1").await;
    let second = request(store, world.kenya, "KEN-2").await;
    for key in [first.key, second.key] {
        moved(store, key, RequestLifecycle::Circulated).await;
    }
    offer(store, world.norway, "NOR-1", needmatch_domain::scenario::Visibility::Public).await;
    let run = run(store, world.coordinator, b"{}").await;
    plan(store, run.key, &[("KEN-2/1", "NOR-1"), ("KEN-1/1", "NOR-1")]).await;

    let mut freezing = begin(store).await;
    let taken = || Move::by("freeze", RequestLifecycle::InRound);
    freezing.move_request(first.key, 2, taken(), None).await.unwrap();
    let (publishing, key) = (store.clone(), run.key);
    let publishing = async move { begin(&publishing).await.hold_plan_targets(key).await.map(|held| held.len()) };
    let publishing = waiting(publishing).await;
    freezing.move_request(second.key, 2, taken(), None).await.unwrap();
    freezing.commit().await.unwrap();
    assert!(matches!(publishing.await.unwrap(), Ok(2)), "nobody is in nobody's way");
}

pub(super) async fn a_limit_holds_when_two_count_at_once(store: &Store) {
    let world = World::of(store).await;
    let hook = move || NewWebhook {
        key: key(),
        party: world.kenya,
        url: "https://kenya.example/hook".to_owned(),
        kinds: Vec::new(),
        sealed_secret: vec![1],
    };
    for _ in 1..MAX_WEBHOOKS {
        commit!(store, transaction => transaction.add_webhook(&hook()));
    }
    let mut adding = begin(store).await;
    adding.add_webhook(&hook()).await.unwrap();
    let another = {
        let (store, hook) = (store.clone(), hook());
        waiting(async move { begin(&store).await.add_webhook(&hook).await.map(drop) }).await
    };
    adding.commit().await.unwrap();
    let refused = another.await.unwrap();
    assert!(matches!(refused, Err(StoreError::TooLarge { .. })), "{refused:?}");

    let round = frozen_round(store, world.coordinator).await;
    let scenario = scenario(store, round.key, "plain").await;
    let mut starting = begin(store).await;
    assert_eq!(starting.hold_queue_depth().await.unwrap(), 0);
    start(&mut starting, scenario.key).await;
    let counting = {
        let store = store.clone();
        waiting(async move { begin(&store).await.hold_queue_depth().await.unwrap() }).await
    };
    starting.commit().await.unwrap();
    assert_eq!(counting.await.unwrap(), 1);
    assert_eq!(begin(store).await.hold_queue_depth_of_sweeps().await.unwrap(), 0);
}

pub(super) async fn a_package_is_not_left_while_a_request_names_it(store: &Store) {
    let world = World::of(store).await;
    let others = vec![(world.peru, PackageStatus::Joined)];
    let (code, title) = ("road".to_owned(), "The road".to_owned());
    let new = NewPackage { key: key::<PackageKey>(), party: world.kenya, code, title, body: json!({}), others };
    let package = commit!(store, transaction => transaction.add_package(&new));
    let mut naming = begin(store).await;
    assert!(naming.hold_joined(world.peru, "road").await.unwrap());
    assert!(!naming.hold_joined(world.peru, "sea").await.unwrap());
    let leaving = {
        let (store, party) = (store.clone(), world.peru);
        waiting(async move {
            let mut transaction = begin(&store).await;
            let taken = Move::by("leave", PackageStatus::Left);
            transaction.move_package_member(package.key, package.version, party, taken).await?;
            transaction.commit().await
        })
        .await
    };
    naming.commit().await.unwrap();
    leaving.await.unwrap().unwrap();
    assert!(!begin(store).await.hold_joined(world.peru, "road").await.unwrap());
}

/// A frozen round that these requests take part in.
async fn holding(store: &Store, coordinator: crate::keys::PartyKey, references: &[&str]) -> RoundKey {
    let open = round(store, coordinator).await;
    let requests: Vec<_> = references.iter().map(|id| json!({ "id": id })).collect();
    let content = canonical::to_bytes(&json!({ "requests": requests })).unwrap();
    let references: Vec<String> = references.iter().map(|reference| (*reference).to_owned()).collect();
    commit!(store, transaction => transaction.enter_round(open.key, &references));
    commit!(store, transaction => transaction.freeze_round(open.key, 1, &content)).key
}

async fn decided(store: &Store, round: RoundKey) {
    let before = read(store).await.round(&Viewer::system(), round).await.unwrap();
    let taken = Move::by("decide", RoundLifecycle::Decided);
    commit!(store, transaction => transaction.move_round(round, before.version, before.lifecycle, taken));
}

pub(super) async fn what_a_round_has_not_decided_on_is_not_released(store: &Store) {
    let world = World::of(store).await;
    let (alone, shared) = (request(store, world.kenya, "KEN-1").await, request(store, world.kenya, "KEN-2").await);
    request(store, world.kenya, "KEN-3").await;
    for key in [alone.key, shared.key] {
        moved(store, key, RequestLifecycle::InRound).await;
    }
    let first = holding(store, world.coordinator, &["KEN-1", "KEN-2", "KEN-3"]).await;
    let second = holding(store, world.coordinator, &["KEN-2"]).await;
    assert!(read(store).await.is_request_held(alone.key).await.unwrap());
    decided(store, first).await;
    assert!(!read(store).await.is_request_held(alone.key).await.unwrap());
    assert!(read(store).await.is_request_held(shared.key).await.unwrap());
    assert_eq!(begin(store).await.hold_released(first).await.unwrap(), [(alone.key, 2)]);
    decided(store, second).await;
    assert_eq!(begin(store).await.hold_released(second).await.unwrap(), [(shared.key, 2)]);

    // Nor is what a proposal waits for.
    let agreed = proposed_again(store, &world, &alone).await;
    assert!(read(store).await.is_request_held(alone.key).await.unwrap());
    assert_eq!(begin(store).await.hold_released(first).await.unwrap(), [(shared.key, 2)]);
    commit!(store, transaction => transaction.decline_proposal(agreed, 1, Side::State, "covered"));
    assert_eq!(begin(store).await.hold_released(first).await.unwrap(), [(alone.key, 2), (shared.key, 2)]);
}

async fn proposed_again(store: &Store, world: &World, request: &crate::register::Request) -> crate::keys::ProposalKey {
    let offer = offer(store, world.norway, "NOR-9", needmatch_domain::scenario::Visibility::Public).await;
    let run = run(store, world.coordinator, b"{}").await;
    let (component, offer) = (request.components[0].key, offer.key);
    let new = [crate::agreements::NewProposal { key: key(), component, offer, terms: terms(4, 300) }];
    commit!(store, transaction => transaction.add_proposals(run.round, run.key, super::world::at(100), &new));
    new[0].key
}

pub(super) async fn rounds_frozen_before_are_found_in_their_snapshots(store: &Store) {
    let world = World::of(store).await;
    let kept = request(store, world.kenya, "KEN-1").await;
    moved(store, kept.key, RequestLifecycle::InRound).await;
    let frozen = holding(store, world.coordinator, &["KEN-1"]).await;
    let mut session = store.begin_unaudited().await.unwrap();
    session.execute(Statement::of("DELETE FROM round_requests")).await.unwrap();
    let migration = match session.engine() {
        EngineKind::Sqlite => include_str!("../../../../migrations/sqlite/0025_round_requests.sql"),
        EngineKind::Postgres => include_str!("../../../../migrations/postgres/0025_round_requests.sql"),
    };
    let filling = migration.split(";\n").find(|text| text.starts_with("INSERT INTO round_requests")).unwrap();
    assert_eq!(session.execute(Statement::of(filling)).await.unwrap(), 1);
    session.commit().await.unwrap();
    assert!(read(store).await.is_request_held(kept.key).await.unwrap());
    decided(store, frozen).await;
    assert_eq!(begin(store).await.hold_released(frozen).await.unwrap(), [(kept.key, 2)]);
}

pub(super) async fn only_what_stands_is_proposed(store: &Store) {
    let world = World::of(store).await;
    let asked = request(store, world.kenya, "KEN-1").await;
    let given = offer(store, world.norway, "NOR-1", needmatch_domain::scenario::Visibility::Public).await;
    let run = run(store, world.coordinator, b"{}").await;
    plan(store, run.key, &[("KEN-1/1", "NOR-1")]).await;
    for state in RequestLifecycle::ALL {
        moved(store, asked.key, *state).await;
        let stands = matches!(
            state,
            RequestLifecycle::Circulated
                | RequestLifecycle::InRound
                | RequestLifecycle::PartlyMet
                | RequestLifecycle::Met
        );
        assert_eq!(begin(store).await.hold_plan_targets(run.key).await.unwrap().len(), usize::from(stands), "{state}");
        assert_eq!(read(store).await.plan_targets(run.key).await.unwrap().len(), usize::from(stands), "{state}");
    }
    moved(store, asked.key, RequestLifecycle::InRound).await;
    let withdrawn = Move::by("withdraw", OfferLifecycle::Withdrawn);
    commit!(store, transaction => transaction.move_offer(given.key, given.version, withdrawn));
    assert_eq!(read(store).await.plan_targets(run.key).await.unwrap().len(), 0);
}
