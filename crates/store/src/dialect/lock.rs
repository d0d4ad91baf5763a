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
