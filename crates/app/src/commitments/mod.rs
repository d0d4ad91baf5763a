//! Commitments: agreed proposals written down (¶104) and followed to their evaluated outcome (¶107–108).

mod document;
mod evaluate;
mod step;

use needmatch_store::agreements::{Commitment, CommitmentFilter, Outcome, OutcomeFilter};
use needmatch_store::keys::{CommitmentKey, OutcomeKey, ProposalKey};
use needmatch_store::{AuditedTransaction, Page, Session};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::app::new_key;
use crate::error::AppError;
use crate::lifecycle::{PROPOSAL, check, row};
use crate::policy::{Action, allow};
use crate::principal::Principal;
use crate::proposals::{self, side_of};

pub use document::COMMITMENT_FIELDS;
pub use step::take_step;

/// What a commitment says beside its columns: the body the store keeps.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitmentDetails {
    /// What success is measured by.
    #[serde(default)]
    pub indicators: Vec<Indicator>,
    /// Number of the written instrument, if it has one.
    #[serde(default)]
    pub instrument: Option<String>,
    /// What the state confirmed.
    #[serde(default)]
    pub delivery: Option<Delivery>,
    /// What came of it.
    #[serde(default)]
    pub report: Option<Report>,
    /// Whether the state has signed the report.
    #[serde(default)]
    pub state_signed: bool,
    /// Whether the provider has signed the report.
    #[serde(default)]
    pub provider_signed: bool,
}

/// What success is measured by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// What is counted.
    pub name: String,
    /// In which unit.
    pub unit: String,
    /// Where it stood before.
    pub baseline: i64,
    /// Where it should come to.
    pub target: i64,
}

/// A delivery that the state confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// In the component's unit.
    pub quantity: i64,
    /// In the state's words.
    pub note: Option<String>,
}

/// What came of a commitment, signed by both sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// In a few sentences.
    pub summary: String,
    /// Where the indicators came to, in their order.
    pub results: Vec<i64>,
    /// What others can learn from it.
    pub lessons: Vec<String>,
}

/// The details of a stored commitment.
///
/// # Errors
/// [`AppError::Internal`] when what is stored is not what was written.
pub fn details(commitment: &Commitment) -> Result<CommitmentDetails, AppError> {
    crate::requests::stored("commitment", &commitment.body)
}

/// Writes an agreed proposal down: it names the national authority and the procedure it follows.
pub async fn create(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: ProposalKey,
    document: &Value,
) -> Result<Commitment, AppError> {
    let proposal = proposals::get(transaction, principal, key).await?;
    let side = side_of(principal, &proposal, None, Action::Commit)?;
    allow(principal, Action::Commit, Some(proposal.party(side)))?;
    // From here on nobody calls it off.
    let proposal = transaction.hold_proposal(key).await?;
    let step = row("proposal", PROPOSAL, "commit")?;
    check("proposal", PROPOSAL, step, proposal.lifecycle)?;
    let (authority, procedure, details) = document::read(document)?;
    let body = json!(details);
    let new = needmatch_store::agreements::NewCommitment { key: new_key(), proposal: key, authority, procedure, body };
    Ok(transaction.add_commitment(&new).await?)
}

/// A commitment the principal may see.
pub async fn get(session: &mut Session, principal: &Principal, key: CommitmentKey) -> Result<Commitment, AppError> {
    Ok(session.commitment(&principal.viewer(), key).await?)
}

/// Commitments the principal may see, all or in one state, a page at a time.
pub async fn list(
    session: &mut Session,
    principal: &Principal,
    filter: &CommitmentFilter,
    page: &Page,
) -> Result<Vec<Commitment>, AppError> {
    Ok(session.commitments(&principal.viewer(), filter, page).await?)
}

/// A result of the public catalogue.
pub async fn outcome(session: &mut Session, key: OutcomeKey) -> Result<Outcome, AppError> {
    Ok(session.outcome(key).await?)
}

/// The public catalogue of results and lessons, a page at a time.
pub async fn outcomes(session: &mut Session, filter: &OutcomeFilter, page: &Page) -> Result<Vec<Outcome>, AppError> {
    Ok(session.outcomes(filter, page).await?)
}
