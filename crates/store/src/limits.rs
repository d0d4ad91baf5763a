//! Limits on how many rows there are: who counts before adding one does so alone, or two would both find room.

use uuid::Uuid;

use crate::dialect::lock;
use crate::error::StoreError;
use crate::transaction::AuditedTransaction;

/// What is counted, with the place among all.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Counted {
    /// Webhooks of a party.
    Webhooks(Uuid),
    /// Documents of a subject.
    Documents(Uuid),
    /// Runs that wait, started one at a time.
    Runs,
    /// Runs of sweeps that wait.
    RunsOfSweeps,
}

impl Counted {
    fn number(self) -> i64 {
        let (kind, of) = match self {
            Self::Webhooks(party) => ("webhooks", party),
            Self::Documents(subject) => ("documents", subject),
            Self::Runs => ("runs", Uuid::nil()),
            Self::RunsOfSweeps => ("runs of sweeps", Uuid::nil()),
        };
        lock::number_of(&[kind.as_bytes(), of.as_bytes()])
    }
}

impl AuditedTransaction {
    /// Waits until nobody else counts that, and counts alone until this transaction ends.
    pub(crate) async fn count_alone(&mut self, what: Counted) -> Result<(), StoreError> {
        match lock::exclusive(self.engine(), what.number()) {
            Some(statement) => self.fetch_optional(statement).await.map(drop),
            None => Ok(()),
        }
    }
}
