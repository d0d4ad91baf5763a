//! How several workers take from one queue without waiting for each other.

use crate::engine::EngineKind;

/// Ends the inner SELECT of a claim.
pub(crate) fn skip_locked(engine: EngineKind) -> &'static str {
    match engine {
        // The one writer cannot meet another.
        EngineKind::Sqlite => "",
        EngineKind::Postgres => " FOR UPDATE SKIP LOCKED",
    }
}

/// As [`skip_locked`], for the rows of `t` alone.
pub(crate) fn skip_locked_of_t(engine: EngineKind) -> &'static str {
    match engine {
        EngineKind::Sqlite => "",
        EngineKind::Postgres => " FOR UPDATE OF t SKIP LOCKED",
    }
}
