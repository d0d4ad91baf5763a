//! Why a guarded change touched no row.

use std::fmt::Display;

use crate::error::StoreError;

/// A row that is not there.
pub(crate) fn not_found(kind: &'static str, key: impl Display) -> StoreError {
    StoreError::NotFound { kind, key: key.to_string() }
}

/// Compares the version a caller read with the one that stands.
pub(crate) fn same_version(
    kind: &'static str,
    key: impl Display,
    expected: i64,
    actual: i64,
) -> Result<(), StoreError> {
    if expected == actual {
        return Ok(());
    }
    Err(StoreError::VersionMismatch { kind, key: key.to_string(), expected, actual })
}

/// Answers whether a guarded UPDATE found its row. None found means that another transaction changed it between the
/// read and the write, which only a new transaction can see.
pub(crate) fn changed_one(changed: u64) -> Result<(), StoreError> {
    if changed == 1 { Ok(()) } else { Err(StoreError::Busy) }
}
