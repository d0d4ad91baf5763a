//! SQLite, embedded: one file, one writer, several readers.

use std::str::FromStr;
use std::time::Duration;

use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::Engine;
use crate::error::StoreError;

/// Earlier releases can lose a transaction when the write-ahead log is reset.
const LEAST_VERSION: (u32, u32, u32) = (3, 51, 3);
/// How long a writer waits for another process (a backup, the command line) to let go.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a caller waits for its turn at the one writer, or for a reader.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(15);
const READERS: u32 = 8;

pub(super) async fn open(url: &str) -> Result<Engine, StoreError> {
    let options = SqliteConnectOptions::from_str(url)
        .map_err(|error| StoreError::Unusable(format!("{url:?} is no address of a SQLite database: {error}")))?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .statement_cache_capacity(200)
        // Keeps the statistics by which a list is served from its narrowest index.
        .optimize_on_close(true, None)
        .pragma("trusted_schema", "OFF");
    if options.get_filename().as_os_str().is_empty() || url.contains(":memory:") || url.contains("mode=memory") {
        return Err(StoreError::Unusable(
            "a SQLite database in memory cannot be shared by writer and readers: name a file".to_owned(),
        ));
    }
    // The writer comes first: it makes the file and its log, which readers need to be there.
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_with(options.clone())
        .await?;
    check(&writer).await?;
    let readers = SqlitePoolOptions::new()
        .max_connections(READERS)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .test_before_acquire(false)
        .connect_with(options.create_if_missing(false).optimize_on_close(false, None).pragma("query_only", "ON"))
        .await?;
    Ok(Engine::Sqlite { writer, readers })
}

/// Settings that decide whether an acknowledged write lasts are read back: a build or file that ignores them is refused.
async fn check(writer: &SqlitePool) -> Result<(), StoreError> {
    let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(writer).await?;
    if parse(&version).is_none_or(|found| found < LEAST_VERSION) {
        let (major, minor, patch) = LEAST_VERSION;
        return Err(StoreError::Unusable(format!(
            "SQLite {version} is built in, but versions before {major}.{minor}.{patch} can lose writes: build with a newer one"
        )));
    }
    let journal: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(writer).await?;
    let synchronous: i64 = sqlx::query_scalar("PRAGMA synchronous").fetch_one(writer).await?;
    let foreign_keys: i64 = sqlx::query_scalar("PRAGMA foreign_keys").fetch_one(writer).await?;
    if journal != "wal" || synchronous < 2 || foreign_keys != 1 {
        return Err(StoreError::Unusable(format!(
            "SQLite would run with journal_mode {journal}, synchronous {synchronous} and foreign_keys {foreign_keys}; \
             wal, 2 and 1 are needed. Put the file on a local disk"
        )));
    }
    Ok(())
}

fn parse(version: &str) -> Option<(u32, u32, u32)> {
    let mut parts = version.split('.').map(|part| part.parse().ok());
    Some((parts.next()??, parts.next()??, parts.next()??))
}

#[cfg(test)]
mod tests {
    use super::{LEAST_VERSION, parse};

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(parse("3.51.3").unwrap() >= LEAST_VERSION);
        assert!(parse("3.100.0").unwrap() > LEAST_VERSION);
        assert!(parse("3.50.12").unwrap() < LEAST_VERSION);
        assert_eq!(parse("3.51"), None);
    }
}
