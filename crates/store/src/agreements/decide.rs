//! Answers to a proposal. Acceptance holds for the terms as they stood: changed terms are to be accepted anew.

use serde_json::Value;

use super::{Proposal, Terms, ledger};
use crate::audit::Entry;
use crate::bounds;
use crate::error::StoreError;
use crate::guard::{changed_one, same_version};
use crate::keys::{PartyKey, ProposalKey};
use crate::statement::Statement;
use crate::transaction::AuditedTransaction;
use crate::viewer::Viewer;
use crate::words::ProposalLifecycle;

/// Who answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The state that asks.
    State,
    /// The provider.
    Provider,
}

impl Side {
    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::State => Self::Provider,
            Self::Provider => Self::State,
        }
    }
}

impl Proposal {
    /// Whether a side has accepted the terms as they stand.
    pub fn is_accepted_by(&self, side: Side) -> bool {
        match side {
            Side::State => self.state_accepted_at,
            Side::Provider => self.provider_accepted_at,
        }
        .is_some()
    }

    /// The party of a side.
    pub fn party(&self, side: Side) -> PartyKey {
        match side {
            Side::State => self.state_party,
            Side::Provider => self.provider_party,
        }
    }
}

impl AuditedTransaction {
    /// Accepts the terms for one side. When both have accepted, what they agreed is reserved.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] when it was decided; [`StoreError::RuleBroken`] when the offer no longer holds that
    /// much, or the component no longer needs it.
    pub async fn accept_proposal(
        &mut self,
        key: ProposalKey,
        expected: i64,
        side: Side,
        reason: Option<&str>,
    ) -> Result<Proposal, StoreError> {
        let before = self.open_proposal(key, expected).await?;
        let is_whole = before.is_accepted_by(side.other());
        let lifecycle = if is_whole { ProposalLifecycle::Agreed } else { ProposalLifecycle::Proposed };
        let update = Statement::of(match side {
            Side::State => {
                "UPDATE proposals SET state_accepted_at = $3, lifecycle = $4, updated_at = $3, version = version + 1 \
                 WHERE id = $1 AND version = $2"
            }
            Side::Provider => {
                "UPDATE proposals SET provider_accepted_at = $3, lifecycle = $4, updated_at = $3, version = version + 1 \
                 WHERE id = $1 AND version = $2"
            }
        });
        let update = update.bind(key).bind(expected).bind(self.at()).bind(lifecycle);
        changed_one(self.execute(update).await?)?;
        if lifecycle == ProposalLifecycle::Agreed {
            ledger::reserve(self, &before).await?;
        }
        self.note_proposal("proposal.accept", &before, before.party(side), reason).await
    }

    /// Changes the terms. The caller has had the plan checked with them.
    pub async fn change_proposal(
        &mut self,
        key: ProposalKey,
        expected: i64,
        side: Side,
        terms: &Terms,
        reason: Option<&str>,
    ) -> Result<Proposal, StoreError> {
        bounds::texts([terms.period.as_str()])?;
        let before = self.open_proposal(key, expected).await?;
        let update = Statement::of(
            "UPDATE proposals SET period = $3, quantity = $4, draw = $5, cost = $6, state_accepted_at = NULL, \
             provider_accepted_at = NULL, updated_at = $7, version = version + 1 WHERE id = $1 AND version = $2",
        );
        let update = update.bind(key).bind(expected).bind(&terms.period).bind(terms.quantity).bind(terms.draw);
        let update = update.bind(terms.cost).bind(self.at());
        changed_one(self.execute(update).await?)?;
        self.note_proposal("proposal.change", &before, before.party(side), reason).await
    }

    /// Records the assessment of suitability and sustainability (¶101).
    pub async fn assess_proposal(
        &mut self,
        key: ProposalKey,
        expected: i64,
        assessor: PartyKey,
        suitability: &Value,
    ) -> Result<Proposal, StoreError> {
        let before = self.open_proposal(key, expected).await?;
        let update = Statement::of(
            "UPDATE proposals SET suitability = $3, updated_at = $4, version = version + 1 WHERE id = $1 AND version = $2",
        );
        let update = update.bind(key).bind(expected).bind(bounds::body(suitability)?).bind(self.at());
        changed_one(self.execute(update).await?)?;
        self.note_proposal("proposal.assess", &before, assessor, None).await
    }

    pub(super) async fn open_proposal(&mut self, key: ProposalKey, expected: i64) -> Result<Proposal, StoreError> {
        let before = self.proposal(&Viewer::system(), key).await?;
        same_version("proposal", key, expected, before.version)?;
        if before.lifecycle == ProposalLifecycle::Proposed {
            return Ok(before);
        }
        Err(StoreError::WrongState {
            kind: "proposal",
            key: key.to_string(),
            expected: ProposalLifecycle::Proposed.to_string(),
            actual: before.lifecycle.to_string(),
        })
    }

    pub(super) async fn note_proposal(
        &mut self,
        action: &'static str,
        before: &Proposal,
        party: PartyKey,
        reason: Option<&str>,
    ) -> Result<Proposal, StoreError> {
        let after = self.proposal(&Viewer::system(), before.key).await?;
        // Actions on proposals are named after their steps.
        let step = action.strip_prefix("proposal.").unwrap_or(action);
        let entry = Entry::of(party, action, "proposal", before.key.uuid()).before(before).after(&after);
        self.note(entry.step(step, Some(before.lifecycle), after.lifecycle).reason(reason));
        Ok(after)
    }
}
