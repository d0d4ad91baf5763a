//! What a use case may answer instead of a result: a code with values, put into words at the edges.
//!
//! To add a refusal: a variant of [`AppError`], its row in [`codes`], and its messages in six languages; the tests of the
//! edges name what is missing.

mod broken;
mod codes;
mod fault;
mod fields;
mod freeze;
mod from_store;

use std::fmt;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

pub use broken::broken_rule;
pub use codes::{Code, Status};
pub use fault::Fault;
pub use fields::{Faults, FieldError, MAX_FIELD_ERRORS};
pub use freeze::{NotFrozen, freeze_fault};

/// A refusal or failure.
#[derive(Debug, Clone, PartialEq)]
pub enum AppError {
    /// Nobody has signed in, or what was shown is not valid (any more).
    Unauthenticated,
    /// The principal may not do this to what it can see.
    Forbidden {
        /// What was to be done.
        action: &'static str,
    },
    /// It is not there, or the principal may not know that it is.
    NotFound {
        /// What was sought.
        kind: String,
        /// By which key.
        key: String,
    },
    /// The step is not one that may be taken from where the subject stands.
    NotAllowedNow {
        /// What was to be moved.
        kind: &'static str,
        /// The step.
        step: String,
        /// Where it stands.
        state: String,
        /// Steps that may be taken from there.
        allowed: Vec<&'static str>,
    },
    /// Requests and offers of the round still come in.
    BeforeCutOff {
        /// Until when.
        cut_off_at: Timestamp,
    },
    /// A value that must be unique is taken.
    Taken {
        /// Which value.
        what: String,
    },
    /// The document breaks rules: all of them, by field.
    Invalid {
        /// What is wrong, in the order of the document.
        fields: Vec<FieldError>,
    },
    /// The change was prepared against an older version.
    VersionMismatch {
        /// The version the caller named.
        expected: i64,
        /// The version that stands.
        actual: i64,
    },
    /// The rule of the register refuses it, such as a quantity below what is committed.
    RuleBroken {
        /// The rule.
        rule: String,
    },
    /// The round cannot be frozen.
    CannotFreeze {
        /// Why.
        faults: Vec<NotFrozen>,
    },
    /// A page that begins after no row of its list and order.
    BadPage,
    /// A text, list or document above its bound.
    TooLarge {
        /// What is too large, with its unit.
        what: String,
        /// Its size.
        actual: u64,
        /// The bound.
        limit: u64,
    },
    /// So many runs wait that another would only wait longer.
    TooManyWaiting {
        /// Runs that wait.
        waiting: i64,
        /// How many may.
        limit: i64,
    },
    /// So many tries of one kind, of the same person or from the same place, that the next has to wait.
    TooManyTries {
        /// How long.
        wait: Duration,
    },
    /// Another change is in the way; the same call may succeed at once.
    Busy,
    /// The register cannot be reached.
    Unavailable,
    /// The register has no room left.
    StorageFull,
    /// A fault of the program or of what it keeps. The log says more.
    Internal,
}

impl AppError {
    /// The code by which clients, documentation and translations know it.
    pub fn code(&self) -> Code {
        match self {
            Self::Unauthenticated => Code::Unauthenticated,
            Self::Forbidden { .. } => Code::Forbidden,
            Self::NotFound { .. } => Code::NotFound,
            Self::NotAllowedNow { .. } => Code::NotAllowedNow,
            Self::BeforeCutOff { .. } => Code::BeforeCutOff,
            Self::Taken { .. } => Code::Taken,
            Self::Invalid { .. } => Code::Invalid,
            Self::VersionMismatch { .. } => Code::VersionMismatch,
            Self::RuleBroken { .. } => Code::RuleBroken,
            Self::CannotFreeze { .. } => Code::CannotFreeze,
            Self::BadPage => Code::BadParameter,
            Self::TooLarge { .. } => Code::TooLarge,
            Self::TooManyWaiting { .. } | Self::TooManyTries { .. } => Code::TooManyRequests,
            Self::Busy => Code::Busy,
            Self::Unavailable => Code::Unavailable,
            Self::StorageFull => Code::StorageFull,
            Self::Internal => Code::Internal,
        }
    }

    /// The values of the sentence, by name.
    pub fn values(&self) -> Map<String, Value> {
        let values = match self {
            Self::Forbidden { action } => json!({ "action": action }),
            Self::NotFound { kind, key } => json!({ "kind": kind, "key": key }),
            Self::NotAllowedNow { kind, step, state, allowed } => {
                json!({ "kind": kind, "step": step, "state": state, "allowed": allowed })
            }
            Self::BeforeCutOff { cut_off_at } => json!({ "cut_off_at": cut_off_at.to_string() }),
            Self::Taken { what } => json!({ "what": what }),
            Self::VersionMismatch { expected, actual } => json!({ "expected": expected, "actual": actual }),
            Self::RuleBroken { rule } => json!({ "rule": rule }),
            Self::CannotFreeze { faults } => {
                json!({ "faults": faults.iter().map(NotFrozen::to_string).collect::<Vec<_>>() })
            }
            Self::BadPage => {
                json!({ "name": "after", "value": "", "expected": "the `next` of a page in the same order" })
            }
            Self::TooLarge { what, actual, limit } => json!({ "what": what, "actual": actual, "limit": limit }),
            Self::TooManyWaiting { waiting, limit } => json!({ "waiting": waiting, "limit": limit }),
            Self::Invalid { fields } => json!({ "count": fields.len() }),
            Self::Unauthenticated
            | Self::TooManyTries { .. }
            | Self::Busy
            | Self::Unavailable
            | Self::StorageFull
            | Self::Internal => json!({}),
        };
        match values {
            Value::Object(values) => values,
            _ => Map::new(),
        }
    }

    /// After how many seconds the same call may succeed, where it failed for what passes.
    pub fn seconds_to_wait(&self) -> u64 {
        match self {
            Self::TooManyTries { wait } => wait.as_secs() + u64::from(wait.subsec_nanos() > 0),
            _ => 1,
        }
    }

    /// Nothing of that kind under that key, as far as the principal may know.
    pub fn not_found(kind: &str, key: impl fmt::Display) -> Self {
        Self::NotFound { kind: kind.to_owned(), key: key.to_string() }
    }

    /// Refuses a change that was prepared against another version than the one that stands.
    pub(crate) fn unless_at(expected: i64, actual: i64) -> Result<(), Self> {
        if expected == actual { Ok(()) } else { Err(Self::VersionMismatch { expected, actual }) }
    }

    /// A rule of the register that is broken, in English; its translations are found by that.
    pub(crate) fn broken(rule: &str) -> Self {
        Self::RuleBroken { rule: rule.to_owned() }
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.code().name())?;
        if let Self::Invalid { fields } = self {
            return fields.iter().try_for_each(|field| write!(formatter, "\n  {field}"));
        }
        if let Self::CannotFreeze { faults } = self {
            return faults.iter().try_for_each(|fault| write!(formatter, "\n  {fault}"));
        }
        let values = self.values();
        if values.is_empty() { Ok(()) } else { write!(formatter, " {}", Value::Object(values)) }
    }
}

impl std::error::Error for AppError {}
