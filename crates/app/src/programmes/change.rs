//! Registers, rewrites, confirms and retires programmes.

use std::collections::{BTreeMap, BTreeSet};

use needmatch_domain::ids::ProgrammeId;
use needmatch_store::keys::{PartyKey, ProgrammeKey};
use needmatch_store::parties::Party;
use needmatch_store::register::{NewProgramme, Programme, ProgrammeContent, Unique};
use needmatch_store::words::PartyKind;
use needmatch_store::{AuditedTransaction, Session};
use serde_json::Value;

use super::{details, document, get};
use crate::app::new_key;
use crate::document::kept_key;
use crate::error::{AppError, Faults};
use crate::names::{self, Given};
use crate::offers::Declared;
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
    let owner = transaction.party(party).await?;
    let declared = parties::declared(transaction).await?;
    let documents = std::slice::from_ref(document);
    let mut created = create_of(transaction, principal, &declared, &owner, documents, true).await?;
    created.pop().ok_or(AppError::Internal)
}

/// Registers programmes of a party, all or none. The pointers of errors begin with the position in the list, if there are
/// several.
pub(crate) async fn create_for(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    declared: &Declared,
    owner: &Party,
    documents: &[Value],
) -> Result<Vec<Programme>, AppError> {
    create_of(transaction, principal, declared, owner, documents, false).await
}

async fn create_of(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    declared: &Declared,
    owner: &Party,
    documents: &[Value],
    is_alone: bool,
) -> Result<Vec<Programme>, AppError> {
    allow(principal, Action::RegisterProgramme, Some(owner.key))?;
    let mut faults = Faults::default();
    let (mut read, mut given) = (Vec::new(), Vec::new());
    for (position, document) in documents.iter().enumerate() {
        let pointer = if documents.len() == 1 { String::new() } else { format!("/{position}") };
        let key: ProgrammeKey = new_key();
        let mut document = document.clone();
        names::put_under(&owner.code, &mut document, &BTreeSet::new());
        if let Some(content) = document::read(&document, &reference_of(key), &pointer, declared, &mut faults) {
            given.extend(given_by(owner.key, &content, &pointer));
            read.push((key, content));
        }
    }
    if !is_alone {
        names::check_free(transaction, &given, &mut faults).await?;
    }
    let read = faults.finish(Some(read))?;
    let mut stand_by: BTreeMap<String, bool> = BTreeMap::new();
    let mut created = Vec::with_capacity(read.len());
    for (key, content) in read {
        let is_confirmed = match stand_by.get(&content.state) {
            Some(known) => *known,
            None => may_confirm(transaction, principal, &content.state).await?.is_ok(),
        };
        stand_by.insert(content.state.clone(), is_confirmed);
        let new = NewProgramme { key, party: owner.key, content, is_confirmed };
        created.push(transaction.add_programme(&new).await?);
    }
    Ok(created)
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

/// The names that a programme gives.
fn given_by(party: PartyKey, content: &ProgrammeContent, pointer: &str) -> impl Iterator<Item = Given> {
    let names = (&*content.reference, content.external_id.as_deref());
    names::given_by([Unique::Programme, Unique::ProgrammeOf(party)], names, pointer)
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
    AppError::unless_at(expected, before.version)?;
    let declared = parties::declared(transaction).await?;
    let owner = transaction.party(before.party).await?;
    rewrite_found(transaction, principal, &declared, &owner, before, document).await
}

/// Rewrites a programme of this owner as it was found in the same transaction.
pub(crate) async fn rewrite_found(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    declared: &Declared,
    owner: &Party,
    before: Programme,
    document: &Value,
) -> Result<Programme, AppError> {
    allow(principal, Action::ChangeProgramme, Some(before.party))?;
    let mut faults = Faults::default();
    let mut document = document.clone();
    let kept = BTreeSet::from([before.content.reference.clone()]);
    names::put_under(&owner.code, &mut document, &kept);
    let read = document::read(&document, &before.content.reference, "", declared, &mut faults);
    if let Some(content) = &read {
        let had = given_by(before.party, &before.content, "").map(|one| one.name).collect();
        let given = given_by(before.party, content, "").collect();
        names::check_rewritten(transaction, given, &had, &mut faults).await?;
    }
    let mut content = faults.finish(read)?;
    if let Some(collection) = details(&before)?.collection {
        content.body["collection"] = collection.into();
    }
    if before.content == content {
        return Ok(before);
    }
    let is_confirmed = may_confirm(transaction, principal, &content.state).await?.is_ok();
    Ok(transaction.change_programme(before.key, before.version, &content, is_confirmed).await?)
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
    let owner = parties::get(transaction, principal, party).await?;
    allow(principal, Action::RegisterProgramme, Some(party))?;
    let mut document = document.clone();
    if let Value::Object(fields) = &mut document {
        fields.insert("external_id".to_owned(), external_id.into());
    }
    let before = match kept_key::<ProgrammeId>(external_id) {
        Some(key) => transaction.programme_by_external_id(&principal.viewer(), party, &key).await?,
        None => None,
    };
    if let Some(before) = before {
        let expected = expected.unwrap_or(before.version);
        rewrite(transaction, principal, before.key, expected, &document).await.map(|row| (row, false))
    } else {
        let declared = parties::declared(transaction).await?;
        let documents = std::slice::from_ref(&document);
        let created = create_for(transaction, principal, &declared, &owner, documents).await?.pop();
        Ok((created.ok_or(AppError::Internal)?, true))
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
