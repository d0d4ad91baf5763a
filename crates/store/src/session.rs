//! What reads. Each noun adds its methods to [`Session`] in its own file.

use crate::engine::{Connection, EngineKind, Row};
use crate::error::StoreError;
use crate::statement::Statement;

/// A connection to read with; a transaction is one too.
pub struct Session {
    connection: Connection,
    statements: u64,
}

impl Session {
    pub(crate) fn new(connection: Connection) -> Self {
        Self { connection, statements: 0 }
    }

    /// How many statements were executed so far: what a use case costs, for whoever watches that.
    pub fn statements(&self) -> u64 {
        self.statements
    }

    pub(crate) fn engine(&self) -> EngineKind {
        self.connection.kind()
    }

    pub(crate) async fn execute(&mut self, statement: Statement) -> Result<u64, StoreError> {
        self.statements += 1;
        self.connection.execute(statement).await
    }

    pub(crate) async fn fetch_optional(&mut self, statement: Statement) -> Result<Option<Row>, StoreError> {
        self.statements += 1;
        self.connection.fetch_optional(statement).await
    }

    pub(crate) async fn fetch_all(&mut self, statement: Statement) -> Result<Vec<Row>, StoreError> {
        self.statements += 1;
        self.connection.fetch_all(statement).await
    }

    /// Shows every row to `visit`, one at a time: for tables that need not fit into memory.
    pub(crate) async fn visit(
        &mut self,
        statement: Statement,
        visit: impl FnMut(Row) -> Result<(), StoreError> + Send,
    ) -> Result<(), StoreError> {
        self.statements += 1;
        self.connection.visit(statement, visit).await
    }

    /// A single number, such as a count.
    pub(crate) async fn number(&mut self, statement: Statement, column: &str) -> Result<i64, StoreError> {
        self.fetch_optional(statement).await?.map_or(Ok(0), |row| row.get(column))
    }

    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        self.connection.commit().await
    }

    pub(crate) async fn rollback(self) -> Result<(), StoreError> {
        self.connection.rollback().await
    }
}
