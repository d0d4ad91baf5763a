//! The audit log: one hash chain a party, written in the transaction of the change it tells of.
//!
//! [`append`] links rows at commit, [`verify`] finds any row that was edited, taken out or cut off, [`checkpoint`] keeps
//! the signed heads that show a chain cut together with its head.

pub(crate) mod append;
mod checkpoint;
mod found;
mod read;
mod verify;

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::keys::{CredentialKey, PartyKey, PersonKey};

pub use checkpoint::{Checkpoint, Head, Signed};
pub use found::AuditFilter;
pub use read::AuditRow;
pub use verify::{Finding, Verdict};

/// Hash before the first row of a chain.
pub const FIRST_HASH: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Who changes, from where and when: the same for every change of a transaction.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The person, if one acts.
    pub person: Option<PersonKey>,
    /// What the person or service signed in with.
    pub credential: Option<CredentialKey>,
    /// Where the change comes from: `api`, `web`, `cli`, `worker`.
    pub origin: String,
    /// The request's identifier, as in the log and the answer.
    pub request_id: String,
    /// When, by the caller's clock.
    pub at: Timestamp,
}

impl Origin {
    /// A change no person asked for, such as the end of a run.
    pub fn machine(origin: &str, request_id: &str, at: Timestamp) -> Self {
        Self { person: None, credential: None, origin: origin.to_owned(), request_id: request_id.to_owned(), at }
    }
}

/// Which chain a row stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Chain(pub Uuid);

impl Chain {
    /// What belongs to no party: people, checkpoints.
    pub const INSTALLATION: Self = Self(Uuid::nil());
}

impl From<PartyKey> for Chain {
    fn from(party: PartyKey) -> Self {
        Self(party.uuid())
    }
}

/// What was done to what.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) chain: Chain,
    pub(crate) action: &'static str,
    pub(crate) subject_kind: &'static str,
    pub(crate) subject: Uuid,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
    pub(crate) step: Option<StepTaken>,
    pub(crate) reason: Option<String>,
}

/// A step of a lifecycle.
#[derive(Debug, Clone)]
pub(crate) struct StepTaken {
    pub(crate) name: &'static str,
    /// Absent where the step began what it tells of.
    pub(crate) from: Option<String>,
    pub(crate) to: String,
}

impl Entry {
    /// An action on a subject, without contents.
    pub(crate) fn of(
        chain: impl Into<Chain>,
        action: &'static str,
        subject_kind: &'static str,
        subject: impl Into<Uuid>,
    ) -> Self {
        Self {
            chain: chain.into(),
            action,
            subject_kind,
            subject: subject.into(),
            before: None,
            after: None,
            step: None,
            reason: None,
        }
    }

    /// With the content there was.
    pub(crate) fn before<T: Serialize>(mut self, content: &T) -> Self {
        self.before = Some(digest(content));
        self
    }

    /// With the content there is now.
    pub(crate) fn after<T: Serialize>(mut self, content: &T) -> Self {
        self.after = Some(digest(content));
        self
    }

    /// As a step of a lifecycle; `from` is absent where it begins what the row tells of.
    pub(crate) fn step<State: ToString + Copy>(mut self, name: &'static str, from: Option<State>, to: State) -> Self {
        self.step = Some(StepTaken { name, from: from.map(|state| state.to_string()), to: to.to_string() });
        self
    }

    /// With the words of who decided.
    pub(crate) fn reason(mut self, reason: Option<&str>) -> Self {
        self.reason = reason.map(ToOwned::to_owned);
        self
    }
}

fn digest<T: Serialize>(content: &T) -> String {
    needmatch_domain::canonical::digest(content).expect("records have text keys only")
}
