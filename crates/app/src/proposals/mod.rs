//! Proposals: matches of a published run, answered by both sides. Either side asks, changes the terms, accepts or
//! declines; what both accept is reserved, what is declined or called off is forbidden in later runs.

mod answer;
mod assess;
mod call_off;
mod deadlines;
mod standing;
mod terms;

use std::collections::BTreeMap;

use needmatch_store::agreements::{Proposal, ProposalFilter, ProposalMessage, Side, Subject};
use needmatch_store::keys::ProposalKey;
use needmatch_store::words::MessageKind;
use needmatch_store::{AuditedTransaction, Page, Session};
use serde_json::Value;

use crate::document::{Fields, text};
use crate::error::{AppError, Fault, Faults};
use crate::messages::tell_sides;
use crate::policy::{Action, allow};
use crate::principal::Principal;

pub(crate) use answer::end_open;
pub use answer::{accept, decline};
pub use assess::{Assessment, NEEDS_ASSESSMENT, assess};
pub use call_off::call_off;
pub(crate) use deadlines::lapse;
pub use deadlines::{keep_deadlines, lapse_overdue, remind};
pub(crate) use standing::settle;
pub use terms::{PreparedTerms, change, prepare_change};

/// Most characters of a clarification.
const MAX_MESSAGE: usize = 4000;

/// A proposal the principal may see.
pub async fn get(session: &mut Session, principal: &Principal, key: ProposalKey) -> Result<Proposal, AppError> {
    Ok(session.proposal(&principal.viewer(), key).await?)
}

/// Proposals the principal may see, a page at a time.
pub async fn list(
    session: &mut Session,
    principal: &Principal,
    filter: &ProposalFilter,
    page: &Page,
) -> Result<Vec<Proposal>, AppError> {
    Ok(session.proposals(&principal.viewer(), filter, page).await?)
}

/// What proposals that were found visible are about.
pub async fn subjects(
    session: &mut Session,
    proposals: &[Proposal],
) -> Result<BTreeMap<ProposalKey, Subject>, AppError> {
    Ok(session.subjects(proposals).await?)
}

/// What one proposal is about.
pub async fn subject(session: &mut Session, proposal: &Proposal) -> Result<Subject, AppError> {
    let mut found = session.subjects(std::slice::from_ref(proposal)).await?;
    found.remove(&proposal.key).ok_or(AppError::Internal)
}

/// What was asked and answered about a proposal, in order.
pub async fn messages(
    session: &mut Session,
    principal: &Principal,
    key: ProposalKey,
) -> Result<Vec<ProposalMessage>, AppError> {
    Ok(session.proposal_messages(&principal.viewer(), key).await?)
}

/// Asks for a clarification, or answers one, in the name of a side.
pub async fn write_message(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: ProposalKey,
    document: &Value,
) -> Result<ProposalMessage, AppError> {
    let proposal = get(transaction, principal, key).await?;
    let party = proposal.party(side_of(principal, &proposal, named_side(document), Action::Clarify)?);
    allow(principal, Action::Clarify, Some(party))?;
    let mut faults = Faults::default();
    let read = Fields::of(document, "", &mut faults).map(|mut fields| {
        side_field(&mut fields);
        let value = fields.value("text");
        if value.is_none() {
            fields.refuse("text", None, Fault::Missing {});
        }
        let pointer = fields.pointer("text");
        let body = value.and_then(|value| text(value, &pointer, MAX_MESSAGE, fields.faults));
        fields.finish();
        body
    });
    let body = faults.finish(read.flatten())?;
    let number = transaction.add_message(key, party, &body).await?;
    tell_sides(transaction, &proposal, MessageKind::ProposalMessage).await?;
    let (at, person) = (transaction.at(), transaction.origin().person);
    Ok(ProposalMessage { number, party, person, body, at })
}

/// Reads the side named in a document and refuses a name that is none.
fn side_field(fields: &mut Fields<'_>) {
    if let Some(word) = fields.text("side").filter(|word| side_named(word).is_none()) {
        fields.refuse("side", Some(&word), Fault::UnknownWord { allowed: "state, provider".to_owned() });
    }
}

/// The side named in a document, if one is: who may speak for it is decided before anything else is read.
fn named_side(document: &Value) -> Option<Side> {
    document.get("side").and_then(Value::as_str).and_then(side_named)
}

fn side_named(word: &str) -> Option<Side> {
    match word {
        "state" => Some(Side::State),
        "provider" => Some(Side::Provider),
        _ => None,
    }
}

/// The side the principal acts for: the one it names, else the one it belongs to.
pub(crate) fn side_of(
    principal: &Principal,
    proposal: &Proposal,
    named: Option<Side>,
    action: Action,
) -> Result<Side, AppError> {
    if let Some(side) = named {
        return Ok(side);
    }
    let sides = [Side::State, Side::Provider];
    let own = sides.into_iter().find(|side| principal.mandate_for(proposal.party(*side)).is_some());
    own.ok_or(AppError::Forbidden { action: action.name() })
}
