//! Lists of a register of 1,000,000 requests and as many offers, on both engines: how long the first page and the 500th
//! take, half of the time and 99 times of 100, with every order and the usual filters.
//!
//! Runs for some minutes, most of which the rows take to come in. Look at a list whose 500th page takes longer than its
//! first, or whose 99th hundredth stands far from its middle: it has no index in its order.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use needmatch_store::register::{OfferFilter, RequestFilter};
use needmatch_store::words::{PartyKind, RequestLifecycle};
use needmatch_store::{Cursor, OFFER_ORDERS, Order, Page, REQUEST_ORDERS, Session, Store, Viewer};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection};
use uuid::Uuid;

const ROWS: u32 = 1_000_000;
const LIMIT: u32 = 50;
const PAGES: u32 = 500;
const TIMES: usize = 100;

/// The party that owns every row, in the text of each engine.
const PARTY: Uuid = Uuid::from_u128(0xA);

/// What differs between the engines: how keys are written.
struct Dialect {
    key: &'static str,
    party: &'static str,
}

const SQLITE: Dialect =
    Dialect { key: "CAST(printf('%016d', number) AS BLOB)", party: "X'0000000000000000000000000000000A'" };
const POSTGRES: Dialect = Dialect {
    key: "CAST(LPAD(CAST(number AS TEXT), 32, '0') AS UUID)",
    party: "CAST('0000000000000000000000000000000a' AS UUID)",
};

fn statements(dialect: &Dialect) -> [String; 4] {
    let Dialect { key, party } = dialect;
    let numbers = format!(
        "WITH RECURSIVE counted(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM counted WHERE number < {ROWS})"
    );
    [
        format!(
            "INSERT INTO parties (id, kind, code, name, body, version, created_at, updated_at) \
             VALUES ({party}, 'state', 'AAA', 'A', '{{}}', 1, 0, 0)"
        ),
        format!(
            "{numbers} INSERT INTO requests (id, party, reference, state, area, priority, title, lifecycle, circulation, \
             body, version, created_at, updated_at) SELECT {key}, {party}, 'R' || CAST(number AS TEXT), \
             'S' || CAST(number % 19 AS TEXT), 'A' || CAST(number % 18 AS TEXT), 1 + number % 5, 'title', \
             CASE number % 10 WHEN 0 THEN 'draft' WHEN 1 THEN 'met' ELSE 'circulated' END, \
             CASE number % 7 WHEN 0 THEN 'private' WHEN 1 THEN 'public' ELSE 'providers' END, '{{}}', 1, 0, 0 FROM counted"
        ),
        format!(
            "{numbers} INSERT INTO offers (id, party, reference, title, form, unit, quantity, committed, visibility, \
             lifecycle, body, version, created_at, updated_at) SELECT {key}, {party}, 'O' || CAST(number AS TEXT), \
             'title', 'money', 'EUR', 1 + number % 9973, 0, CASE number % 3 WHEN 0 THEN 'parties' ELSE 'public' END, \
             'available', '{{\"areas\":[],\"body\":{{}}}}', 1, 0, 0 FROM counted"
        ),
        "ANALYZE".to_owned(),
    ]
}

async fn fill(url: &str) -> Result<()> {
    if url.starts_with("sqlite") {
        let mut connection = SqliteConnection::connect(url).await?;
        for text in statements(&SQLITE) {
            connection.execute(AssertSqlSafe(text)).await?;
        }
    } else {
        let mut connection = PgConnection::connect(url).await?;
        for text in statements(&POSTGRES) {
            connection.execute(AssertSqlSafe(text)).await?;
        }
    }
    Ok(())
}

/// The cursor behind a page, and how many rows it held.
async fn page(session: &mut Session, viewer: &Viewer, list: &List, page: &Page) -> Result<Option<Cursor>> {
    let last = match list {
        List::Requests(filter) => {
            let rows = session.requests(viewer, filter, page).await?;
            rows.last().map(|row| (row.key.uuid(), row.content.priority))
        }
        List::Offers(filter) => {
            let rows = session.offers(viewer, filter, page).await?;
            rows.last().map(|row| (row.key.uuid(), row.content.quantity))
        }
    };
    Ok(last.map(|(key, rank)| Cursor { key, rank: Some(rank) }))
}

#[derive(Debug)]
enum List {
    Requests(RequestFilter),
    Offers(OfferFilter),
}

async fn time(session: &mut Session, viewer: &Viewer, list: &List, wanted: &Page) -> Result<(Duration, Duration)> {
    let mut times = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let began = Instant::now();
        page(session, viewer, list, wanted).await?;
        times.push(began.elapsed());
    }
    times.sort_unstable();
    Ok((times[TIMES / 2], times[TIMES * 99 / 100]))
}

async fn measure(engine: &str, url: &str) -> Result<()> {
    let store = Store::open(url).await?;
    store.migrate().await?;
    store.close().await;
    let began = Instant::now();
    fill(url).await.with_context(|| format!("{engine} cannot be filled"))?;
    println!("{engine}: {ROWS} requests and {ROWS} offers in {:.0?}", began.elapsed());
    let store = Store::open(url).await?;
    let mut session = store.read().await?;
    let requests = [
        ("all", RequestFilter::default()),
        ("of a state", RequestFilter { state: Some("S1".to_owned()), ..RequestFilter::default() }),
        ("of an area", RequestFilter { area: Some("A1".to_owned()), ..RequestFilter::default() }),
        ("met", RequestFilter { lifecycles: vec![RequestLifecycle::Met], ..RequestFilter::default() }),
    ];
    let requests = requests.map(|(what, filter)| (format!("requests, {what}"), List::Requests(filter), REQUEST_ORDERS));
    let offers = [("offers, all".to_owned(), List::Offers(OfferFilter::default()), OFFER_ORDERS)];
    let viewers = [("coordinator", PartyKind::Coordinator), ("provider", PartyKind::Provider)];
    for (who, kind) in viewers {
        let viewer =
            Viewer::of([(if kind == PartyKind::Coordinator { PARTY } else { Uuid::from_u128(0xB) }.into(), kind)]);
        for (what, list, orders) in requests.iter().chain(&offers) {
            for order in orders.iter().copied() {
                tell(&mut session, &viewer, list, order, &format!("{engine}, {who}, {what}, {}", order.name())).await?;
            }
        }
    }
    drop(session);
    store.close().await;
    Ok(())
}

async fn tell(session: &mut Session, viewer: &Viewer, list: &List, order: Order, what: &str) -> Result<()> {
    let first = Page { order, after: None, limit: LIMIT };
    let (middle, slow) = time(session, viewer, list, &first).await?;
    let mut far = first;
    for _ in 1..PAGES {
        match page(session, viewer, list, &far).await? {
            Some(cursor) => far.after = Some(cursor),
            None => break,
        }
    }
    let (far_middle, far_slow) = time(session, viewer, list, &far).await?;
    println!("{what}: first {middle:.1?} {slow:.1?}, 500th {far_middle:.1?} {far_slow:.1?}");
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    println!("of each page: half of the time within, 99 times of 100 within");
    let folder = tempfile::tempdir()?;
    measure("SQLite", &format!("sqlite://{}", folder.path().join("lists.db").display())).await?;
    let database = needmatch_test_postgres::database()?;
    measure("PostgreSQL", &database.url).await
}
