//! The two engines behind one face. Statements are written once (see [`crate::statement`]); what really differs stands
//! in [`crate::dialect`], one file a piece. Nothing outside this folder and that one knows which engine runs.

mod connection;
pub(crate) mod postgres;
mod row;
pub(crate) mod sqlite;

pub(crate) use connection::Connection;
pub(crate) use row::{Row, from_json};

use sqlx::SqlitePool;

use crate::error::StoreError;

/// Which engine, for the dialect pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EngineKind {
    Sqlite,
    Postgres,
}

/// The pools.
#[derive(Debug, Clone)]
pub(crate) enum Engine {
    /// One connection that writes, several that read.
    Sqlite { writer: SqlitePool, readers: SqlitePool },
    /// One pool for both.
    Postgres { pool: postgres::Pool },
}

impl Engine {
    /// Opens what the address names.
    pub(crate) async fn open(url: &str) -> Result<Self, StoreError> {
        match url.split_once(':').map(|(scheme, _)| scheme) {
            Some("sqlite") => sqlite::open(url).await,
            Some("postgres" | "postgresql") => postgres::open(url).await,
            _ => Err(StoreError::Unusable(
                "the database's address begins with sqlite:// or postgres://, such as sqlite://needmatch.db".to_owned(),
            )),
        }
    }

    pub(crate) fn kind(&self) -> EngineKind {
        match self {
            Self::Sqlite { .. } => EngineKind::Sqlite,
            Self::Postgres { .. } => EngineKind::Postgres,
        }
    }

    /// A connection that reads, each statement on its own.
    pub(crate) async fn read(&self) -> Result<Connection, StoreError> {
        Ok(match self {
            Self::Sqlite { readers, .. } => Connection::Sqlite(readers.acquire().await?),
            Self::Postgres { pool } => {
                Connection::Postgres { connection: pool.acquire().await?, untried: Some(pool.clone()) }
            }
        })
    }

    /// A transaction that writes. On SQLite it holds the write lock from the start: a transaction that began by reading
    /// would be refused at its first write, at once, whenever another had written meanwhile.
    pub(crate) async fn begin(&self) -> Result<Connection, StoreError> {
        Ok(match self {
            Self::Sqlite { writer, .. } => Connection::SqliteTransaction(writer.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres { pool } => Connection::PostgresTransaction(pool.begin().await?),
        })
    }

    /// Waits until every connection is closed.
    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres { pool } => pool.inner().close().await,
        }
    }
}
