//! Rounds: opened, frozen to what the register holds, published.
//!
//! Freezing takes two steps, because it computes for long and a writing transaction must not: [`prepare`] reads and
//! checks everything, [`freeze`] keeps it if nothing has changed meanwhile.

mod document;
mod freeze;
mod frozen;
mod gather;
mod import;
pub(crate) mod settings;

use needmatch_store::keys::{RoundKey, RunKey};
use needmatch_store::rounds::{NewRound, Round};
use needmatch_store::words::{PartyKind, RoundLifecycle};
use needmatch_store::{AuditedTransaction, Page, Session};
use serde_json::Value;

use crate::app::new_key;
use crate::document::Fields;
use crate::error::{AppError, Fault, Faults};
use crate::lifecycle::{ROUND, check, not_allowed, row};
use crate::parties;
use crate::policy::{Action, allow};
use crate::principal::Principal;

pub use document::{AbsorptionRow, BaselineRow, ChannelRow, LockRow, RoundDocument, SuitabilityRow};
pub(crate) use freeze::freeze_scenario;
pub use freeze::{Prepared, freeze, prepare};
pub use frozen::FrozenRound;
pub use gather::LeftOut;
pub use import::{Imported, import};

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

/// Publishes one finished run of a frozen round.
pub async fn publish(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: RoundKey,
    expected: i64,
    run: RunKey,
) -> Result<Round, AppError> {
    let step = row("round", ROUND, "publish")?;
    let before = get(transaction, principal, key).await?;
    allow(principal, step.action, Some(before.party))?;
    check("round", ROUND, step, before.lifecycle)?;
    let found = transaction.run(&principal.viewer(), run).await;
    if !matches!(&found, Ok(found) if found.round == key) {
        let mut faults = Faults::default();
        faults.push("/run", Some(&run.to_string()), Fault::NotAKey {});
        return faults.finish(None);
    }
    transaction.publish_round(key, expected, run).await.map_err(|error| match error {
        needmatch_store::StoreError::NotFound { .. } => {
            AppError::RuleBroken { rule: "only a run with a plan is published".to_owned() }
        }
        other => other.into(),
    })
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
