//! What a refusal of the store means to a user.

use needmatch_store::StoreError;

use super::AppError;

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound { kind, key } => Self::NotFound { kind: kind.to_owned(), key },
            StoreError::VersionMismatch { expected, actual, .. } => Self::VersionMismatch { expected, actual },
            StoreError::WrongState { kind, expected, actual, .. } => Self::NotAllowedNow {
                kind,
                step: format!("a step from {expected}"),
                state: actual,
                allowed: Vec::new(),
            },
            StoreError::Duplicate { constraint } => Self::Taken { what: constraint },
            StoreError::RuleBroken { constraint } => Self::RuleBroken { rule: constraint },
            StoreError::TooLarge { what, actual, limit } => {
                Self::TooLarge { what: what.to_owned(), actual: actual as u64, limit: limit as u64 }
            }
            StoreError::BadPage { .. } => Self::BadPage,
            StoreError::Busy => Self::Busy,
            StoreError::StorageFull => Self::StorageFull,
            StoreError::Unavailable(_) => {
                tracing::error!(%error, "the register cannot be reached");
                Self::Unavailable
            }
            other => {
                tracing::error!(error = ?other, "the register failed");
                Self::Internal
            }
        }
    }
}
