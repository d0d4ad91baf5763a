//! Wipes what was tried with a party that is there for that. The audit log keeps what was done, as of every other party;
//! tokens, members and webhooks stay.

use serde::Serialize;

use crate::audit::Entry;
use crate::error::StoreError;
use crate::keys::PartyKey;
use crate::statement::Statement;
use crate::transaction::AuditedTransaction;

/// What stood in a sandbox, in the order in which it goes: nothing is referred to by what goes later.
const TABLES: [(&str, &str); 7] = [
    (
        "documents",
        "DELETE FROM documents WHERE (subject_kind = 'request' AND subject IN (SELECT r.id FROM requests r \
         WHERE r.party = $1)) OR (subject_kind = 'offer' AND subject IN (SELECT o.id FROM offers o WHERE o.party = $1))",
    ),
    ("requests", "DELETE FROM requests WHERE party = $1"),
    ("offers", "DELETE FROM offers WHERE party = $1"),
    ("programmes", "DELETE FROM programmes WHERE party = $1"),
    ("imports", "DELETE FROM imports WHERE party = $1"),
    ("reports", "DELETE FROM national_reports WHERE party = $1"),
    ("messages", "DELETE FROM deliveries WHERE webhook IN (SELECT w.id FROM webhooks w WHERE w.party = $1)"),
];

/// How many rows of each kind went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Wiped {
    /// Kind and number.
    pub rows: Vec<(&'static str, u64)>,
}

impl AuditedTransaction {
    /// Wipes what a sandbox holds.
    ///
    /// # Errors
    /// [`StoreError::RuleBroken`] when the party is none.
    pub async fn wipe_sandbox(&mut self, party: PartyKey) -> Result<Wiped, StoreError> {
        if !self.party(party).await?.is_sandbox {
            return Err(StoreError::RuleBroken { constraint: "only what a sandbox holds is wiped".to_owned() });
        }
        let mut rows = Vec::with_capacity(TABLES.len());
        for (kind, delete) in TABLES {
            rows.push((kind, self.execute(Statement::of(delete).bind(party)).await?));
        }
        let wiped = Wiped { rows };
        self.note(Entry::of(party, "sandbox.reset", "party", party.uuid()).before(&wiped));
        Ok(wiped)
    }

    /// Notes that a sandbox asked to be told of something that did not happen.
    pub fn note_simulation(&mut self, party: PartyKey) {
        self.note(Entry::of(party, "sandbox.simulate", "party", party.uuid()));
    }
}
