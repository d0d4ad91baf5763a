//! Clarifications asked and answered about a proposal. Visible to whoever sees the proposal.

use jiff::Timestamp;
use serde::Serialize;

use crate::audit::Entry;
use crate::bounds;
use crate::engine::Row;
use crate::error::StoreError;
use crate::keys::{PartyKey, PersonKey, ProposalKey};
use crate::session::Session;
use crate::statement::Statement;
use crate::transaction::AuditedTransaction;
use crate::viewer::Viewer;

/// A question or an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProposalMessage {
    /// From 1, in order.
    pub number: i64,
    /// Who wrote.
    pub party: PartyKey,
    /// The person who wrote.
    pub person: Option<PersonKey>,
    /// What was written.
    pub body: String,
    /// When.
    pub at: Timestamp,
}

impl Session {
    /// What was asked and answered, in order, if the viewer may see the proposal.
    pub async fn proposal_messages(
        &mut self,
        viewer: &Viewer,
        proposal: ProposalKey,
    ) -> Result<Vec<ProposalMessage>, StoreError> {
        self.proposal(viewer, proposal).await?;
        let select = Statement::of("SELECT * FROM proposal_messages WHERE proposal = $1 ORDER BY number LIMIT 1000")
            .bind(proposal);
        let message = |row: &Row| {
            Ok(ProposalMessage {
                number: row.get("number")?,
                party: row.get("party")?,
                person: row.get("person")?,
                body: row.get("body")?,
                at: row.time("at")?,
            })
        };
        self.fetch_all(select).await?.iter().map(message).collect()
    }
}

impl AuditedTransaction {
    /// Adds a question or an answer. Answers its number.
    pub async fn add_message(&mut self, proposal: ProposalKey, party: PartyKey, body: &str) -> Result<i64, StoreError> {
        bounds::at_most("message (bytes)", body.len(), bounds::MAX_BODY)?;
        // Two writers who meet get the same number; the second is told to try again by the primary key.
        let insert = Statement::of(
            "INSERT INTO proposal_messages (proposal, number, party, person, body, at) \
             SELECT $1, COALESCE(MAX(number), 0) + 1, $2, $3, $4, $5 FROM proposal_messages WHERE proposal = $1 \
             RETURNING number",
        );
        let insert = insert.bind(proposal).bind(party).bind(self.origin().person).bind(body).bind(self.at());
        let row = self.fetch_optional(insert).await.map_err(|error| match error {
            StoreError::Duplicate { .. } => StoreError::Busy,
            other => other,
        })?;
        let number: i64 = row.ok_or(StoreError::Busy)?.get("number")?;
        self.note(Entry::of(party, "proposal.message", "proposal", proposal.uuid()).after(&(number, body)));
        Ok(number)
    }
}
