//! Rounds: opened, frozen to what the register holds, published.
//!
//! Freezing takes two steps, because it computes for long and a writing transaction must not: [`prepare`] reads and
//! checks everything, [`freeze`] keeps it if nothing has changed meanwhile.

mod beside;
mod decisions;
mod document;
mod freeze;
mod frozen;
mod gather;
mod import;
mod joint;
mod left_out;
mod money;
mod publication;
mod room;
mod rows;
pub(crate) mod settings;
mod shortfalls;
mod snapshot;
mod sources;
mod visible;

use needmatch_store::keys::RoundKey;
use needmatch_store::parties::Party;
use needmatch_store::rounds::{NewRound, Round};
use needmatch_store::words::{PartyKind, RequestLifecycle, RoundLifecycle};
use needmatch_store::{AuditedTransaction, Move, Page, Session};
use serde_json::Value;

use crate::app::new_key;
use crate::document::Fields;
use crate::error::{AppError, Fault, Faults};
use crate::lifecycle::{ROUND, check, not_allowed, row};
use crate::parties;
use crate::policy::{Action, allow};
use crate::principal::Principal;
use crate::proposals;

pub(crate) use decisions::hold_decisions;
pub use document::{AbsorptionRow, BaselineRow, ChannelRow, LockRow, RoundDocument, SuitabilityRow};
pub use freeze::{Prepared, freeze, prepare};
pub(crate) use freeze::{freeze_blocking, freeze_scenario};
pub use frozen::FrozenRound;
pub use import::{Imported, import};
pub use left_out::LeftOut;
pub(crate) use money::Exchange;
pub use publication::{PreparedPublication, prepare_publication, publish};
pub use shortfalls::{Told, told};
pub use snapshot::snapshot;
pub(crate) use visible::Surroundings;

/// A round as read from a document.
struct Draft {
    name: String,
    cut_off_at: jiff::Timestamp,
    document: RoundDocument,
}

/// Reads a round and checks its settings against the states known now.
async fn read(session: &mut Session, at: jiff::Timestamp, document: &Value) -> Result<Draft, AppError> {
    let mut faults = Faults::default();
    let draft = Fields::of(document, "", &mut faults).map(|mut fields| {
        let name = fields.required_text("name");
        let cut_off_at = fields.moment("cut_off_at").unwrap_or(at);
        let document = RoundDocument::read(&mut fields);
        fields.finish();
        (name, cut_off_at, document)
    });
    let settings = draft.as_ref().map(|(_, _, document)| document.settings.clone());
    let states = parties::declared_profiles(session).await?;
    let checked = settings.map_or(Ok(()), |given| settings::read(&given, "round", states, "/settings").map(drop));
    match checked {
        Err(AppError::Invalid { fields }) => {
            for field in fields {
                faults.push(field.pointer, field.value.as_deref(), field.fault);
            }
        }
        other => other?,
    }
    faults.finish(draft.and_then(|(name, cut_off_at, document)| Some(Draft { name: name?, cut_off_at, document })))
}

/// Opens a round of the coordinator the principal acts for.
pub async fn open(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    document: &Value,
) -> Result<Round, AppError> {
    allow(principal, Action::PrepareRound, None)?;
    let coordinator = principal.mandate_of(PartyKind::Coordinator).map(|mandate| mandate.party);
    let party = coordinator.ok_or(AppError::Forbidden { action: Action::PrepareRound.name() })?;
    let at = transaction.at();
    let Draft { name, cut_off_at, document } = read(transaction, at, document).await?;
    let new = NewRound { key: new_key(), party, name, settings: written(&document)?, cut_off_at };
    Ok(transaction.add_round(&new).await?)
}

/// Rewrites an open round.
pub async fn rewrite(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: RoundKey,
    expected: i64,
    document: &Value,
) -> Result<Round, AppError> {
    let before = get(transaction, principal, key).await?;
    allow(principal, Action::PrepareRound, Some(before.party))?;
    if before.lifecycle != RoundLifecycle::Open {
        return Err(not_allowed("round", ROUND, "change", before.lifecycle));
    }
    let at = before.cut_off_at;
    let Draft { name, cut_off_at, document } = read(transaction, at, document).await?;
    Ok(transaction.change_round(key, expected, &name, &written(&document)?, cut_off_at).await?)
}

/// A round the principal may see.
pub async fn get(session: &mut Session, principal: &Principal, key: RoundKey) -> Result<Round, AppError> {
    Ok(session.round(&principal.viewer(), key).await?)
}

/// Rounds the principal may see, all or in one state.
pub async fn list(
    session: &mut Session,
    principal: &Principal,
    lifecycle: Option<RoundLifecycle>,
    page: &Page,
) -> Result<Vec<Round>, AppError> {
    Ok(session.rounds(&principal.viewer(), lifecycle, page).await?)
}

/// Moves a published round on: `decide` once every proposal is answered or has lapsed, then `close`. At the end, requests
/// that nothing was agreed for are circulated again, so that the next round takes them.
pub async fn take_step(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: RoundKey,
    expected: i64,
    name: &str,
    reason: Option<&str>,
) -> Result<Round, AppError> {
    let step = row("round", ROUND, name)?;
    let before = get(transaction, principal, key).await?;
    allow(principal, step.action, Some(before.party))?;
    check("round", ROUND, step, before.lifecycle)?;
    match step.to {
        RoundLifecycle::Decided => {
            proposals::lapse(transaction, key).await?;
            let open = transaction.open_proposals(key).await?;
            if open > 0 {
                return Err(AppError::RuleBroken { rule: format!("proposals still wait for an answer: {open}") });
            }
        }
        RoundLifecycle::Closed => release_requests(transaction, key).await?,
        // Freezing and publishing bring more with them than a step.
        _ => return Err(AppError::not_found("step of a round", name)),
    }
    Ok(transaction.move_round(key, expected, before.lifecycle, Move::by(step.step, step.to).because(reason)).await?)
}

/// Requests of a round that nothing was agreed for leave it, but for those that another round has not decided on.
async fn release_requests(transaction: &mut AuditedTransaction, round: RoundKey) -> Result<(), AppError> {
    for (request, version) in transaction.hold_released(round).await? {
        let taken = Move::by("close", RequestLifecycle::Circulated).because(Some("the round is closed"));
        transaction.move_request(request, version, taken, None).await?;
    }
    Ok(())
}

/// Admits an observer, by code, to the whole of a round.
pub async fn admit(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: RoundKey,
    document: &Value,
) -> Result<Vec<Party>, AppError> {
    let round = get(transaction, principal, key).await?;
    allow(principal, Action::AdmitObserver, Some(round.party))?;
    let mut faults = Faults::default();
    let code = Fields::of(document, "", &mut faults).and_then(|mut fields| {
        let code = fields.required_text("observer");
        fields.finish();
        code
    });
    let observer = match &code {
        Some(code) => transaction.party_by_code(PartyKind::Observer, code).await?,
        None => None,
    };
    if let (Some(code), None) = (&code, &observer) {
        faults.push("/observer", Some(code), Fault::UnknownParty { kind: "observer" });
    }
    let observer = faults.finish(observer)?;
    transaction.admit_observer(key, observer.key).await?;
    observers(transaction, principal, key).await
}

/// Observers admitted to the whole of a round.
pub async fn observers(session: &mut Session, principal: &Principal, key: RoundKey) -> Result<Vec<Party>, AppError> {
    let round = get(session, principal, key).await?;
    allow(principal, Action::AdmitObserver, Some(round.party))?;
    let mut parties = Vec::new();
    for party in session.round_observers(key).await? {
        parties.push(session.party(party).await?);
    }
    Ok(parties)
}

/// What the settings column of a round holds.
///
/// # Errors
/// [`AppError::Internal`] when what is stored is not what was written.
pub fn document(round: &Round) -> Result<RoundDocument, AppError> {
    crate::requests::stored("round", &round.settings)
}

fn written(document: &RoundDocument) -> Result<Value, AppError> {
    serde_json::to_value(document).map_err(|_| AppError::Internal)
}
