//! How an engine tells its query plan, for the test that lists stay fast.

use crate::engine::EngineKind;

/// What stands before the statement, and the column of the answer.
pub(crate) fn prefix(engine: EngineKind) -> (&'static str, &'static str) {
    match engine {
        EngineKind::Sqlite => ("EXPLAIN QUERY PLAN ", "detail"),
        EngineKind::Postgres => ("EXPLAIN ", "QUERY PLAN"),
    }
}
