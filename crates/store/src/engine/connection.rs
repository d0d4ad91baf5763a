//! Executes statements on whichever engine: the two thin executors.

use futures_util::TryStreamExt;
use sqlx::pool::PoolConnection;
use sqlx::{PgConnection, Postgres, Sqlite, SqliteConnection, Transaction};

use super::postgres::Pool;
use super::{EngineKind, Row};
use crate::error::StoreError;
use crate::statement::{Argument, Statement};

/// A connection, in a transaction or not. A transaction that is dropped is rolled back.
pub(crate) enum Connection {
    Sqlite(PoolConnection<Sqlite>),
    SqliteTransaction(Transaction<'static, Sqlite>),
    Postgres {
        connection: PoolConnection<Postgres>,
        /// Where to take another one, as long as nothing was done with this one.
        untried: Option<Pool>,
    },
    PostgresTransaction(Transaction<'static, Postgres>),
}

/// The connection by engine.
enum Side<'c> {
    Sqlite(&'c mut SqliteConnection),
    Postgres(&'c mut PgConnection),
}

/// Puts the arguments behind the text, for the database named.
macro_rules! prepare {
    ($database:ty, $statement:expr) => {{
        let (text, arguments, is_kept) = $statement.into_parts();
        // SQLite would keep it, and whoever moves the register to PostgreSQL could not.
        if arguments.iter().any(Argument::has_zero) {
            return Err(StoreError::NotKept);
        }
        let mut query = sqlx::query::<$database>(text).persistent(is_kept);
        for argument in arguments {
            query = match argument {
                Argument::Text(value) => query.bind(value),
                Argument::Integer(value) => query.bind(value),
                Argument::Uuid(value) => query.bind(value),
                Argument::Bytes(value) => query.bind(value),
            };
        }
        query
    }};
}

impl Connection {
    pub(crate) fn kind(&self) -> EngineKind {
        match self {
            Self::Sqlite(_) | Self::SqliteTransaction(_) => EngineKind::Sqlite,
            Self::Postgres { .. } | Self::PostgresTransaction(_) => EngineKind::Postgres,
        }
    }

    fn side(&mut self) -> Side<'_> {
        match self {
            Self::Sqlite(connection) => Side::Sqlite(connection),
            Self::SqliteTransaction(transaction) => Side::Sqlite(transaction),
            Self::Postgres { connection, .. } => Side::Postgres(connection),
            Self::PostgresTransaction(transaction) => Side::Postgres(transaction),
        }
    }

    /// Where to take another connection, if nothing was done yet with this one, which may have died in the pool. From now on
    /// something was.
    fn take_untried(&mut self) -> Option<Pool> {
        match self {
            Self::Postgres { untried, .. } => untried.take(),
            _ => None,
        }
    }

    /// Executes and answers how many rows were changed.
    pub(crate) async fn execute(&mut self, statement: Statement) -> Result<u64, StoreError> {
        drop(self.take_untried());
        Ok(match self.side() {
            Side::Sqlite(connection) => prepare!(Sqlite, statement).execute(connection).await?.rows_affected(),
            Side::Postgres(connection) => prepare!(Postgres, statement).execute(connection).await?.rows_affected(),
        })
    }

    /// The first row, if any.
    pub(crate) async fn fetch_optional(&mut self, statement: Statement) -> Result<Option<Row>, StoreError> {
        let once_more = self.take_untried().map(|pool| (pool, statement.clone()));
        match (self.try_optional(statement).await, once_more) {
            (Err(StoreError::Unavailable(_)), Some((pool, statement))) => {
                *self = Self::Postgres { connection: pool.acquire_another().await?, untried: None };
                self.try_optional(statement).await
            }
            (found, _) => found,
        }
    }

    async fn try_optional(&mut self, statement: Statement) -> Result<Option<Row>, StoreError> {
        Ok(match self.side() {
            Side::Sqlite(connection) => prepare!(Sqlite, statement).fetch_optional(connection).await?.map(Row::Sqlite),
            Side::Postgres(connection) => {
                prepare!(Postgres, statement).fetch_optional(connection).await?.map(Row::Postgres)
            }
        })
    }

    /// Every row.
    pub(crate) async fn fetch_all(&mut self, statement: Statement) -> Result<Vec<Row>, StoreError> {
        let once_more = self.take_untried().map(|pool| (pool, statement.clone()));
        match (self.try_all(statement).await, once_more) {
            (Err(StoreError::Unavailable(_)), Some((pool, statement))) => {
                *self = Self::Postgres { connection: pool.acquire_another().await?, untried: None };
                self.try_all(statement).await
            }
            (found, _) => found,
        }
    }

    async fn try_all(&mut self, statement: Statement) -> Result<Vec<Row>, StoreError> {
        Ok(match self.side() {
            Side::Sqlite(connection) => {
                prepare!(Sqlite, statement).fetch_all(connection).await?.into_iter().map(Row::Sqlite).collect()
            }
            Side::Postgres(connection) => {
                prepare!(Postgres, statement).fetch_all(connection).await?.into_iter().map(Row::Postgres).collect()
            }
        })
    }

    /// Shows every row to `visit`, one at a time.
    pub(crate) async fn visit(
        &mut self,
        statement: Statement,
        mut visit: impl FnMut(Row) -> Result<(), StoreError> + Send,
    ) -> Result<(), StoreError> {
        drop(self.take_untried());
        match self.side() {
            Side::Sqlite(connection) => {
                let mut rows = prepare!(Sqlite, statement).fetch(connection);
                while let Some(row) = rows.try_next().await? {
                    visit(Row::Sqlite(row))?;
                }
            }
            Side::Postgres(connection) => {
                let mut rows = prepare!(Postgres, statement).fetch(connection);
                while let Some(row) = rows.try_next().await? {
                    visit(Row::Postgres(row))?;
                }
            }
        }
        Ok(())
    }

    /// Commits a transaction; a connection outside of one has nothing to commit.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::SqliteTransaction(transaction) => transaction.commit().await?,
            Self::PostgresTransaction(transaction) => transaction.commit().await?,
            Self::Sqlite(_) | Self::Postgres { .. } => {}
        }
        Ok(())
    }

    /// Rolls back and waits until that is done.
    pub(crate) async fn rollback(self) -> Result<(), StoreError> {
        match self {
            Self::SqliteTransaction(transaction) => transaction.rollback().await?,
            Self::PostgresTransaction(transaction) => transaction.rollback().await?,
            Self::Sqlite(_) | Self::Postgres { .. } => {}
        }
        Ok(())
    }
}
