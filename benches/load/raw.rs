//! The yardsticks: the same rows written, and the same rows read, by statements that were prepared once, on connections
//! with the settings of the service. Nothing is checked, hashed, put together or sent.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, Row, SqlitePool};
use uuid::Uuid;

use crate::rate::Worker;
use crate::register::State;

const REQUEST: &str = "INSERT INTO requests (id, party, reference, external_id, state, area, priority, title, lifecycle, \
    circulation, body, version, created_at, updated_at, package) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'draft', 'private', $9, 1, $10, $10, $11)";
const COMPONENTS: &str = "INSERT INTO components (id, request, position, reference, type, unit, quantity, committed, body) \
    VALUES ($1, $2, 0, $3, $4, $5, $6, 0, $7), ($8, $2, 1, $9, $4, $5, $6, 0, $7), ($10, $2, 2, $11, $4, $5, $6, 0, $7)";
const WORDS: &str = "INSERT INTO request_words (word, request) VALUES ($1, $10), ($2, $10), ($3, $10), ($4, $10), \
    ($5, $10), ($6, $10), ($7, $10), ($8, $10), ($9, $10)";
const AUDIT: &str = "INSERT INTO audit_rows (chain, number, at, person, credential, origin, request_id, action, \
    subject_kind, subject, before_hash, after_hash, reason, step, state_from, state_to, previous_hash, hash) \
    VALUES ($1, $2, $3, NULL, $4, 'api', $5, 'request.create', 'request', $6, NULL, $7, NULL, 'create', NULL, 'draft', \
    $7, $7)";
const HEAD: &str = "UPDATE audit_heads SET number = $2, hash = $3 WHERE chain = $1";
const KEY: &str = "INSERT INTO idempotency_keys (principal, route, key, body_hash, status, headers, response, created_at) \
    VALUES ($1, 'POST /api/v1/requests', $2, $3, 201, $4, $5, $6)";

const BEARER: &str = "SELECT c.*, p.disabled_at, q.id AS party_id, q.kind AS party_kind, q.code AS party_code, \
    q.sandbox AS party_sandbox, m.role AS member_role, m.status AS member_status FROM credentials c \
    LEFT JOIN people p ON p.id = c.person LEFT JOIN memberships m ON m.person = c.person \
    LEFT JOIN parties q ON q.id = COALESCE(m.party, c.party) WHERE c.secret_hash = $1 ORDER BY m.party";

/// A request with its components, as a state may see it; the engines make the list of components differently.
macro_rules! read {
    ($components:literal) => {
        concat!(
            "SELECT t.*, (SELECT ",
            $components,
            " FROM components c WHERE c.request = t.id AND c.retired_at IS NULL) AS components FROM requests t \
             WHERE (t.id = $1) AND ((t.circulation = 'public' AND t.party NOT IN (SELECT s.id FROM parties s \
             WHERE s.sandbox = 1)) OR (t.party IN ($2)) OR (t.circulation = 'named' AND t.party NOT IN (SELECT s.id \
             FROM parties s WHERE s.sandbox = 1) AND t.id IN (SELECT c.request FROM request_circulations c \
             WHERE ((c.party IN ($2))))) OR (t.package IN (SELECT m.package FROM package_members m \
             WHERE m.status = 'joined' AND ((m.party IN ($2)))) AND (SELECT o.status FROM package_members o \
             WHERE o.party = t.party AND o.package = t.package) = 'joined' \
             AND t.lifecycle IN ('endorsed', 'submitted', 'authenticated', 'circulated', 'in_round', 'partly_met') AND NOT \
             ((t.circulation = 'public' AND t.party NOT IN (SELECT s.id FROM parties s WHERE s.sandbox = 1)) OR \
             (t.circulation = 'named' AND t.party NOT IN (SELECT s.id FROM parties s WHERE s.sandbox = 1) AND t.id IN \
             (SELECT c.request FROM request_circulations c WHERE ((c.party IN ($2))))))))"
        )
    };
}
const READ_SQLITE: &str = read!(
    "json_group_array(json_object('id', lower(hex(c.id)), 'reference', c.reference, 'type', c.type, 'unit', c.unit, \
     'quantity', c.quantity, 'committed', c.committed, 'body', c.body) ORDER BY c.position)"
);
const READ_POSTGRES: &str = read!(
    "COALESCE(CAST(json_agg(json_build_object('id', c.id, 'reference', c.reference, 'type', c.type, 'unit', c.unit, \
     'quantity', c.quantity, 'committed', c.committed, 'body', c.body) ORDER BY c.position) AS TEXT), '[]')"
);

/// What the service wrote for one request, to be written again and again.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    title: String,
    body: String,
    component: String,
    headers: String,
    response: Vec<u8>,
}

/// Connections with the settings of the service.
#[derive(Debug, Clone)]
pub(crate) enum Pools {
    Sqlite { writer: SqlitePool, readers: SqlitePool },
    Postgres(PgPool),
}

impl Pools {
    /// Opens them as the store does.
    pub(crate) async fn open(url: &str) -> Result<Self> {
        if url.starts_with("sqlite") {
            let options = url.parse::<SqliteConnectOptions>()?.journal_mode(SqliteJournalMode::Wal);
            let options = options.synchronous(SqliteSynchronous::Full).foreign_keys(true);
            let options = options.busy_timeout(Duration::from_secs(10)).pragma("trusted_schema", "OFF");
            let writer = SqlitePoolOptions::new().max_connections(1).test_before_acquire(false);
            let readers = SqlitePoolOptions::new().max_connections(8).test_before_acquire(false);
            let writer = writer.connect_with(options.clone()).await?;
            return Ok(Self::Sqlite {
                writer,
                readers: readers.connect_with(options.pragma("query_only", "ON")).await?,
            });
        }
        let options = url.parse::<PgConnectOptions>()?.options([("synchronous_commit", "on")]);
        let pool = PgPoolOptions::new().max_connections(16).test_before_acquire(false);
        Ok(Self::Postgres(pool.connect_with(options).await?))
    }

    /// Reads what was written for a request.
    pub(crate) async fn pattern(&self, request: Uuid) -> Result<Pattern> {
        const TEXT: &str = "SELECT r.title, r.body, c.body AS component, k.headers, k.response FROM requests r \
            JOIN components c ON c.request = r.id CROSS JOIN idempotency_keys k WHERE r.id = $1 LIMIT 1";
        macro_rules! pattern {
            ($pool:expr) => {{
                let row =
                    sqlx::query(TEXT).bind(request).fetch_one($pool).await.context("no request to write again")?;
                Pattern {
                    title: row.try_get("title")?,
                    body: row.try_get("body")?,
                    component: row.try_get("component")?,
                    headers: row.try_get("headers")?,
                    response: row.try_get("response")?,
                }
            }};
        }
        Ok(match self {
            Self::Sqlite { readers, .. } => pattern!(readers),
            Self::Postgres(pool) => pattern!(pool),
        })
    }

    /// Makes the chain that a raw loop writes its audit rows to.
    pub(crate) async fn begin_chain(&self, chain: Uuid) -> Result<()> {
        const TEXT: &str = "INSERT INTO audit_heads (chain, number, hash) VALUES ($1, 0, '')";
        let made = match self {
            Self::Sqlite { writer, .. } => sqlx::query(TEXT).bind(chain).execute(writer).await?.rows_affected(),
            Self::Postgres(pool) => sqlx::query(TEXT).bind(chain).execute(pool).await?.rows_affected(),
        };
        ensure!(made == 1, "the chain was not made");
        Ok(())
    }

    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// Writes requests of a state.
pub(crate) struct RawWriter {
    pub(crate) pools: Pools,
    pub(crate) state: State,
    pub(crate) pattern: Arc<Pattern>,
    pub(crate) chain: Uuid,
    pub(crate) number: i64,
}

macro_rules! write_rows {
    ($transaction:expr, $writer:expr) => {{
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let mut transaction = $transaction;
        let RawWriter { state, pattern, chain, number, .. } = $writer;
        *number += 1;
        let party = state.party.uuid();
        let request = Uuid::now_v7();
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let reference = format!("R-raw{count}");
        let at = 1_790_000_000_000_000_i64;
        let hash = "0".repeat(64);
        let insert = sqlx::query(REQUEST).bind(request).bind(party).bind(&reference).bind(None::<String>);
        let insert = insert.bind(state.code).bind("record_keeping").bind(2_i64).bind(&pattern.title);
        insert.bind(&pattern.body).bind(at).bind(None::<String>).execute(&mut *transaction).await?;
        let insert = sqlx::query(COMPONENTS).bind(Uuid::now_v7()).bind(request).bind(format!("{reference}-1"));
        let insert = insert.bind("training").bind("seat").bind(24_i64).bind(&pattern.component);
        let insert = insert.bind(Uuid::now_v7()).bind(format!("{reference}-2"));
        let insert = insert.bind(Uuid::now_v7()).bind(format!("{reference}-3"));
        insert.execute(&mut *transaction).await?;
        let mut insert = sqlx::query(WORDS);
        for word in ["marking", "and", "registration", "of", "firearms", "in", "province", &reference, "r"] {
            insert = insert.bind(word.to_owned());
        }
        insert.bind(request).execute(&mut *transaction).await?;
        let insert = sqlx::query(AUDIT).bind(*chain).bind(*number).bind(at).bind(party).bind(request.to_string());
        insert.bind(request).bind(&hash).execute(&mut *transaction).await?;
        sqlx::query(HEAD).bind(*chain).bind(*number).bind(&hash).execute(&mut *transaction).await?;
        let insert = sqlx::query(KEY).bind(party).bind(format!("raw-{count}")).bind(&hash).bind(&pattern.headers);
        insert.bind(&pattern.response).bind(at).execute(&mut *transaction).await?;
        transaction.commit().await?;
    }};
}

impl Worker for RawWriter {
    async fn step(&mut self) -> Result<()> {
        match self.pools.clone() {
            Pools::Sqlite { writer, .. } => write_rows!(writer.begin_with("BEGIN IMMEDIATE").await?, self),
            Pools::Postgres(pool) => write_rows!(pool.begin().await?, self),
        }
        Ok(())
    }
}

/// Reads requests of a state.
pub(crate) struct RawReader {
    pub(crate) pools: Pools,
    pub(crate) state: State,
    pub(crate) requests: Arc<Vec<Uuid>>,
    pub(crate) next: usize,
}

macro_rules! read_rows {
    ($connection:expr, $reader:expr, $text:expr, $request:expr) => {{
        let mut connection = $connection;
        sqlx::query(BEARER).bind(&$reader.state.secret_hash[..]).fetch_all(&mut *connection).await?;
        let read = sqlx::query($text).bind($request).bind($reader.state.party.uuid());
        read.fetch_one(&mut *connection).await?;
    }};
}

impl Worker for RawReader {
    async fn step(&mut self) -> Result<()> {
        self.next += 1;
        let request = self.requests[self.next % self.requests.len()];
        match self.pools.clone() {
            Pools::Sqlite { readers, .. } => read_rows!(readers.acquire().await?, self, READ_SQLITE, request),
            Pools::Postgres(pool) => read_rows!(pool.acquire().await?, self, READ_POSTGRES, request),
        }
        Ok(())
    }
}
