//! PostgreSQL: one pool, shared by any number of processes.

use std::str::FromStr;
use std::time::Duration;

use sqlx::Executor;
use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use super::Engine;
use crate::error::StoreError;

/// 14 is the oldest release whose `EXTRACT` answers exactly.
const LEAST_VERSION: i64 = 140_000;
const CONNECTIONS: u32 = 16;
/// How long a connection lies idle before it is tested when taken.
const TESTED_AFTER: Duration = Duration::from_secs(1);
/// Begins a transaction that writes, in one exchange. It first ends one that was left open when the caller of `begin` went
/// away in the middle of it: what is written would join that one.
pub(super) const BEGIN: &str = "ROLLBACK; BEGIN";
/// How long a caller waits for a connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(15);

pub(super) async fn open(url: &str) -> Result<Engine, StoreError> {
    // Warnings are not sent: a ROLLBACK outside of a transaction causes one.
    let options = PgConnectOptions::from_str(url)
        .map_err(|error| StoreError::Unusable(format!("the address of the PostgreSQL server cannot be read: {error}")))?
        .application_name("needmatch")
        .options([
            ("client_min_messages", "error"),
            ("idle_in_transaction_session_timeout", "30s"),
            ("lock_timeout", "10s"),
            ("statement_timeout", "120s"),
            ("synchronous_commit", "on"),
        ]);
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        // The ROLLBACK tests a connection that lay idle for a while: one in use a moment ago hardly died since, and most
        // reads take less time than asking first would.
        .test_before_acquire(false)
        .before_acquire(|connection, meta| {
            Box::pin(async move {
                if meta.idle_for >= TESTED_AFTER {
                    connection.execute("ROLLBACK").await?;
                }
                Ok(true)
            })
        })
        .connect_with(options)
        .await?;
    check(&pool).await?;
    Ok(Engine::Postgres { pool })
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
