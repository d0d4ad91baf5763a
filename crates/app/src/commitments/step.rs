//! Moves commitments along: money placed at disposal, delivery confirmed by the state, evaluation signed by both, or
//! given up.

use needmatch_store::agreements::{Commitment, CommitmentStep, Proposal, Side};
use needmatch_store::keys::CommitmentKey;
use needmatch_store::words::CommitmentLifecycle;
use needmatch_store::{AuditedTransaction, Viewer};
use serde_json::{Value, json};

use super::{CommitmentDetails, details, document, evaluate, get};
use crate::error::AppError;
use crate::lifecycle::{COMMITMENT, check, row};
use crate::policy::allow;
use crate::principal::Principal;
use crate::proposals::{settle, side_of};

/// Takes a step: `disburse` (provider), `deliver` (state), `evaluate` (each side once), `cancel` (either side).
pub async fn take_step(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: CommitmentKey,
    expected: i64,
    name: &str,
    document: &Value,
) -> Result<Commitment, AppError> {
    let step = row("commitment", COMMITMENT, name)?;
    let before = get(transaction, principal, key).await?;
    let proposal = transaction.proposal(&Viewer::system(), before.proposal).await?;
    let side = match name {
        "disburse" => Side::Provider,
        "deliver" => Side::State,
        _ => side_of(principal, &proposal, None, step.action)?,
    };
    allow(principal, step.action, Some(proposal.party(side)))?;
    check("commitment", COMMITMENT, step, before.lifecycle)?;
    let taking = Taking { name: step.step, before: &before, proposal: &proposal, side, to: step.to };
    let (moved, reason) = match step.to {
        CommitmentLifecycle::Disbursing => taking.disburse(document)?,
        CommitmentLifecycle::Delivered => taking.deliver(document)?,
        CommitmentLifecycle::Evaluated => taking.evaluate(document)?,
        _ => taking.cancel(document)?,
    };
    let after = transaction.move_commitment(key, expected, proposal.party(side), &moved, reason.as_deref()).await?;
    match after.lifecycle {
        CommitmentLifecycle::Cancelled | CommitmentLifecycle::Delivered => settle(transaction, &proposal).await?,
        CommitmentLifecycle::Evaluated => evaluate::publish(transaction, &after, &proposal).await?,
        _ => {}
    }
    Ok(after)
}

/// A step about to be taken.
struct Taking<'a> {
    name: &'static str,
    before: &'a Commitment,
    proposal: &'a Proposal,
    side: Side,
    to: CommitmentLifecycle,
}

type Taken = (CommitmentStep, Option<String>);

impl Taking<'_> {
    fn step(&self, to: CommitmentLifecycle, disbursed: i64, body: &CommitmentDetails) -> CommitmentStep {
        CommitmentStep { name: self.name, to, disbursed, delivered: None, body: json!(body) }
    }

    fn disburse(&self, document: &Value) -> Result<Taken, AppError> {
        let (amount, reason) = document::read_disbursement(document)?;
        Ok((self.step(self.to, amount, &details(self.before)?), reason))
    }

    fn deliver(&self, document: &Value) -> Result<Taken, AppError> {
        let delivery = document::read_delivery(document, self.proposal.terms.quantity)?;
        let (reason, delivered) = (delivery.note.clone(), Some(delivery.quantity));
        let body = CommitmentDetails { delivery: Some(delivery), ..details(self.before)? };
        Ok((CommitmentStep { delivered, ..self.step(self.to, 0, &body) }, reason))
    }

    /// A report that differs from the one that stands is to be signed by the other side anew.
    fn evaluate(&self, document: &Value) -> Result<Taken, AppError> {
        let mut body = details(self.before)?;
        let given = document::read_report(document, body.indicators.len())?;
        if let Some(report) = given.filter(|report| body.report.as_ref() != Some(report)) {
            body.report = Some(report);
            (body.state_signed, body.provider_signed) = (false, false);
        }
        if body.report.is_none() {
            return Err(AppError::RuleBroken { rule: "a report stands before it is signed".to_owned() });
        }
        match self.side {
            Side::State => body.state_signed = true,
            Side::Provider => body.provider_signed = true,
        }
        let is_signed = body.state_signed && body.provider_signed;
        let to = if is_signed { CommitmentLifecycle::Evaluated } else { CommitmentLifecycle::Delivered };
        Ok((self.step(to, 0, &body), None))
    }

    fn cancel(&self, document: &Value) -> Result<Taken, AppError> {
        let reason = document::read_reason(document)?;
        Ok((self.step(self.to, 0, &details(self.before)?), Some(reason)))
    }
}
