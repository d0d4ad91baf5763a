//! The database's own clock, in microseconds: the only one that counts for leases, since the machines that share a
//! database need not agree on the time.

use crate::engine::EngineKind;

/// An expression for the present moment.
pub(crate) fn now(engine: EngineKind) -> &'static str {
    match engine {
        EngineKind::Sqlite => "CAST(unixepoch('subsec') * 1000000 AS INTEGER)",
        // Not now(): that stands still at the beginning of the transaction.
        EngineKind::Postgres => "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)",
    }
}
