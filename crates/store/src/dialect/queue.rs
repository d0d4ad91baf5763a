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
