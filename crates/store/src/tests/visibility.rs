//! Who sees what.

use std::collections::BTreeSet;

use needmatch_domain::scenario::Visibility;

use super::solved;
use super::world::{
    World, begin, commit, frozen_round, key, new_request, offer, offer_content, read, request, run_of, scenario,
};
use crate::keys::{OfferKey, PartyKey};
use crate::register::{NewOffer, OfferFilter, Request, RequestFilter};
use crate::statement::Statement;
use crate::words::{Circulation, OfferLifecycle};
use crate::{Move, Order, Page, Store, StoreError, Viewer};

async fn circulate(store: &Store, request: &Request, circulation: Circulation, named: &[PartyKey]) {
    let reason = Some("consent of 3 May");
    commit!(store, transaction => transaction.circulate_request(request.key, 1, "circulate", circulation, named, reason));
}

pub(super) async fn seen_requests(store: &Store, viewer: &Viewer) -> BTreeSet<String> {
    let mut session = read(store).await;
    let mut seen = None;
    for order in [Order::Newest, Order::Oldest, Order::Priority] {
        let page = Page { order, after: None, limit: 100 };
        let listed = session.requests(viewer, &RequestFilter::default(), &page).await.unwrap();
        let names: BTreeSet<String> = listed.iter().map(|row| row.content.reference.clone()).collect();
        assert_eq!(names.len(), listed.len(), "no row twice");
        assert_eq!(*seen.get_or_insert_with(|| names.clone()), names, "{order:?}");
    }
    let seen = seen.unwrap();
    let counted = session.count_requests(viewer, &RequestFilter::default()).await.unwrap();
    assert_eq!(usize::try_from(counted), Ok(seen.len()));
    seen
}

pub(super) fn names(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

pub(super) async fn requests_are_seen_as_far_as_the_state_let_them(store: &Store) {
    let world = World::of(store).await;
    let mut rows = Vec::new();
    for (reference, circulation, named) in [
        ("private", Circulation::Private, vec![]),
        ("named", Circulation::Named, vec![world.norway, world.peru]),
        ("providers", Circulation::Providers, vec![]),
        ("public", Circulation::Public, vec![]),
    ] {
        let row = request(store, world.kenya, reference).await;
        circulate(store, &row, circulation, &named).await;
        rows.push(row);
    }
    for (who, viewer) in world.viewers() {
        let expected = match who {
            "kenya" | "coordinator" => names(&["private", "named", "providers", "public"]),
            "norway" => names(&["named", "providers", "public"]),
            "japan" => names(&["providers", "public"]),
            "peru" => names(&["named", "public"]),
            _ => names(&["public"]),
        };
        assert_eq!(seen_requests(store, &viewer).await, expected, "{who}");
        for row in &rows {
            let found = read(store).await.request(&viewer, row.key).await;
            assert_eq!(found.is_ok(), expected.contains(&row.content.reference), "{who}, {}", row.content.reference);
            if let Err(error) = found {
                assert!(matches!(error, StoreError::NotFound { .. }), "{error:?}");
            }
        }
    }
    // Consent taken back: the names go with it.
    let named = &rows[1];
    commit!(store, transaction => transaction.circulate_request(named.key, 2, "circulate", Circulation::Private, &[world.norway], None));
    assert!(read(store).await.request(&world.viewers()[2].1, named.key).await.is_err());
    assert!(read(store).await.circulated_to(&[named.key]).await.unwrap().is_empty());
}

pub(super) async fn offers_are_seen_as_far_as_the_provider_let_them(store: &Store) {
    let world = World::of(store).await;
    for (reference, visibility) in
        [("hidden", Visibility::Confidential), ("parties", Visibility::Parties), ("open", Visibility::Public)]
    {
        offer(store, world.norway, reference, visibility).await;
    }
    let draft =
        NewOffer { key: key::<OfferKey>(), party: world.norway, content: offer_content("draft", Visibility::Public) };
    commit!(store, transaction => transaction.add_offer(&draft));
    for (who, viewer) in world.viewers() {
        let expected = match who {
            "norway" | "coordinator" => names(&["hidden", "parties", "open", "draft"]),
            "kenya" | "peru" | "japan" => names(&["parties", "open"]),
            _ => names(&["open"]),
        };
        let mut session = read(store).await;
        let listed = session.offers(&viewer, &OfferFilter::default(), &Page::first(10)).await.unwrap();
        let seen: BTreeSet<String> = listed.into_iter().map(|row| row.content.reference).collect();
        assert_eq!(seen, expected, "{who}");
        let counted = session.count_offers(&viewer, &OfferFilter::default()).await.unwrap();
        assert_eq!(usize::try_from(counted), Ok(expected.len()), "{who}");
        assert_eq!(session.offer(&viewer, draft.key).await.is_ok(), expected.contains("draft"), "{who}");
        let by_name = session.offer_by_reference(&viewer, "hidden").await.unwrap();
        assert_eq!(by_name.is_some(), expected.contains("hidden"), "{who}");
    }
}

async fn seen_offers(store: &Store, viewer: &Viewer) -> BTreeSet<String> {
    let listed = read(store).await.offers(viewer, &OfferFilter::default(), &Page::first(10)).await.unwrap();
    listed.into_iter().map(|row| row.content.reference).collect()
}

/// Offers for everybody that ended: as drafts, waiting to be confirmed, and confirmed.
async fn ended_offers(store: &Store, world: &World) {
    use OfferLifecycle::{Available, Expired, Submitted, Withdrawn};
    for (reference, steps) in [
        ("draft withdrawn", [Withdrawn].as_slice()),
        ("draft expired", &[Expired]),
        ("submitted withdrawn", &[Submitted, Withdrawn]),
        ("submitted expired", &[Submitted, Expired]),
        ("withdrawn", &[Submitted, Available, Withdrawn]),
        ("expired", &[Submitted, Available, Expired]),
    ] {
        let content = offer_content(reference, Visibility::Public);
        let new = NewOffer { key: key::<OfferKey>(), party: world.norway, content };
        let mut row = commit!(store, transaction => transaction.add_offer(&new));
        for to in steps {
            row = commit!(store, transaction => transaction.move_offer(row.key, row.version, Move::by("step", *to)));
        }
    }
}

pub(super) async fn what_was_never_confirmed_stays_hidden_when_it_ends(store: &Store) {
    let world = World::of(store).await;
    ended_offers(store, &world).await;
    let confirmed = names(&["withdrawn", "expired"]);
    for (who, viewer) in world.viewers() {
        let seen = seen_offers(store, &viewer).await;
        let sees_all = ["norway", "coordinator"].contains(&who);
        assert_eq!(seen.len(), if sees_all { 6 } else { 2 }, "{who}: {seen:?}");
        assert!(confirmed.is_subset(&seen), "{who}: {seen:?}");
    }
}

/// The migration that first keeps when offers were confirmed, on offers of before.
pub(super) async fn earlier_offers_are_taken_for_confirmed_as_far_as_is_known(store: &Store) {
    let world = World::of(store).await;
    ended_offers(store, &world).await;
    offer(store, world.norway, "available", Visibility::Public).await;
    let text = include_str!("../../../../migrations/sqlite/0026_confirmed.sql");
    let fill = text.split(';').find(|statement| statement.contains("UPDATE offers")).unwrap();
    assert!(include_str!("../../../../migrations/postgres/0026_confirmed.sql").contains(fill));
    let mut session = store.begin_unaudited().await.unwrap();
    session.execute(Statement::of("UPDATE offers SET confirmed_at = NULL")).await.unwrap();
    session.commit().await.unwrap();
    assert_eq!(seen_offers(store, &Viewer::public()).await, names(&[]));
    let mut session = store.begin_unaudited().await.unwrap();
    session.execute(Statement::of(fill)).await.unwrap();
    session.commit().await.unwrap();
    assert_eq!(seen_offers(store, &Viewer::public()).await, names(&["withdrawn", "expired", "available"]));
}

pub(super) async fn what_is_promised_is_told_to_owners_alone(store: &Store) {
    let world = World::of(store).await;
    let row = request(store, world.kenya, "KEN-1").await;
    circulate(store, &row, Circulation::Public, &[]).await;
    let given = offer(store, world.norway, "NOR-1", Visibility::Public).await;
    for (who, viewer) in world.viewers() {
        let mut session = read(store).await;
        let mut requests = session.requests(&viewer, &RequestFilter::default(), &Page::first(1)).await.unwrap();
        requests.push(session.request(&viewer, row.key).await.unwrap());
        let mut offers = session.offers(&viewer, &OfferFilter::default(), &Page::first(1)).await.unwrap();
        offers.push(session.offer(&viewer, given.key).await.unwrap());
        let (asks, gives) = (["kenya", "coordinator"].contains(&who), ["norway", "coordinator"].contains(&who));
        let mut components = requests.iter().flat_map(|request| &request.components);
        assert!(components.all(|component| component.committed == asks.then_some(0)), "{who}");
        assert!(offers.iter().all(|offer| offer.committed == gives.then_some(0)), "{who}");
    }
}

pub(super) async fn what_one_party_hides_changes_nothing_for_another(store: &Store) {
    let world = World::of(store).await;
    offer(store, world.norway, "open", Visibility::Public).await;
    let seen = async || {
        let mut session = read(store).await;
        let mut all = Vec::new();
        for (_, viewer) in world.viewers().into_iter().filter(|(who, _)| !["norway", "coordinator"].contains(who)) {
            all.push((
                session.offers(&viewer, &OfferFilter::default(), &Page::first(1)).await.unwrap(),
                session.count_offers(&viewer, &OfferFilter::default()).await.unwrap(),
                session.requests(&viewer, &RequestFilter::default(), &Page::first(1)).await.unwrap(),
            ));
        }
        all
    };
    let before = seen().await;
    offer(store, world.norway, "hidden", Visibility::Confidential).await;
    assert_eq!(seen().await, before);
}

pub(super) async fn matches_are_seen_by_their_sides(store: &Store) {
    let world = World::of(store).await;
    let new = new_request(world.kenya, "KEN-1");
    commit!(store, transaction => transaction.add_request(&new));
    offer(store, world.norway, "NOR-1", Visibility::Confidential).await;
    let round = frozen_round(store, world.coordinator).await;
    let scenario = scenario(store, round.key, "plain").await;
    let problem = solved::problem("KEN-1/1", "NOR-1");
    let run = run_of(store, scenario.key, &solved::bytes(&problem)).await;
    let (claim, _) =
        store.claim_run("worker", std::time::Duration::from_mins(1), super::world::at(0)).await.unwrap().unwrap();
    commit!(store, transaction => transaction.complete_run(claim, &solved::verified(problem)));

    let who_sees = async || {
        let mut seen = Vec::new();
        for (who, viewer) in world.viewers() {
            let mut session = read(store).await;
            let rows = session.plan_rows(&viewer, run.key, None, 10).await.unwrap();
            assert_eq!(
                session.run(&viewer, run.key).await.is_ok(),
                session.scenario(&viewer, scenario.key).await.is_ok()
            );
            if !rows.is_empty() {
                seen.push(who);
            }
        }
        seen
    };
    assert_eq!(who_sees().await, ["coordinator"], "before publication");
    let hidden = begin(store).await.run(&world.viewers()[0].1, run.key).await;
    assert!(matches!(hidden, Err(StoreError::NotFound { .. })));
    commit!(store, transaction => transaction.publish_round(round.key, round.version, run.key));
    assert_eq!(who_sees().await, ["kenya", "norway", "coordinator"], "after publication");
    assert!(read(store).await.run(&Viewer::public(), run.key).await.is_ok());
}
