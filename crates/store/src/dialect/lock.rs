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

/// Takes a lock on a number if nobody holds it, and answers `taken` as 0 or 1. `None`: the transaction excludes all
/// others anyway.
pub(crate) fn try_exclusive(engine: EngineKind, number: i64) -> Option<Statement> {
    match engine {
        EngineKind::Sqlite => None,
        EngineKind::Postgres => Some(
            Statement::of("SELECT CASE WHEN pg_try_advisory_xact_lock($1) THEN 1::BIGINT ELSE 0 END AS taken")
                .bind(number),
        ),
    }
}
