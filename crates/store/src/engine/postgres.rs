//! PostgreSQL: one pool, shared by any number of processes.

use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection, PgPool, Postgres, Transaction};

use super::Engine;
use crate::error::StoreError;

/// 14 is the oldest release whose `EXTRACT` answers exactly.
const LEAST_VERSION: i64 = 140_000;
const CONNECTIONS: u32 = 16;
/// How long a connection lies idle before it is tested when taken.
const TESTED_AFTER: Duration = Duration::from_secs(30);
/// How long a caller waits for a connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(15);
/// Longest time of one statement: less than the patience with a request as shipped, so that none goes on for nobody.
const STATEMENT_TIMEOUT: &str = "50s";
/// Texts of statements that each connection keeps prepared: every list has some for each filter, order and viewer.
const PREPARED: usize = 1_000;

/// The connections.
#[derive(Debug, Clone)]
pub(crate) struct Pool {
    pool: PgPool,
    /// When a connection last turned out to have died while it lay in the pool.
    found_dead: Arc<Mutex<Option<Instant>>>,
}

pub(super) async fn open(url: &str) -> Result<Engine, StoreError> {
    let options = PgConnectOptions::from_str(url)
        .map_err(|error| StoreError::Unusable(format!("the address of the PostgreSQL server cannot be read: {error}")))?
        .application_name("needmatch")
        .statement_cache_capacity(PREPARED)
        .options([
            ("idle_in_transaction_session_timeout", "30s"),
            ("lock_timeout", "10s"),
            ("statement_timeout", STATEMENT_TIMEOUT),
            ("synchronous_commit", "on"),
        ]);
    let found_dead: Arc<Mutex<Option<Instant>>> = Arc::default();
    let found = Arc::clone(&found_dead);
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        // A connection in use a moment ago hardly died since, and most reads take less time than asking first would. Once
        // one did, those that lay beside it are asked.
        .test_before_acquire(false)
        .before_acquire(move |connection, meta| {
            let died = *found.lock().unwrap_or_else(PoisonError::into_inner);
            let is_doubtful = meta.idle_for >= TESTED_AFTER || died.is_some_and(|died| died.elapsed() <= meta.idle_for);
            Box::pin(async move {
                if is_doubtful {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_with(options)
        .await?;
    check(&pool).await?;
    Ok(Engine::Postgres { pool: Pool { pool, found_dead } })
}

impl Pool {
    /// The connections as sqlx knows them.
    pub(crate) fn inner(&self) -> &PgPool {
        &self.pool
    }

    /// A connection that may have died in the pool.
    pub(super) async fn acquire(&self) -> Result<PoolConnection<Postgres>, StoreError> {
        Ok(self.pool.acquire().await?)
    }

    /// A connection in place of one that had died in the pool.
    pub(super) async fn acquire_another(&self) -> Result<PoolConnection<Postgres>, StoreError> {
        self.doubt_others();
        self.acquire().await
    }

    /// Has connections tested that lay in the pool beside one that died there.
    fn doubt_others(&self) {
        *self.found_dead.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// A transaction; nothing was done yet on a connection that had died in the pool, so another one is taken.
    pub(super) async fn begin(&self) -> Result<Transaction<'static, Postgres>, StoreError> {
        match self.try_to_begin().await {
            Err(StoreError::Unavailable(_)) => {
                self.doubt_others();
                self.try_to_begin().await
            }
            begun => begun,
        }
    }

    /// In a task of its own: a caller who goes away in the middle would leave the connection inside a transaction that
    /// nobody knows of, and whoever takes it next would be in it.
    async fn try_to_begin(&self) -> Result<Transaction<'static, Postgres>, StoreError> {
        let pool = self.pool.clone();
        let begun = tokio::spawn(async move { pool.begin().await }).await;
        Ok(begun.map_err(|_| StoreError::Unavailable(sqlx::Error::WorkerCrashed))??)
    }

    /// A pool of one connection, on which statements and locks take as long as they take, for migrations.
    pub(crate) async fn unhurried(&self) -> Result<PgPool, StoreError> {
        let options = self.pool.connect_options();
        let options = (*options).clone().options([("statement_timeout", "0"), ("lock_timeout", "0")]);
        Ok(PgPoolOptions::new().max_connections(1).connect_with(options).await?)
    }
}

async fn check(pool: &PgPool) -> Result<(), StoreError> {
    let version: String = sqlx::query_scalar("SELECT current_setting('server_version_num')").fetch_one(pool).await?;
    let encoding: String = sqlx::query_scalar("SELECT current_setting('server_encoding')").fetch_one(pool).await?;
    if version.parse::<i64>().is_ok_and(|number| number >= LEAST_VERSION) && encoding == "UTF8" {
        return Ok(());
    }
    Err(StoreError::Unusable(format!(
        "PostgreSQL {version} with encoding {encoding}: version 14 or later with a database in UTF8 is needed"
    )))
}
