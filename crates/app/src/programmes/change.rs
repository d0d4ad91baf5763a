//! Registers, rewrites and retires programmes.

use needmatch_domain::ids::ProgrammeId;
use needmatch_store::AuditedTransaction;
use needmatch_store::keys::{PartyKey, ProgrammeKey};
use needmatch_store::register::{NewProgramme, Programme};
use needmatch_store::words::PartyKind;
use serde_json::Value;

use super::{details, document, get};
use crate::app::new_key;
use crate::document::kept_key;
use crate::error::{AppError, Faults};
use crate::parties;
use crate::policy::{Action, allow};
use crate::principal::Principal;
use crate::sandbox;

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
    create_for(transaction, principal, party, document).await
}

async fn create_for(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    party: PartyKey,
    document: &Value,
) -> Result<Programme, AppError> {
    allow(principal, Action::RegisterProgramme, Some(party))?;
    let declared = parties::declared(transaction).await?;
    let key: ProgrammeKey = new_key();
    let mut faults = Faults::default();
    let document = sandbox::named(&transaction.party(party).await?, document);
    let read = document::read(&document, &reference_of(key), &declared, &mut faults);
    let content = faults.finish(read)?;
    Ok(transaction.add_programme(&NewProgramme { key, party, content }).await?)
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
    let document = sandbox::named(&transaction.party(before.party).await?, document);
    let read = document::read(&document, &before.content.reference, &declared, &mut faults);
    let mut content = faults.finish(read)?;
    if let Some(collection) = details(&before)?.collection {
        content.body["collection"] = collection.into();
    }
    if before.content == content {
        return Ok(before);
    }
    Ok(transaction.change_programme(key, expected, &content).await?)
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
        None => create_for(transaction, principal, party, &document).await.map(|row| (row, true)),
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
