//! Accepts and declines proposals. Acceptance holds for the terms as they stand.

use needmatch_store::AuditedTransaction;
use needmatch_store::agreements::{Proposal, ProposalFilter, Side};
use needmatch_store::keys::ProposalKey;
use needmatch_store::words::{Ending, MessageKind, OfferLifecycle, ProposalLifecycle, RequestLifecycle};
use needmatch_store::{MAX_PAGE, Order, Page, Viewer};
use serde_json::Value;

use super::assess::check_assessment;
use super::{get, named_side, settle, side_field, side_of, subject};
use crate::document::Fields;
use crate::error::{AppError, Fault, Faults};
use crate::lifecycle::{PROPOSAL, check, row};
use crate::messages::{Telling, tell_sides};
use crate::policy::allow;
use crate::principal::Principal;
use crate::validity::is_over;

/// The reason given with an answer.
pub(super) fn read(document: &Value, needs_reason: bool) -> Result<Option<String>, AppError> {
    let mut faults = Faults::default();
    let read = Fields::of(document, "", &mut faults).map(|mut fields| {
        side_field(&mut fields);
        let reason = fields.text("reason");
        if needs_reason && fields.value("reason").is_none() {
            fields.refuse("reason", None, Fault::Missing {});
        }
        fields.finish();
        reason
    });
    faults.finish(read)
}

/// Checks that a proposal can still be answered by a side, and that the principal may.
async fn answerable(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: ProposalKey,
    document: &Value,
    step: &'static str,
) -> Result<(Proposal, Side), AppError> {
    let step = row("proposal", PROPOSAL, step)?;
    let before = get(transaction, principal, key).await?;
    let side = side_of(principal, &before, named_side(document), step.action)?;
    allow(principal, step.action, Some(before.party(side)))?;
    check("proposal", PROPOSAL, step, before.lifecycle)?;
    in_time(&before, transaction.at(), step.step)?;
    Ok((before, side))
}

/// The proposal as it is to be accepted. Where the other side has accepted, request and offer move as well: they are held
/// first, as whoever ends them does.
async fn held(
    transaction: &mut AuditedTransaction,
    before: Proposal,
    side: Side,
    expected: i64,
) -> Result<Proposal, AppError> {
    AppError::unless_at(expected, before.version)?;
    if !before.is_accepted_by(side.other()) {
        return Ok(before);
    }
    let held = transaction.hold_with_subject(before.key).await?;
    AppError::unless_at(expected, held.version)?;
    Ok(held)
}

/// Refuses an answer after the deadline, whether or not anybody has noted the lapse yet.
pub(super) fn in_time(proposal: &Proposal, now: jiff::Timestamp, step: &str) -> Result<(), AppError> {
    if proposal.lifecycle != ProposalLifecycle::Proposed || proposal.deadline_at >= now {
        return Ok(());
    }
    let state = ProposalLifecycle::Lapsed.to_string();
    Err(AppError::NotAllowedNow { kind: "proposal", step: step.to_owned(), state, allowed: Vec::new() })
}

/// Accepts the terms for a side. When both have, what they agreed is reserved, and request and offer move with it.
///
/// # Errors
/// [`AppError::RuleBroken`] when the assessment that the kind of help needs is missing or says no (¶101), or when the
/// offer no longer holds that much.
pub async fn accept(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: ProposalKey,
    expected: i64,
    document: &Value,
) -> Result<Proposal, AppError> {
    let (before, side) = answerable(transaction, principal, key, document, "accept").await?;
    let reason = read(document, false)?;
    let before = held(transaction, before, side, expected).await?;
    let subject = subject(transaction, &before).await?;
    check_assessment(&before, &subject)?;
    let request = transaction.request(&Viewer::system(), subject.request).await?;
    // What is past its day is over, whether or not anybody has noted it yet.
    if is_over(request.content.valid_until, transaction.at()) {
        return Err(AppError::broken("the request is expired"));
    }
    match request.lifecycle {
        RequestLifecycle::Withdrawn => return Err(AppError::broken("the request is withdrawn")),
        RequestLifecycle::Expired => return Err(AppError::broken("the request is expired")),
        RequestLifecycle::Circulated
        | RequestLifecycle::InRound
        | RequestLifecycle::PartlyMet
        | RequestLifecycle::Met
            if request.components.iter().any(|component| component.key == before.component) => {}
        _ => return Err(AppError::broken("the state is rewriting the request")),
    }
    let offer = transaction.offer(&Viewer::system(), before.offer).await?;
    if is_over(offer.content.valid_until, transaction.at()) {
        return Err(AppError::broken("the offer is expired"));
    }
    match offer.lifecycle {
        OfferLifecycle::Withdrawn => return Err(AppError::broken("the offer is withdrawn")),
        OfferLifecycle::Expired => return Err(AppError::broken("the offer is expired")),
        _ => {}
    }
    let after = transaction.accept_proposal(key, expected, side, reason.as_deref()).await?;
    let is_agreed = after.lifecycle == ProposalLifecycle::Agreed;
    if is_agreed {
        settle(transaction, &after).await?;
    }
    let told = if is_agreed { MessageKind::ProposalAgreed } else { MessageKind::ProposalAccepted };
    tell_sides(transaction, &after, told).await?;
    Ok(after)
}

/// Declines a proposal, with a reason, for good.
pub async fn decline(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: ProposalKey,
    expected: i64,
    document: &Value,
) -> Result<Proposal, AppError> {
    let (_, side) = answerable(transaction, principal, key, document, "decline").await?;
    let reason = read(document, true)?.unwrap_or_default();
    let declined = transaction.decline_proposal(key, expected, side, &reason).await?;
    tell_sides(transaction, &declined, MessageKind::ProposalDeclined).await?;
    Ok(declined)
}

/// Ends every open proposal of a request or offer that ends, and says how.
pub(crate) async fn end_open(
    transaction: &mut AuditedTransaction,
    filter: ProposalFilter,
    ending: Ending,
    reason: Option<&str>,
) -> Result<(), AppError> {
    let told = match ending {
        Ending::RequestWithdrawn | Ending::OfferWithdrawn => MessageKind::ProposalDeclined,
        _ => MessageKind::ProposalLapsed,
    };
    let filter = ProposalFilter { lifecycle: Some(ProposalLifecycle::Proposed), ..filter };
    let page = Page { order: Order::Oldest, after: None, limit: MAX_PAGE };
    let mut telling = Telling::default();
    loop {
        // What has ended is no longer found: the first page is always the next.
        let open = transaction.proposals(&Viewer::system(), &filter, &page).await?;
        if open.is_empty() {
            return Ok(());
        }
        for proposal in open {
            // Held, so that an answer on its way is waited for: whatever it decided stands, and what it left open ends.
            let held = transaction.hold_proposal(proposal.key).await?;
            if held.lifecycle != ProposalLifecycle::Proposed {
                continue;
            }
            let ended = transaction.end_proposal(held.key, held.version, ending, reason).await?;
            telling.tell_sides(transaction, &ended, told).await?;
        }
    }
}
