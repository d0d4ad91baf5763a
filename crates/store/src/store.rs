//! The store: opened once, cloned freely.

use sqlx::migrate::MigrateError;

use crate::audit::Origin;
use crate::bell::{Bell, Listener, Ring};
use crate::engine::{Engine, EngineKind};
use crate::error::StoreError;
use crate::session::Session;
use crate::statement::Statement;
use crate::transaction::AuditedTransaction;

/// The database, whichever engine it is.
#[derive(Debug, Clone)]
pub struct Store {
    engine: Engine,
    bell: Bell,
}

impl Store {
    /// Opens `sqlite://needmatch.db` or `postgres://…`. The schema is not touched; see [`Store::migrate`].
    ///
    /// # Errors
    /// [`StoreError::Unusable`] when engine, version or settings would not keep what is promised.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        Ok(Self { engine: Engine::open(url).await?, bell: Bell::new() })
    }

    /// Brings the schema to this version's form. Several processes may call it at once.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        let (writer, migrator) = match &self.engine {
            Engine::Sqlite { writer, .. } => (writer, sqlx::migrate!("../../migrations/sqlite")),
            Engine::Postgres { pool } => {
                let unhurried = pool.unhurried().await?;
                let migrated = sqlx::migrate!("../../migrations/postgres").run(&unhurried).await;
                unhurried.close().await;
                return Ok(migrated?);
            }
        };
        // PostgreSQL lets one process migrate and the others wait. On SQLite whoever comes second to a step finds it
        // done and fails; looking again, it goes on behind it.
        let mut outcome = migrator.run(writer).await;
        for _ in migrator.iter() {
            if !matches!(outcome, Err(MigrateError::Execute(_) | MigrateError::ExecuteMigration(..))) {
                break;
            }
            outcome = migrator.run(writer).await;
        }
        Ok(outcome?)
    }

    /// Whether the schema is the one this version needs.
    pub async fn is_current(&self) -> Result<bool, StoreError> {
        let needed = sqlx::migrate!("../../migrations/sqlite").iter().count();
        let applied = Statement::of("SELECT COUNT(*) AS applied FROM _sqlx_migrations WHERE success");
        let row = self.engine.read().await?.fetch_optional(applied).await?;
        let applied: i64 = row.map_or(Ok(0), |row| row.get("applied"))?;
        Ok(usize::try_from(applied).is_ok_and(|applied| applied == needed))
    }

    /// A session that reads; each statement sees what is committed when it begins.
    pub async fn read(&self) -> Result<Session, StoreError> {
        Ok(Session::new(self.engine.read().await?))
    }

    /// A transaction that writes. Nothing lasts before [`AuditedTransaction::commit`].
    pub async fn begin(&self, origin: Origin) -> Result<AuditedTransaction, StoreError> {
        Ok(AuditedTransaction::new(Session::new(self.engine.begin().await?), origin, self.bell.clone()))
    }

    /// A transaction for what machines do on their own: claims, leases, progress, the last use of a credential.
    pub(crate) async fn begin_unaudited(&self) -> Result<Session, StoreError> {
        Ok(Session::new(self.engine.begin().await?))
    }

    /// Commits what machines do on their own and tells listeners.
    pub(crate) async fn commit_unaudited(&self, mut session: Session, rings: &[Ring]) -> Result<(), StoreError> {
        let engine = session.engine();
        Bell::announce(&mut session, rings).await?;
        session.commit().await?;
        self.bell.ring(engine, rings);
        Ok(())
    }

    /// Listens for news of runs and of the queue, from this process and every other that shares the database.
    pub fn listen(&self) -> Listener {
        self.bell.listen(&self.engine)
    }

    /// Whether the database answers, for `/readyz`.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.engine.read().await?.fetch_optional(Statement::of("SELECT 1")).await.map(drop)
    }

    /// Whether several machines may share the database.
    pub fn is_shared(&self) -> bool {
        self.engine.kind() == EngineKind::Postgres
    }

    /// Closes every connection and waits for it.
    pub async fn close(&self) {
        self.engine.close().await;
    }
}
