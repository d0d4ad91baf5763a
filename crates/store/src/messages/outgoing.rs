//! What a transaction tells of: written together, when it is committed or when there is much of it.

use super::{NewDelivery, NewMail};
use crate::error::StoreError;
use crate::transaction::AuditedTransaction;

/// Messages in one statement.
pub(super) const MOST_AT_ONCE: usize = 200;

/// Messages that a transaction has not written yet.
#[derive(Debug, Default)]
pub(crate) struct Outgoing {
    deliveries: Vec<NewDelivery>,
    mails: Vec<NewMail>,
}

impl AuditedTransaction {
    /// Has a message written before this transaction is committed. The audit row is that of the change it tells of.
    pub async fn tell(&mut self, new: NewDelivery) -> Result<(), StoreError> {
        self.outgoing().deliveries.push(new);
        if self.outgoing().deliveries.len() < MOST_AT_ONCE { Ok(()) } else { self.write_outgoing().await }
    }

    /// Has a mail written before this transaction is committed, likewise.
    pub async fn write_to(&mut self, new: NewMail) -> Result<(), StoreError> {
        self.outgoing().mails.push(new);
        if self.outgoing().mails.len() < MOST_AT_ONCE { Ok(()) } else { self.write_outgoing().await }
    }

    /// Writes what is to be told.
    pub(crate) async fn write_outgoing(&mut self) -> Result<(), StoreError> {
        let Outgoing { deliveries, mails } = std::mem::take(self.outgoing());
        self.add_deliveries(&deliveries).await?;
        self.add_mails(&mails).await
    }
}
