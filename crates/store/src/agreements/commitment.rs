//! Commitments: agreed proposals, written down, followed to their outcome (¶104, 107–108).

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::ledger;
use crate::audit::Entry;
use crate::bounds;
use crate::engine::Row;
use crate::error::StoreError;
use crate::guard::{changed_one, not_found, same_version};
use crate::keys::{CommitmentKey, PartyKey, ProposalKey, RoundKey};
use crate::page::{self, BY_TIME, Listed, Page};
use crate::session::Session;
use crate::statement::{Condition, Statement};
use crate::transaction::AuditedTransaction;
use crate::viewer::{TenantTable, Viewer, visible_to};
use crate::words::{CommitmentLifecycle, ProposalLifecycle};

const LISTED: Listed = Listed { table: "commitments", orders: BY_TIME };

/// A commitment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Commitment {
    /// Its key.
    pub key: CommitmentKey,
    /// The proposal that was agreed.
    pub proposal: ProposalKey,
    /// Who receives.
    pub state_party: PartyKey,
    /// Who gives.
    pub provider_party: PartyKey,
    /// The national authority (¶104).
    pub authority: String,
    /// The procedure it follows.
    pub procedure: String,
    /// Where it stands.
    pub lifecycle: CommitmentLifecycle,
    /// Promised, in the offer's unit.
    pub promised: i64,
    /// Placed at disposal so far, in the offer's unit; never above what is promised.
    pub disbursed: i64,
    /// Indicators, outcome report, lessons and everything else.
    pub body: Value,
    /// Rises with every change.
    pub version: i64,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// A commitment to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct NewCommitment {
    /// Its key.
    pub key: CommitmentKey,
    /// The agreed proposal.
    pub proposal: ProposalKey,
    /// The national authority.
    pub authority: String,
    /// The procedure it follows.
    pub procedure: String,
    /// Everything else.
    pub body: Value,
}

/// A step of a commitment.
#[derive(Debug, Clone, PartialEq)]
pub struct CommitmentStep {
    /// The step, as callers name it.
    pub name: &'static str,
    /// Where it stands afterwards.
    pub to: CommitmentLifecycle,
    /// Placed at disposal with this step, in the offer's unit.
    pub disbursed: i64,
    /// What arrived, in the component's unit, where this step confirms it.
    pub delivered: Option<i64>,
    /// Its body afterwards.
    pub body: Value,
}

/// What a list is narrowed to; everything that is `None` is left open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CommitmentFilter {
    /// Where it stands.
    pub lifecycle: Option<CommitmentLifecycle>,
    /// From this round.
    pub round: Option<RoundKey>,
    /// With this party on either side.
    pub party: Option<PartyKey>,
}

impl CommitmentFilter {
    pub(crate) fn branches(&self, viewer: &Viewer) -> Vec<Condition> {
        let sides = self.party.map(|party| {
            ["t.state_party = ", "t.provider_party = "].map(|column| Condition::of(column).value(party)).to_vec()
        });
        page::each(&visible_to(viewer, TenantTable::Commitments), &sides.unwrap_or_default())
    }

    pub(crate) fn conditions(&self) -> Vec<Condition> {
        let mut conditions = Vec::new();
        conditions.extend(self.lifecycle.map(|word| Condition::of("t.lifecycle = ").value(word)));
        conditions.extend(self.round.map(|round| Condition::of("t.round = ").value(round)));
        conditions
    }
}

impl Commitment {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            key: row.get("id")?,
            proposal: row.get("proposal")?,
            state_party: row.get("state_party")?,
            provider_party: row.get("provider_party")?,
            authority: row.get("authority")?,
            procedure: row.get("procedure")?,
            lifecycle: row.parse("lifecycle")?,
            promised: row.get("promised")?,
            disbursed: row.get("disbursed")?,
            body: row.json("body")?,
            version: row.get("version")?,
            created_at: row.time("created_at")?,
            updated_at: row.time("updated_at")?,
        })
    }
}

impl Session {
    /// A commitment the viewer may see.
    pub async fn commitment(&mut self, viewer: &Viewer, key: CommitmentKey) -> Result<Commitment, StoreError> {
        let mut select = Statement::of("SELECT t.* FROM commitments t WHERE t.id = $1 AND ").bind(key);
        page::any(&mut select, &visible_to(viewer, TenantTable::Commitments));
        let row = self.fetch_optional(select).await?;
        Commitment::read(&row.ok_or_else(|| not_found("commitment", key))?)
    }

    /// What was written of a proposal, if anything. The caller is the program itself.
    pub async fn commitment_of(&mut self, proposal: ProposalKey) -> Result<Option<Commitment>, StoreError> {
        let select = Statement::of("SELECT * FROM commitments WHERE proposal = $1").bind(proposal);
        self.fetch_optional(select).await?.as_ref().map(Commitment::read).transpose()
    }

    /// Commitments the viewer may see, a page at a time.
    pub async fn commitments(
        &mut self,
        viewer: &Viewer,
        filter: &CommitmentFilter,
        page: &Page,
    ) -> Result<Vec<Commitment>, StoreError> {
        let branches = filter.branches(viewer);
        let rows = self.fetch_all(page::select(&LISTED, &branches, &filter.conditions(), page)?).await?;
        rows.iter().map(Commitment::read).collect()
    }
}

impl AuditedTransaction {
    /// Writes an agreed proposal down.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] when the proposal is not agreed; [`StoreError::Duplicate`] when it was written down.
    pub async fn add_commitment(&mut self, new: &NewCommitment) -> Result<Commitment, StoreError> {
        bounds::texts([new.authority.as_str(), new.procedure.as_str()])?;
        // Held, so that nobody calls it off meanwhile.
        let proposal = self.hold_proposal(new.proposal).await?;
        if proposal.lifecycle != ProposalLifecycle::Agreed {
            return Err(StoreError::WrongState {
                kind: "proposal",
                key: new.proposal.to_string(),
                expected: ProposalLifecycle::Agreed.to_string(),
                actual: proposal.lifecycle.to_string(),
            });
        }
        let commitment = Commitment {
            key: new.key,
            proposal: new.proposal,
            state_party: proposal.state_party,
            provider_party: proposal.provider_party,
            authority: new.authority.clone(),
            procedure: new.procedure.clone(),
            lifecycle: CommitmentLifecycle::Committed,
            promised: proposal.terms.draw,
            disbursed: 0,
            body: new.body.clone(),
            version: 1,
            created_at: self.at(),
            updated_at: self.at(),
        };
        let insert = Statement::of(
            "INSERT INTO commitments (id, proposal, state_party, provider_party, authority, procedure, lifecycle, \
             promised, disbursed, body, version, created_at, updated_at, round) \
             VALUES ($1, $2, $3, $4, $5, $6, 'committed', $9, 0, $7, 1, $8, $8, $10)",
        );
        let insert = insert.bind(new.key).bind(new.proposal).bind(proposal.state_party).bind(proposal.provider_party);
        let insert = insert.bind(&new.authority).bind(&new.procedure).bind(bounds::body(&new.body)?).bind(self.at());
        let insert = insert.bind(proposal.terms.draw).bind(proposal.round);
        let entry = Entry::of(proposal.provider_party, "commitment.create", "commitment", new.key.uuid());
        let entry = entry.after(&commitment).step("commit", None, commitment.lifecycle);
        self.change(insert, entry).await?;
        Ok(commitment)
    }

    /// Moves a commitment on, replaces its body and enters what was placed at disposal. A cancelled one gives back what
    /// it held and did not place at disposal, one delivered short what did not arrive; `actor` is the party that acts.
    ///
    /// # Errors
    /// [`StoreError::RuleBroken`] when more would be disbursed than was promised.
    pub async fn move_commitment(
        &mut self,
        key: CommitmentKey,
        expected: i64,
        actor: PartyKey,
        step: &CommitmentStep,
        reason: Option<&str>,
    ) -> Result<Commitment, StoreError> {
        let before = self.commitment(&Viewer::system(), key).await?;
        same_version("commitment", key, expected, before.version)?;
        if before.lifecycle == CommitmentLifecycle::Cancelled {
            return Err(StoreError::WrongState {
                kind: "commitment",
                key: key.to_string(),
                expected: "in force".to_owned(),
                actual: before.lifecycle.to_string(),
            });
        }
        let after = Commitment {
            lifecycle: step.to,
            disbursed: before.disbursed + step.disbursed,
            body: step.body.clone(),
            version: expected + 1,
            updated_at: self.at(),
            ..before.clone()
        };
        let update = Statement::of(
            "UPDATE commitments SET lifecycle = $3, disbursed = disbursed + $4, body = $5, updated_at = $6, \
             version = version + 1 WHERE id = $1 AND version = $2 AND disbursed + $4 BETWEEN 0 AND promised",
        );
        if !(0..=before.promised).contains(&after.disbursed) {
            return Err(StoreError::RuleBroken { constraint: "no more is disbursed than was promised".to_owned() });
        }
        let update = update.bind(key).bind(expected).bind(step.to).bind(step.disbursed).bind(bounds::body(&step.body)?);
        let update = update.bind(self.at());
        let entry = Entry::of(actor, "commitment.move", "commitment", key.uuid());
        let entry = entry.before(&before).after(&after).step(step.name, Some(before.lifecycle), after.lifecycle);
        changed_one(self.change(update, entry.reason(reason)).await?)?;
        if step.disbursed != 0 {
            ledger::disburse(self, before.proposal, step.disbursed).await?;
        }
        if let Some(delivered) = step.delivered {
            let proposal = self.proposal(&Viewer::system(), before.proposal).await?;
            ledger::release_undelivered(self, &proposal, delivered, after.disbursed).await?;
        }
        if step.to == CommitmentLifecycle::Cancelled {
            let proposal = self.proposal(&Viewer::system(), before.proposal).await?;
            ledger::release(self, &proposal, after.disbursed).await?;
        }
        Ok(after)
    }
}
