//! Why a guarded change touched no row.

use std::fmt::Display;

use jiff::Timestamp;

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

/// Refuses to change what was retired.
pub(crate) fn in_use(kind: &'static str, key: impl Display, retired_at: Option<Timestamp>) -> Result<(), StoreError> {
    if retired_at.is_none() {
        return Ok(());
    }
    let (expected, actual) = ("in use".to_owned(), "retired".to_owned());
    Err(StoreError::WrongState { kind, key: key.to_string(), expected, actual })
}
