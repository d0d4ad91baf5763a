//! Lists of a register of 1,000,000 requests and as many offers, on both engines: how long the first page and the 500th
//! take, half of the time and 99 times of 100, with every order and the usual filters, as a coordinator, a provider and a
//! state read them. Beside them stands the yardstick: as many bare rows by their keys.
//!
//! Runs for some minutes, most of which the rows take to come in. Look at a list whose 500th page takes longer than its
//! first, or whose 99th hundredth stands far from its middle: it has no index in its order.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use needmatch_store::register::{OfferFilter, RequestFilter};
use needmatch_store::words::{PartyKind, RequestLifecycle};
use needmatch_store::{Cursor, OFFER_ORDERS, Order, Page, REQUEST_ORDERS, Session, Store, Viewer};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection};
use uuid::Uuid;

const ROWS: u32 = 1_000_000;
const LIMIT: u32 = 50;
const PAGES: u32 = 500;
const TIMES: usize = 100;

/// States, each a party with requests of its own, and providers, each with offers of its own.
const STATES: u32 = 193;
const PROVIDERS: u32 = 40;

/// What differs between the engines: how the key of a number is written in a statement, and which it is.
struct Dialect {
    key: fn(&str) -> String,
    key_of: fn(u32) -> Uuid,
}

const SQLITE: Dialect = Dialect {
    key: |number| format!("CAST(printf('%016d', {number}) AS BLOB)"),
    key_of: |number| Uuid::from_bytes(format!("{number:016}").into_bytes().try_into().expect("sixteen digits")),
};
const POSTGRES: Dialect = Dialect {
    key: |number| format!("CAST(LPAD(CAST({number} AS TEXT), 32, '0') AS UUID)"),
    key_of: |number| Uuid::parse_str(&format!("{number:032}")).expect("digits are hexadecimal"),
};

fn counted(count: u32) -> String {
    format!(
        "WITH RECURSIVE counted(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM counted WHERE number < {count})"
    )
}

fn statements(dialect: &Dialect) -> [String; 5] {
    let key = (dialect.key)("number");
    let state = (dialect.key)(&format!("1 + number % {STATES}"));
    let provider = (dialect.key)(&format!("{STATES} + 1 + number % {PROVIDERS}"));
    let parties = counted(STATES + PROVIDERS);
    let rows = counted(ROWS);
    [
        format!(
            "{parties} INSERT INTO parties (id, kind, code, name, body, version, created_at, updated_at) \
             SELECT {key}, CASE WHEN number <= {STATES} THEN 'state' ELSE 'provider' END, \
             'P' || CAST(number AS TEXT), 'A', '{{}}', 1, 0, 0 FROM counted"
        ),
        format!(
            "{rows} INSERT INTO requests (id, party, reference, state, area, priority, title, lifecycle, circulation, \
             body, version, created_at, updated_at) SELECT {key}, {state}, 'R' || CAST(number AS TEXT), \
             'S' || CAST(1 + number % {STATES} AS TEXT), 'A' || CAST(number % 18 AS TEXT), 1 + number % 5, 'title', \
             CASE number % 10 WHEN 0 THEN 'draft' WHEN 1 THEN 'met' ELSE 'circulated' END, \
             CASE number % 7 WHEN 0 THEN 'private' WHEN 1 THEN 'public' ELSE 'providers' END, '{{}}', 1, 0, 0 FROM counted"
        ),
        format!(
            "{rows} INSERT INTO offers (id, party, reference, title, form, unit, quantity, committed, visibility, \
             lifecycle, body, version, created_at, updated_at, confirmed_at) SELECT {key}, {provider}, 'O' || CAST(number AS TEXT), \
             'title', 'money', 'EUR', 1 + number % 9973, 0, CASE number % 3 WHEN 0 THEN 'parties' ELSE 'public' END, \
             'available', '{{\"areas\":[],\"body\":{{}}}}', 1, 0, 0, 0 FROM counted"
        ),
        // A word that every other request has, and one that one in ten thousand has.
        format!(
            "{rows} INSERT INTO request_words (word, request) SELECT \
             CASE WHEN number % 10000 = 7 THEN 'seldom' WHEN number % 2 = 0 THEN 'depot' ELSE 'marking' END, {key} \
             FROM counted"
        ),
        "ANALYZE".to_owned(),
    ]
}

async fn fill(url: &str, dialect: &Dialect) -> Result<()> {
    if url.starts_with("sqlite") {
        let mut connection = SqliteConnection::connect(url).await?;
        for text in statements(dialect) {
            connection.execute(AssertSqlSafe(text)).await?;
        }
    } else {
        let mut connection = PgConnection::connect(url).await?;
        for text in statements(dialect) {
            connection.execute(AssertSqlSafe(text)).await?;
        }
    }
    Ok(())
}

/// The yardstick: a page's rows read by their keys, with nothing checked, ordered or put together.
async fn bare(url: &str) -> Result<Duration> {
    let text = format!("SELECT * FROM requests ORDER BY id DESC LIMIT {LIMIT}");
    let mut times = Vec::with_capacity(TIMES);
    let (mut sqlite, mut postgres) = (None, None);
    if url.starts_with("sqlite") {
        sqlite = Some(SqliteConnection::connect(url).await?);
    } else {
        postgres = Some(PgConnection::connect(url).await?);
    }
    for _ in 0..TIMES {
        let began = Instant::now();
        let rows = match (&mut sqlite, &mut postgres) {
            (Some(connection), _) => sqlx::query(AssertSqlSafe(text.clone())).fetch_all(connection).await?.len(),
            (_, Some(connection)) => sqlx::query(AssertSqlSafe(text.clone())).fetch_all(connection).await?.len(),
            _ => unreachable!("one of them was opened"),
        };
        ensure!(rows == LIMIT as usize, "the register holds fewer rows than a page");
        times.push(began.elapsed());
    }
    times.sort_unstable();
    Ok(times[TIMES / 2])
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

async fn measure(engine: &str, url: &str, dialect: &Dialect) -> Result<()> {
    let store = Store::open(url).await?;
    store.migrate().await?;
    store.close().await;
    let began = Instant::now();
    fill(url, dialect).await.with_context(|| format!("{engine} cannot be filled"))?;
    println!("{engine}: {ROWS} requests and {ROWS} offers in {:.0?}", began.elapsed());
    println!("{engine}, yardstick, {LIMIT} bare rows by their keys: {:.1?}", bare(url).await?);
    let store = Store::open(url).await?;
    let mut session = store.read().await?;
    let requests = [
        ("all", RequestFilter::default()),
        ("of a state", RequestFilter { state: Some("S1".to_owned()), ..RequestFilter::default() }),
        ("of an area", RequestFilter { area: Some("A1".to_owned()), ..RequestFilter::default() }),
        ("met", RequestFilter { lifecycles: vec![RequestLifecycle::Met], ..RequestFilter::default() }),
        ("a common word", RequestFilter { text: Some("depot".to_owned()), ..RequestFilter::default() }),
        ("a rare word", RequestFilter { text: Some("seld".to_owned()), ..RequestFilter::default() }),
    ];
    let requests = requests.map(|(what, filter)| (format!("requests, {what}"), List::Requests(filter), REQUEST_ORDERS));
    let offers = [("offers, all".to_owned(), List::Offers(OfferFilter::default()), OFFER_ORDERS)];
    let viewers = [
        ("coordinator", PartyKind::Coordinator, STATES + PROVIDERS + 1),
        ("provider", PartyKind::Provider, STATES + 1),
        ("state", PartyKind::State, 2),
    ];
    for (who, kind, number) in viewers {
        let viewer = Viewer::of([((dialect.key_of)(number).into(), kind)]);
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
    measure("SQLite", &format!("sqlite://{}", folder.path().join("lists.db").display()), &SQLITE).await?;
    let database = needmatch_test_postgres::database()?;
    measure("PostgreSQL", &database.url, &POSTGRES).await
}
