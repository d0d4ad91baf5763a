//! Registers, rewrites, confirms and retires programmes.

use std::collections::BTreeSet;

use needmatch_domain::ids::ProgrammeId;
use needmatch_store::keys::{PartyKey, ProgrammeKey};
use needmatch_store::register::{NewProgramme, Programme, ProgrammeContent, Unique};
use needmatch_store::words::PartyKind;
use needmatch_store::{AuditedTransaction, Session};
use serde_json::Value;

use super::{details, document, get};
use crate::app::new_key;
use crate::document::kept_key;
use crate::error::{AppError, Faults};
use crate::names::{self, Given};
use crate::parties;
use crate::policy::{Action, allow};
use crate::principal::Principal;

/// Registers a programme of the party the principal acts for.
///
/// # Errors
/// [`AppError::RuleBroken`] where they act for several of a kind: [`put`] names the party.
pub async fn create(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    document: &Value,
) -> Result<Programme, AppError> {
    if !principal.is_signed_in() {
        return Err(AppError::Unauthenticated);
    }
    let kinds = [PartyKind::Coordinator, PartyKind::Provider, PartyKind::State];
    let kind = kinds.into_iter().find(|kind| principal.mandate_of(*kind).is_some());
    let kind = kind.ok_or(AppError::Forbidden { action: Action::RegisterProgramme.name() })?;
    let several = "who acts for several parties names one in the address";
    let party = principal.only_mandate_of(kind).ok_or_else(|| AppError::broken(several))?.party;
    create_for(transaction, principal, party, document, true).await
}

async fn create_for(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    party: PartyKey,
    document: &Value,
    is_alone: bool,
) -> Result<Programme, AppError> {
    allow(principal, Action::RegisterProgramme, Some(party))?;
    let declared = parties::declared(transaction).await?;
    let key: ProgrammeKey = new_key();
    let mut faults = Faults::default();
    let mut document = document.clone();
    names::put_under(&transaction.party(party).await?.code, &mut document, &BTreeSet::new());
    let read = document::read(&document, &reference_of(key), &declared, &mut faults);
    if let Some(content) = &read {
        names::check_free(transaction, &given_by(party, content), is_alone, &mut faults).await?;
    }
    let content = faults.finish(read)?;
    let is_confirmed = may_confirm(transaction, principal, &content.state).await?.is_ok();
    Ok(transaction.add_programme(&NewProgramme { key, party, content, is_confirmed }).await?)
}

/// Whether the principal may stand by a programme for that state: for the state itself, or as a coordinator.
async fn may_confirm(
    session: &mut Session,
    principal: &Principal,
    state: &str,
) -> Result<Result<(), AppError>, AppError> {
    let state = session.party_by_code(PartyKind::State, state).await?;
    Ok(allow(principal, Action::ConfirmProgramme, state.map(|party| party.key)))
}

/// The names that a new programme gives.
fn given_by(party: PartyKey, content: &ProgrammeContent) -> Vec<Given> {
    let of = |unique, name: &str, pointer: &str| Given { unique, name: name.to_owned(), pointer: pointer.to_owned() };
    let key = content.external_id.iter().map(|key| of(Unique::ProgrammeOf(party), key, "/external_id"));
    [of(Unique::Programme, &content.reference, "/reference")].into_iter().chain(key).collect()
}

/// Rewrites a programme. One that says the same already stays as it is.
pub async fn rewrite(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: ProgrammeKey,
    expected: i64,
    document: &Value,
) -> Result<Programme, AppError> {
    let before = get(transaction, principal, key).await?;
    allow(principal, Action::ChangeProgramme, Some(before.party))?;
    if before.version != expected {
        return Err(AppError::VersionMismatch { expected, actual: before.version });
    }
    let declared = parties::declared(transaction).await?;
    let mut faults = Faults::default();
    let mut document = document.clone();
    let kept = BTreeSet::from([before.content.reference.clone()]);
    names::put_under(&transaction.party(before.party).await?.code, &mut document, &kept);
    let read = document::read(&document, &before.content.reference, &declared, &mut faults);
    if let Some(content) = &read {
        let known = [Some(&before.content.reference), before.content.external_id.as_ref()];
        let mut given = given_by(before.party, content);
        given.retain(|one| !known.contains(&Some(&one.name)));
        names::check_free(transaction, &given, false, &mut faults).await?;
    }
    let mut content = faults.finish(read)?;
    if let Some(collection) = details(&before)?.collection {
        content.body["collection"] = collection.into();
    }
    if before.content == content {
        return Ok(before);
    }
    let is_confirmed = may_confirm(transaction, principal, &content.state).await?.is_ok();
    Ok(transaction.change_programme(key, expected, &content, is_confirmed).await?)
}

/// Stands by a programme: it takes part in the rounds that are frozen from now on.
///
/// # Errors
/// [`AppError::NotAllowedNow`] when it was confirmed before, or retired.
pub async fn confirm(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: ProgrammeKey,
    expected: i64,
    reason: Option<&str>,
) -> Result<Programme, AppError> {
    let before = get(transaction, principal, key).await?;
    may_confirm(transaction, principal, &before.content.state).await??;
    AppError::unless_at(expected, before.version)?;
    if before.confirmed_at.is_some() {
        let (kind, step, state) = ("programme", "confirm".to_owned(), "confirmed".to_owned());
        return Err(AppError::NotAllowedNow { kind, step, state, allowed: vec!["retire"] });
    }
    Ok(transaction.confirm_programme(key, expected, reason).await?)
}

/// Makes a party's record of that external key what the document says. Answers whether it was registered.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such party: a coordinator may write for any, but only for one that is there.
pub async fn put(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    party: PartyKey,
    external_id: &str,
    expected: Option<i64>,
    document: &Value,
) -> Result<(Programme, bool), AppError> {
    parties::get(transaction, principal, party).await?;
    allow(principal, Action::RegisterProgramme, Some(party))?;
    let mut document = document.clone();
    if let Value::Object(fields) = &mut document {
        fields.insert("external_id".to_owned(), external_id.into());
    }
    let before = match kept_key::<ProgrammeId>(external_id) {
        Some(key) => transaction.programme_by_external_id(&principal.viewer(), party, &key).await?,
        None => None,
    };
    match before {
        Some(before) => {
            let expected = expected.unwrap_or(before.version);
            rewrite(transaction, principal, before.key, expected, &document).await.map(|row| (row, false))
        }
        None => create_for(transaction, principal, party, &document, false).await.map(|row| (row, true)),
    }
}

/// Takes a programme out of use.
pub async fn retire(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: ProgrammeKey,
    expected: i64,
    reason: Option<&str>,
) -> Result<Programme, AppError> {
    let before = get(transaction, principal, key).await?;
    allow(principal, Action::ChangeProgramme, Some(before.party))?;
    Ok(transaction.retire_programme(key, expected, reason).await?)
}

/// A reference for a programme that names none: short, and unique because the key is.
fn reference_of(key: ProgrammeKey) -> String {
    let text = key.to_string();
    format!("P-{}", text.get(24..).unwrap_or(&text))
}
