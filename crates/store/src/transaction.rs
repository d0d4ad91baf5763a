//! A transaction that writes. Every change goes through [`AuditedTransaction::change`] or notes an entry itself, and the
//! only way to make it last, [`AuditedTransaction::commit`], writes the audit rows first.

use std::ops::{Deref, DerefMut};

use jiff::Timestamp;

use crate::audit::{Entry, Origin, append};
use crate::bell::{Bell, Ring};
use crate::error::StoreError;
use crate::messages::Outgoing;
use crate::session::Session;
use crate::statement::Statement;

/// A transaction that writes; it reads as a [`Session`] does. Dropped, it is rolled back.
pub struct AuditedTransaction {
    session: Session,
    origin: Origin,
    entries: Vec<Entry>,
    outgoing: Outgoing,
    bell: Bell,
    rings: Vec<Ring>,
}

impl AuditedTransaction {
    pub(crate) fn new(session: Session, origin: Origin, bell: Bell) -> Self {
        Self { session, origin, entries: Vec::new(), outgoing: Outgoing::default(), bell, rings: Vec::new() }
    }

    /// When the changes of this transaction are made, by the caller's clock.
    pub fn at(&self) -> Timestamp {
        self.origin.at
    }

    /// Who makes the changes of this transaction.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Executes a change and, if it changed a row, notes what the audit log will say. Answers the number of rows.
    pub(crate) async fn change(&mut self, statement: Statement, entry: Entry) -> Result<u64, StoreError> {
        let changed = self.session.execute(statement).await?;
        if changed > 0 {
            self.entries.push(entry);
        }
        Ok(changed)
    }

    /// Notes what the audit log will say of a change that took several statements.
    pub(crate) fn note(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    /// Tells listeners, once the transaction lasts.
    pub(crate) fn ring(&mut self, ring: Ring) {
        self.rings.push(ring);
    }

    /// Messages that are not written yet.
    pub(crate) fn outgoing(&mut self) -> &mut Outgoing {
        &mut self.outgoing
    }

    /// Writes the audit rows and makes everything last.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] leaves open whether the transaction lasted: try again with the same idempotency key.
    pub async fn commit(mut self) -> Result<(), StoreError> {
        self.write_outgoing().await?;
        append::append(&mut self.session, &self.origin, std::mem::take(&mut self.entries)).await?;
        Bell::announce(&mut self.session, &self.rings).await?;
        let engine = self.session.engine();
        self.session.commit().await?;
        self.bell.ring(engine, &self.rings);
        Ok(())
    }

    /// Undoes everything and waits until that is done.
    pub async fn rollback(self) -> Result<(), StoreError> {
        self.session.rollback().await
    }
}

impl Deref for AuditedTransaction {
    type Target = Session;
    fn deref(&self) -> &Session {
        &self.session
    }
}

impl DerefMut for AuditedTransaction {
    fn deref_mut(&mut self) -> &mut Session {
        &mut self.session
    }
}
