//! Lists: stable pages, filters, and that none of them walks a whole table.

use std::collections::BTreeSet;

use needmatch_domain::scenario::{Form, Visibility};

use super::world::{World, commit, new_request, offer, read, request};
use crate::dialect::explain;
use crate::engine::EngineKind;
use crate::keys::PartyKey;
use crate::page::{self, Listed};
use crate::register::{OfferFilter, Request, RequestContent, RequestFilter};
use crate::statement::{Condition, Statement};
use crate::viewer::{TenantTable, visible_to};
use crate::words::{Circulation, OfferLifecycle, RequestLifecycle};
use crate::{Cursor, Order, Page, Session, Store, Viewer};

fn cursor(row: &Request) -> Cursor {
    Cursor { key: row.key.uuid(), priority: Some(row.content.priority) }
}

async fn with_priority(store: &Store, party: PartyKey, reference: &str, priority: i64) -> Request {
    let mut new = new_request(party, reference);
    new.content.priority = priority;
    commit!(store, transaction => transaction.add_request(&new))
}

pub(super) async fn pages_neither_repeat_nor_skip_while_rows_come_in(store: &Store) {
    let world = World::of(store).await;
    let viewer = Viewer::of([(world.kenya, crate::words::PartyKind::State)]);
    let mut before = BTreeSet::new();
    for number in 0..10 {
        let row = with_priority(store, world.kenya, &format!("K{number}"), 1 + number % 5).await;
        if number % 3 == 0 {
            commit!(store, transaction => transaction.circulate_request(row.key, 1, Circulation::Public, &[], None));
        }
        before.insert(row.key);
    }
    for order in [Order::Newest, Order::Oldest, Order::Priority] {
        let mut page = Page { order, after: None, limit: 3 };
        let mut seen = Vec::new();
        loop {
            let rows = read(store).await.requests(&viewer, &RequestFilter::default(), &page).await.unwrap();
            let Some(last) = rows.last() else { break };
            page.after = Some(cursor(last));
            seen.extend(rows.iter().map(|row| row.key));
            if seen.len() < 9 {
                with_priority(
                    store,
                    world.kenya,
                    &format!("{order:?}-{}", seen.len()),
                    1 + i64::try_from(seen.len()).unwrap() % 5,
                )
                .await;
            }
        }
        let distinct: BTreeSet<_> = seen.iter().copied().collect();
        assert_eq!(distinct.len(), seen.len(), "{order:?} repeats");
        assert!(before.is_subset(&distinct), "{order:?} skips");
        before = distinct.union(&before).copied().collect();
    }
    let foreign =
        Page { order: Order::Priority, after: Some(Cursor { key: uuid::Uuid::now_v7(), priority: None }), limit: 3 };
    assert!(read(store).await.requests(&viewer, &RequestFilter::default(), &foreign).await.is_err());
}

pub(super) async fn priority_comes_first_where_asked(store: &Store) {
    let world = World::of(store).await;
    for (reference, priority) in [("a", 3), ("b", 1), ("c", 3), ("d", 2)] {
        with_priority(store, world.kenya, reference, priority).await;
    }
    for (order, expected) in [(Order::Priority, "bdac"), (Order::Newest, "dcba"), (Order::Oldest, "abcd")] {
        for viewer in [Viewer::system(), Viewer::of([(world.kenya, crate::words::PartyKind::State)])] {
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
    commit!(store, transaction => transaction.move_request(other.key, 1, RequestLifecycle::Submitted, None, None));
    for (filter, expected) in [
        (RequestFilter { state: Some("PER".to_owned()), ..Default::default() }, "P"),
        (RequestFilter { area: Some("marking".to_owned()), ..Default::default() }, "K"),
        (RequestFilter { party: Some(kenya.party), ..Default::default() }, "K"),
        (RequestFilter { priority: Some(1), ..Default::default() }, "P"),
        (RequestFilter { lifecycles: submitted, ..Default::default() }, "P"),
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

/// Rows that make an index worth while, put in at once. One in 250 is what filters ask for: an engine may rightly walk
/// in order past rows when every other one will do.
async fn fill(store: &Store, common: PartyKey, rare: PartyKey) {
    let mut transaction = super::world::begin(store).await;
    for _ in 0..10 {
        let mut insert = Statement::of(
            "INSERT INTO requests (id, party, reference, state, area, priority, title, lifecycle, circulation, body, version, \
             created_at, updated_at) VALUES ",
        );
        for number in 0..500_i64 {
            let key = uuid::Uuid::now_v7();
            let is_rare = number % 250 == 7;
            let lifecycle = if is_rare { RequestLifecycle::Met } else { RequestLifecycle::Circulated };
            insert.push(if number == 0 { "(" } else { ", (" });
            insert.value(key).push(", ").value(if is_rare { rare } else { common }).push(", ");
            insert.value(key.to_string()).push(", ");
            insert
                .value(if is_rare { "S1" } else { "S2" })
                .push(", ")
                .value(if is_rare { "A1" } else { "A2" })
                .push(", ");
            insert.value(if is_rare { 1 } else { 3 }).push(", 'title', ").value(lifecycle).push(", ");
            insert.value(Circulation::ALL[usize::try_from(number % 4).unwrap()]).push(", '{}', 1, 0, 0)");
        }
        transaction.execute(insert).await.unwrap();
    }
    transaction.commit().await.unwrap();
    let mut session = store.begin_unaudited().await.unwrap();
    session.execute(Statement::of("ANALYZE")).await.unwrap();
    session.commit().await.unwrap();
}

async fn plan_of(session: &mut Session, statement: Statement) -> Vec<String> {
    let (prefix, column) = explain::prefix(session.engine());
    let rows = session.fetch_all(statement.after_prefix(prefix)).await.unwrap();
    rows.iter().map(|row| row.get(column).unwrap()).collect()
}

/// PostgreSQL reads small tables whole whatever their indexes, so it is told to avoid that: a plan that still does has
/// no index to use.
async fn insist(session: &mut Session) {
    if session.engine() == EngineKind::Postgres {
        session.execute(Statement::of("SET LOCAL enable_seqscan = off")).await.unwrap();
    }
}

fn walks_a_table(line: &str) -> bool {
    // SQLite says `SCAN t` for a whole table and `SCAN t USING INDEX` for one in order, which stops at the page's end.
    let sqlite = line.contains("SCAN") && !line.contains("INDEX") && !line.contains("branch") && !line.contains("page");
    (sqlite && line.starts_with("SCAN")) || line.contains("Seq Scan")
}

pub(super) async fn every_list_reads_by_an_index(store: &Store) {
    let world = World::of(store).await;
    fill(store, world.kenya, world.peru).await;
    let requests = Listed { table: "requests", has_priority: true };
    let text = |text: &str| Some(text.to_owned());
    let filters = [
        (RequestFilter::default(), ""),
        (RequestFilter { state: text("S1"), ..Default::default() }, "requests_state"),
        (RequestFilter { area: text("A1"), ..Default::default() }, "requests_area"),
        (RequestFilter { priority: Some(1), ..Default::default() }, "requests_priority"),
        (RequestFilter { party: Some(world.peru), ..Default::default() }, "requests_party"),
        (RequestFilter { lifecycles: vec![RequestLifecycle::Met], ..Default::default() }, "requests_lifecycle"),
    ];
    let mut session = store.begin_unaudited().await.unwrap();
    insist(&mut session).await;
    for (who, viewer) in world.viewers() {
        for (filter, index) in &filters {
            for order in [Order::Newest, Order::Oldest, Order::Priority] {
                let page = Page { order, after: None, limit: 50 };
                let branches = visible_to(&viewer, TenantTable::Requests);
                let select = page::select(&requests, &branches, &filter.conditions(), &page).unwrap();
                let plan = plan_of(&mut session, select).await;
                let walks = plan.iter().any(|line| walks_a_table(line));
                assert!(!walks, "{who}, {filter:?}, {order:?}:\n{}", plan.join("\n"));
                // Whoever sees everything has nothing but the filter to find rows by.
                let served =
                    who != "coordinator" || order == Order::Priority || plan.iter().any(|line| line.contains(index));
                assert!(served, "{filter:?} is not served by {index}:\n{}", plan.join("\n"));
            }
        }
    }
    let listed = Listed { table: "offers", has_priority: false };
    let area =
        Condition::of("t.id IN (SELECT a.offer FROM offer_areas a WHERE a.area IN ").list(["marking", "*"]).text(")");
    for (who, viewer) in world.viewers() {
        let branches = visible_to(&viewer, TenantTable::Offers);
        let select = page::select(&listed, &branches, std::slice::from_ref(&area), &Page::first(50)).unwrap();
        let plan = plan_of(&mut session, select).await;
        assert!(!plan.iter().any(|line| walks_a_table(line)), "{who}:\n{}", plan.join("\n"));
    }
    assert!(walks_a_table("SCAN t") && walks_a_table("  ->  Seq Scan on requests t"));
}
