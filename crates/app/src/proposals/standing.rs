//! Request and offer move with what is reserved of them: partly met or met, reserved in part or exhausted, and back when
//! a commitment is given up or delivered short. Nobody takes these steps; they follow.

use needmatch_store::agreements::Proposal;
use needmatch_store::register::{Offer, Request};
use needmatch_store::words::OfferLifecycle;
use needmatch_store::words::RequestLifecycle::{self, Circulated, InRound, Met, PartlyMet};
use needmatch_store::{AuditedTransaction, Move, Viewer};

use crate::error::AppError;
use crate::requests::component_details;

/// What the step is called that follows from the ledger.
const SETTLE: &str = "settle";

/// Moves request and offer of a proposal to where its ledger has brought them.
pub(crate) async fn settle(transaction: &mut AuditedTransaction, proposal: &Proposal) -> Result<(), AppError> {
    let key = transaction.request_of(proposal.component).await?;
    let request = transaction.request(&Viewer::system(), key).await?;
    // What a round has not decided on is not its state's to rewrite.
    let free = if transaction.is_request_held(key).await? { InRound } else { Circulated };
    if let Some(to) = request_standing(&request, free)? {
        transaction.move_request(request.key, request.version, Move::by(SETTLE, to), None).await?;
    }
    let offer = transaction.offer(&Viewer::system(), proposal.offer).await?;
    if let Some(to) = offer_standing(&offer) {
        transaction.move_offer(offer.key, offer.version, Move::by(SETTLE, to)).await?;
    }
    Ok(())
}

/// Where a request belongs; `None`: where it is. `free` is where it goes once nothing is promised any more.
fn request_standing(request: &Request, free: RequestLifecycle) -> Result<Option<RequestLifecycle>, AppError> {
    if !matches!(request.lifecycle, Circulated | InRound | PartlyMet | Met) {
        return Ok(None);
    }
    let mut is_met = true;
    for component in &request.components {
        is_met &= component_details(component)?.received + component.committed.unwrap_or(0) >= component.quantity;
    }
    let promised = request.components.iter().any(|component| component.committed > Some(0));
    let to = match (is_met, promised) {
        (true, true) => Met,
        (_, true) => PartlyMet,
        (_, false) if matches!(request.lifecycle, PartlyMet | Met) => free,
        (_, false) => request.lifecycle,
    };
    Ok((to != request.lifecycle).then_some(to))
}

/// Where an offer belongs; `None`: where it is.
fn offer_standing(offer: &Offer) -> Option<OfferLifecycle> {
    use OfferLifecycle::{Available, Exhausted, Reserved};
    if !matches!(offer.lifecycle, Available | Reserved | Exhausted) {
        return None;
    }
    let to = match offer.committed? {
        0 => Available,
        committed if committed >= offer.content.quantity => Exhausted,
        _ => Reserved,
    };
    (to != offer.lifecycle).then_some(to)
}
