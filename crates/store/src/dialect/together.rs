//! Two changes in one statement, where the engine lets a statement make two.

use crate::engine::EngineKind;
use crate::error::StoreError;
use crate::session::Session;
use crate::statement::Statement;

/// The beginning of a statement that makes the first change as well; where it cannot, that is made before.
pub(crate) async fn with(session: &mut Session, first: Statement) -> Result<Statement, StoreError> {
    match session.engine() {
        EngineKind::Sqlite => session.execute(first).await.map(|_| Statement::of("")),
        EngineKind::Postgres => {
            let mut both = first.after_prefix("WITH first AS (");
            both.push(") ");
            Ok(both)
        }
    }
}
