//! Locks that end with the transaction.

use sha2::{Digest, Sha256};

use crate::engine::EngineKind;
use crate::statement::Statement;

/// Ends a SELECT whose rows nobody else may change before this transaction ends.
pub(crate) fn for_update(engine: EngineKind) -> &'static str {
    match engine {
        EngineKind::Sqlite => "",
        EngineKind::Postgres => " FOR UPDATE",
    }
}

/// As [`for_update`], for rows whose keys stay: others may go on referring to them meanwhile.
pub(crate) fn for_no_key_update(engine: EngineKind) -> &'static str {
    match engine {
        EngineKind::Sqlite => "",
        EngineKind::Postgres => " FOR NO KEY UPDATE",
    }
}

/// Ends a SELECT whose rows nobody else may change before this transaction ends; others may hold them so too.
pub(crate) fn for_share(engine: EngineKind) -> &'static str {
    match engine {
        EngineKind::Sqlite => "",
        EngineKind::Postgres => " FOR SHARE",
    }
}

/// As [`for_share`], for the rows of `p` alone.
pub(crate) fn for_share_of_p(engine: EngineKind) -> &'static str {
    match engine {
        EngineKind::Sqlite => "",
        EngineKind::Postgres => " FOR SHARE OF p",
    }
}

/// The number of what has no row to lock. Two with one number wait for each other needlessly, and nothing worse.
pub(crate) fn number_of(parts: &[&[u8]]) -> i64 {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hasher.update(part);
    }
    let digest = hasher.finalize();
    let mut number = [0; 8];
    number.copy_from_slice(&digest[..8]);
    i64::from_be_bytes(number)
}

/// Waits for the lock on a number and takes it. `None`: the transaction excludes all others anyway.
pub(crate) fn exclusive(engine: EngineKind, number: i64) -> Option<Statement> {
    match engine {
        EngineKind::Sqlite => None,
        EngineKind::Postgres => Some(Statement::of("SELECT pg_advisory_xact_lock($1)").bind(number)),
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
