//! Calls off what both sides agreed, while nobody has written it down: what it held is given back, request and offer move
//! with it, and the match is a declined one for later runs. Once a commitment stands, that is given up instead.

use needmatch_store::AuditedTransaction;
use needmatch_store::agreements::Proposal;
use needmatch_store::keys::ProposalKey;
use needmatch_store::words::MessageKind;
use serde_json::Value;

use super::answer::read;
use super::{get, named_side, settle, side_of};
use crate::error::AppError;
use crate::lifecycle::{COMMITMENT, PROPOSAL, check, row, steps_from};
use crate::messages::tell_sides;
use crate::policy::allow;
use crate::principal::Principal;

/// Calls an agreed proposal off in the name of a side, with a reason.
///
/// # Errors
/// [`AppError::NotAllowedNow`] when it is not agreed, or a commitment was written: then with the steps of that.
pub async fn call_off(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: ProposalKey,
    expected: i64,
    document: &Value,
) -> Result<Proposal, AppError> {
    let step = row("proposal", PROPOSAL, "call-off")?;
    let seen = get(transaction, principal, key).await?;
    let side = side_of(principal, &seen, named_side(document), step.action)?;
    allow(principal, step.action, Some(seen.party(side)))?;
    // From here on nobody writes it down, nor ends what it is about.
    let before = transaction.hold_with_subject(key).await?;
    check("proposal", PROPOSAL, step, before.lifecycle)?;
    if let Some(written) = transaction.commitment_of(key).await? {
        let (state, allowed) = (written.lifecycle.to_string(), steps_from(COMMITMENT, written.lifecycle));
        return Err(AppError::NotAllowedNow { kind: "proposal", step: step.step.to_owned(), state, allowed });
    }
    let reason = read(document, true)?.unwrap_or_default();
    let ended = transaction.call_off_proposal(key, expected, side, &reason).await?;
    settle(transaction, &ended).await?;
    tell_sides(transaction, &ended, MessageKind::ProposalCalledOff).await?;
    Ok(ended)
}
