//! Enters an evaluated commitment into the public catalogue. State and provider are named only where both request and
//! offer are public; what was learnt is for all.

use needmatch_domain::scenario::Visibility;
use needmatch_store::agreements::{Commitment, NewOutcome, Proposal};
use needmatch_store::words::Circulation;
use needmatch_store::{AuditedTransaction, Viewer};
use serde_json::json;

use super::details;
use crate::app::new_key;
use crate::error::AppError;
use crate::proposals;

/// Enters what came of a commitment.
pub(super) async fn publish(
    transaction: &mut AuditedTransaction,
    commitment: &Commitment,
    proposal: &Proposal,
) -> Result<(), AppError> {
    let details = details(commitment)?;
    let Some(report) = details.report else { return Ok(()) };
    let subject = proposals::subject(transaction, proposal).await?;
    let request = transaction.request(&Viewer::system(), subject.request).await?;
    let offer = transaction.offer(&Viewer::system(), proposal.offer).await?;
    let is_public = request.circulation == Circulation::Public && offer.content.visibility == Visibility::Public;
    let provider = transaction.party(proposal.provider_party).await?.code;
    let indicators = details.indicators.iter().zip(&report.results).map(|(indicator, result)| {
        json!({
            "name": indicator.name, "unit": indicator.unit, "baseline": indicator.baseline,
            "target": indicator.target, "result": result,
        })
    });
    let body = json!({
        "period": proposal.terms.period, "indicators": indicators.collect::<Vec<_>>(), "lessons": report.lessons,
        // A summary is written for both sides and may name them.
        "summary": is_public.then_some(report.summary),
    });
    let new = NewOutcome {
        key: new_key(),
        commitment: commitment.key,
        party: proposal.state_party,
        area: request.content.area,
        r#type: subject.component_type,
        state: is_public.then_some(request.content.state),
        provider: is_public.then_some(provider),
        body,
    };
    Ok(transaction.add_outcome(&new).await?)
}
