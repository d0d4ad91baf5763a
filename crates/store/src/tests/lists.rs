//! Lists: stable pages in every order, and filters.

use std::collections::BTreeSet;

use needmatch_domain::scenario::{Form, Visibility};

use super::world::{World, commit, new_offer, new_request, offer, read, request};
use crate::keys::PartyKey;
use crate::register::{OfferFilter, Request, RequestContent, RequestFilter};
use crate::words::{Circulation, OfferLifecycle, PartyKind, RequestLifecycle};
use crate::{Cursor, Move, OFFER_ORDERS, Order, Page, REQUEST_ORDERS, Store, StoreError, Viewer};

async fn with_priority(store: &Store, party: PartyKey, reference: &str, priority: i64) -> Request {
    let mut new = new_request(party, reference);
    new.content.priority = priority;
    commit!(store, transaction => transaction.add_request(&new))
}

pub(super) async fn pages_neither_repeat_nor_skip_while_rows_come_in(store: &Store) {
    let world = World::of(store).await;
    let viewer = Viewer::of([(world.kenya, PartyKind::State)]);
    let mut old = BTreeSet::new();
    for number in 0..10 {
        let row = with_priority(store, world.kenya, &format!("K{number}"), 1 + number % 5).await;
        if number % 3 == 0 {
            commit!(store, transaction => transaction.circulate_request(row.key, 1, "circulate", Circulation::Public, &[], None));
        }
        old.insert(row.key);
    }
    for order in REQUEST_ORDERS.iter().copied() {
        let mut page = Page { order, after: None, limit: 3 };
        let mut seen: Vec<(i64, crate::keys::RequestKey)> = Vec::new();
        loop {
            let rows = read(store).await.requests(&viewer, &RequestFilter::default(), &page).await.unwrap();
            let Some(last) = rows.last() else { break };
            page.after = Some(Cursor { key: last.key.uuid(), rank: Some(last.content.priority) });
            seen.extend(rows.iter().map(|row| (row.content.priority, row.key)));
            if seen.len() < 9 {
                let priority = 1 + i64::try_from(seen.len()).unwrap() % 5;
                with_priority(store, world.kenya, &format!("{order:?}-{}", seen.len()), priority).await;
            }
        }
        let mut in_order = seen.clone();
        match order {
            Order::Newest => in_order.sort_by_key(|(_, key)| std::cmp::Reverse(*key)),
            Order::Oldest => in_order.sort_by_key(|(_, key)| *key),
            Order::Priority | Order::Quantity => in_order.sort_unstable(),
        }
        assert_eq!(seen, in_order, "{order:?}");
        let distinct: BTreeSet<_> = seen.iter().map(|(_, key)| *key).collect();
        assert_eq!(distinct.len(), seen.len(), "{order:?} repeats");
        assert!(old.is_subset(&distinct), "{order:?} skips");
        old.extend(distinct);
    }
}

pub(super) async fn offers_come_by_quantity_while_rows_come_in(store: &Store) {
    let world = World::of(store).await;
    let viewer = Viewer::of([(world.norway, PartyKind::Provider)]);
    let with_quantity = async |reference: String, quantity: i64| {
        let mut new = new_offer(world.norway, &reference);
        new.content.quantity = quantity;
        commit!(store, transaction => transaction.add_offer(&new)).key
    };
    let mut old = BTreeSet::new();
    for number in 0..10 {
        old.insert(with_quantity(format!("N{number}"), 1 + number % 4).await);
    }
    for order in OFFER_ORDERS.iter().copied() {
        let mut page = Page { order, after: None, limit: 3 };
        let mut seen = Vec::new();
        loop {
            let rows = read(store).await.offers(&viewer, &OfferFilter::default(), &page).await.unwrap();
            let Some(last) = rows.last() else { break };
            page.after = Some(Cursor { key: last.key.uuid(), rank: Some(last.content.quantity) });
            seen.extend(rows.iter().map(|row| (row.content.quantity, row.key)));
            if seen.len() < 9 {
                with_quantity(format!("{order:?}-{}", seen.len()), 2).await;
            }
        }
        let mut in_order = seen.clone();
        match order {
            Order::Newest => in_order.sort_by_key(|(_, key)| std::cmp::Reverse(*key)),
            Order::Oldest => in_order.sort_by_key(|(_, key)| *key),
            Order::Priority | Order::Quantity => in_order.sort_by(|left, right| right.cmp(left)),
        }
        assert_eq!(seen, in_order, "{order:?}");
        let distinct: BTreeSet<_> = seen.iter().map(|(_, key)| *key).collect();
        assert!(distinct.len() == seen.len() && old.is_subset(&distinct), "{order:?}");
        old.extend(distinct);
    }
}

pub(super) async fn a_page_of_another_order_is_refused(store: &Store) {
    let of = |order, rank| Page { order, after: Some(Cursor { key: uuid::Uuid::now_v7(), rank }), limit: 3 };
    for page in [of(Order::Priority, None), of(Order::Quantity, Some(1))] {
        let refused = read(store).await.requests(&Viewer::system(), &RequestFilter::default(), &page).await;
        assert!(matches!(refused, Err(StoreError::BadPage { .. })), "{refused:?}");
    }
    let refused =
        read(store).await.offers(&Viewer::system(), &OfferFilter::default(), &of(Order::Priority, Some(1))).await;
    assert!(matches!(refused, Err(StoreError::BadPage { .. })), "{refused:?}");
}

pub(super) async fn priority_comes_first_where_asked(store: &Store) {
    let world = World::of(store).await;
    for (reference, priority) in [("a", 3), ("b", 1), ("c", 3), ("d", 2)] {
        with_priority(store, world.kenya, reference, priority).await;
    }
    for (order, expected) in [(Order::Priority, "bdac"), (Order::Newest, "dcba"), (Order::Oldest, "abcd")] {
        for viewer in [Viewer::system(), Viewer::of([(world.kenya, PartyKind::State)])] {
            let page = Page { order, after: None, limit: 10 };
            let rows = read(store).await.requests(&viewer, &RequestFilter::default(), &page).await.unwrap();
            let names: String = rows.into_iter().map(|row| row.content.reference).collect();
            assert_eq!(names, expected, "{order:?}");
        }
    }
}

pub(super) async fn filters_narrow(store: &Store) {
    let world = World::of(store).await;
    let kenya = request(store, world.kenya, "K").await;
    let mut other = new_request(world.peru, "P");
    other.content =
        RequestContent { state: "PER".to_owned(), area: "tracing".to_owned(), priority: 1, ..other.content };
    commit!(store, transaction => transaction.add_request(&other));
    let submitted = vec![RequestLifecycle::Submitted];
    commit!(store, transaction => transaction.move_request(other.key, 1, Move::by("submit", RequestLifecycle::Submitted), None));
    for (filter, expected) in [
        (RequestFilter { state: Some("PER".to_owned()), ..Default::default() }, "P"),
        (RequestFilter { area: Some("marking".to_owned()), ..Default::default() }, "K"),
        (RequestFilter { party: Some(kenya.party), ..Default::default() }, "K"),
        (RequestFilter { priority: Some(1), ..Default::default() }, "P"),
        (RequestFilter { lifecycles: submitted, ..Default::default() }, "P"),
        (
            RequestFilter {
                // More often than either engine takes branches.
                lifecycles: [RequestLifecycle::Draft, RequestLifecycle::Submitted].repeat(400),
                ..Default::default()
            },
            "PK",
        ),
        (RequestFilter { state: Some("PER".to_owned()), priority: Some(3), ..Default::default() }, ""),
    ] {
        let rows = read(store).await.requests(&Viewer::system(), &filter, &Page::first(10)).await.unwrap();
        let names: String = rows.into_iter().map(|row| row.content.reference).collect();
        assert_eq!(names, expected, "{filter:?}");
    }

    offer(store, world.norway, "N", Visibility::Public).await;
    for (filter, expected) in [
        (OfferFilter { area: Some("marking".to_owned()), ..Default::default() }, 1),
        (OfferFilter { area: Some("tracing".to_owned()), ..Default::default() }, 0),
        (OfferFilter { form: Some(Form::InKind), ..Default::default() }, 0),
        (OfferFilter { lifecycles: vec![OfferLifecycle::Available], ..Default::default() }, 1),
        (OfferFilter { party: Some(world.japan), ..Default::default() }, 0),
    ] {
        assert_eq!(read(store).await.count_offers(&Viewer::public(), &filter).await.unwrap(), expected, "{filter:?}");
    }
}
