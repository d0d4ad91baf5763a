//! Locks that end with the transaction.

use crate::engine::EngineKind;
use crate::statement::Statement;

/// Ends a SELECT whose rows nobody else may change before this transaction ends.
pub(crate) fn for_update(engine: EngineKind) -> &'static str {
    match engine {
        EngineKind::Sqlite => "",
        EngineKind::Postgres => " FOR UPDATE",
    }
}

/// Ends a SELECT whose rows of `r` and `o` nobody else may change before this transaction ends; others may hold them so
/// too.
pub(crate) fn for_share_of_r_and_o(engine: EngineKind) -> &'static str {
    match engine {
        EngineKind::Sqlite => "",
        EngineKind::Postgres => " FOR SHARE OF r, o",
    }
}

/// Adds a row `l` that says in `taken`, as 0 or 1, whether nobody held a lock on a number; it is this transaction's then. The
/// transaction may exclude all others anyway.
pub(crate) fn try_exclusive(statement: &mut Statement, engine: EngineKind, number: i64) {
    match engine {
        EngineKind::Sqlite => statement.push("(SELECT 1 AS taken) l"),
        EngineKind::Postgres => {
            let taking = statement.push("(SELECT CASE WHEN pg_try_advisory_xact_lock(").value(number);
            // The OFFSET keeps the lock from being taken more than once.
            taking.push(") THEN 1::BIGINT ELSE 0 END AS taken OFFSET 0) l")
        }
    };
}
