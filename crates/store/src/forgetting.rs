//! Forgets what is old: some rows at a time, each time in a transaction of its own, found by an index on their age. A
//! register that has kept something for years is tidied without a transaction that others would have to wait for.
//!
//! To forget something else: an [`Old`] beside the record it belongs to, an index on its age, a row in the test of plans
//! and one in the worker's list of what is kept how long. The audit log is never forgotten.

use jiff::Timestamp;

use crate::dialect::queue;
use crate::error::StoreError;
use crate::page::limit;
use crate::session::Session;
use crate::statement::Statement;
use crate::store::Store;

/// Rows of a table that are forgotten by age.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Old {
    pub(crate) table: &'static str,
    /// The columns of its primary key.
    pub(crate) key: &'static str,
    /// Which rows, up to the moment that follows: by an index.
    pub(crate) age: &'static str,
}

impl Old {
    /// Keys of the oldest rows that nobody else is about to forget.
    fn oldest(&self, statement: &mut Statement, before: Timestamp, most: u32, lock: &'static str) {
        statement.push("SELECT ").push(self.key).push(" FROM ").push(self.table).push(" WHERE ");
        statement.push(self.age).value(before).push(" LIMIT ").value(limit(most)).push(lock);
    }

    /// The statement that finds the oldest rows.
    pub(crate) fn found(&self, before: Timestamp, most: u32) -> Statement {
        let mut statement = Statement::of("");
        self.oldest(&mut statement, before, most, "");
        statement
    }
}

/// Forgets at most so many rows that are older than a moment. Answers how many.
pub(crate) async fn forget(session: &mut Session, old: &Old, before: Timestamp, most: u32) -> Result<u64, StoreError> {
    let mut delete = Statement::of("DELETE FROM ");
    delete.push(old.table).push(" WHERE (").push(old.key).push(") IN (");
    let lock = queue::skip_locked(session.engine());
    old.oldest(&mut delete, before, most, lock);
    delete.push(")");
    session.execute(delete).await
}

impl Store {
    pub(crate) async fn forget(&self, old: &Old, before: Timestamp, most: u32) -> Result<u64, StoreError> {
        let mut session = self.begin_unaudited().await?;
        let forgotten = forget(&mut session, old, before, most).await?;
        session.commit().await?;
        Ok(forgotten)
    }
}
