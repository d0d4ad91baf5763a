//! Registers and rewrites requests.

use std::collections::BTreeSet;

use needmatch_domain::geography;
use needmatch_domain::ids::RequestId;
use needmatch_store::AuditedTransaction;
use needmatch_store::keys::{PartyKey, RequestKey};
use needmatch_store::parties::Party;
use needmatch_store::register::{Component, NewComponent, NewRequest, Request, RequestContent, Unique};
use needmatch_store::words::PartyKind;
use serde_json::{Value, json};

use super::document::{self, RequestDocument};
use super::{ReportLink, all_lines, details, get};
use crate::app::new_key;
use crate::document::{kept_key, peek};
use crate::error::{AppError, Fault, Faults};
use crate::lifecycle::{REQUEST, REQUEST_OPEN, REQUEST_PROLONGED, REQUEST_UNCONFIRMED, not_allowed};
use crate::names::{self, Given};
use crate::packages::check_named;
use crate::parties;
use crate::policy::{Action, allow};
use crate::principal::{Mandate, Owner, Principal};
use crate::validity;

/// Registers a request as a private draft of the state the document names, or of the one the principal acts for.
pub async fn create(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    document: &Value,
) -> Result<Request, AppError> {
    let mut created = create_many(transaction, principal, std::slice::from_ref(document)).await?;
    created.pop().ok_or(AppError::Internal)
}

/// Registers requests, all or none. The pointers of errors begin with the position in the list, if there are several.
pub async fn create_many(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    documents: &[Value],
) -> Result<Vec<Request>, AppError> {
    create_of(transaction, principal, documents, &[], None).await
}

/// Registers requests, each linked to the place of a national report that stands at its position, if one does.
pub(crate) async fn create_drafts(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    documents: &[Value],
    links: &[ReportLink],
) -> Result<Vec<Request>, AppError> {
    create_of(transaction, principal, documents, links, None).await
}

/// Registers requests of a state, all or none. The pointers of errors begin with the position in the list, if there are
/// several.
pub(crate) async fn create_for(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    owner: &Party,
    documents: &[Value],
) -> Result<Vec<Request>, AppError> {
    allow(principal, Action::CreateRequest, Some(owner.key))?;
    create_of(transaction, principal, documents, &[], Some(&Owner::from(owner))).await
}

/// Registers requests of `owner`, or, where none is given, of whom each document names.
async fn create_of(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    documents: &[Value],
    links: &[ReportLink],
    owner: Option<&Owner>,
) -> Result<Vec<Request>, AppError> {
    if !principal.is_signed_in() {
        return Err(AppError::Unauthenticated);
    }
    let mut faults = Faults::default();
    let (mut read, mut given) = (Vec::new(), Vec::new());
    for (position, document) in documents.iter().enumerate() {
        let pointer = if documents.len() == 1 { String::new() } else { format!("/{position}") };
        let key: RequestKey = new_key();
        let state = peek(document, "state");
        let party = match owner {
            Some(owner) => {
                check_state(&owner.code, state.as_deref(), &pointer, &mut faults);
                Some(owner.clone())
            }
            None => party_of(transaction, principal, state.as_deref(), &pointer, &mut faults).await?,
        };
        let mut document = document.clone();
        if let Some(party) = &party {
            names::put_under(&party.code, &mut document, &BTreeSet::new());
        }
        let request = document::read(&document, &reference_of(key), &pointer, &mut faults);
        if let (Some(party), Some(mut request)) = (party, request) {
            allow(principal, Action::CreateRequest, Some(party.key))?;
            validity::check(request.content.valid_until, transaction.at(), &pointer, &mut faults);
            let on_behalf = !principal.is_operator() && principal.mandate_for(party.key).is_none();
            if on_behalf && request.content.body.get("evidence").is_none() {
                faults.push(format!("{pointer}/evidence"), None, Fault::Missing {});
            }
            check_named(transaction, party.key, request.content.package.as_deref(), &pointer, &mut faults).await?;
            given.extend(given_by(party.key, &request, &pointer));
            if let Some(link) = links.get(position) {
                request.content.body["report"] = json!(link);
            }
            read.push((key, party, request));
        }
    }
    if documents.len() > 1 || owner.is_some() {
        names::check_free(transaction, &given, &mut faults).await?;
    }
    let read = faults.finish(Some(read))?;
    let mut created = Vec::with_capacity(read.len());
    for (key, party, RequestDocument { mut content, components, .. }) in read {
        content.state = party.code;
        let new = NewRequest { key, party: party.key, content, components };
        created.push(transaction.add_request(&new).await?);
    }
    Ok(created)
}

/// Rewrites a request that is still open, the components with it. One that says the same already stays as it is,
/// wherever it stands; its priority is not compared once a coordinator has confirmed one. Once it is endorsed, its state's
/// manager may still let it be valid until a later day.
pub async fn rewrite(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: RequestKey,
    expected: i64,
    document: &Value,
) -> Result<Request, AppError> {
    let before = get(transaction, principal, key).await?;
    allow(principal, Action::ChangeRequest, Some(before.party))?;
    AppError::unless_at(expected, before.version)?;
    let owner = transaction.party(before.party).await?;
    rewrite_found(transaction, principal, &owner, before, document).await
}

/// Rewrites a request of this owner as it was found in the same transaction.
pub(crate) async fn rewrite_found(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    owner: &Party,
    before: Request,
    document: &Value,
) -> Result<Request, AppError> {
    allow(principal, Action::ChangeRequest, Some(before.party))?;
    let is_open = REQUEST_OPEN.contains(&before.lifecycle);
    let refused = || not_allowed("request", REQUEST, "change", before.lifecycle);
    let mut faults = Faults::default();
    let (mut document, kept) = (document.clone(), names_of(&before)?);
    names::put_under(&owner.code, &mut document, &kept);
    let read = document::read(&document, &before.content.reference, "", &mut faults);
    let state = read.as_ref().and_then(|request| request.state.as_deref());
    check_state(&before.content.state, state, "", &mut faults);
    let package = read.as_ref().map(|request| &request.content.package);
    if let Some(named) = package.filter(|package| **package != before.content.package) {
        check_named(transaction, before.party, named.as_deref(), "", &mut faults).await?;
    }
    if is_open && let Some(read) = &read {
        let had = kept.iter().chain(&before.content.external_id).cloned().collect();
        names::check_rewritten(transaction, given_by(before.party, read, ""), &had, &mut faults).await?;
    }
    let RequestDocument { mut content, components, .. } = match faults.finish(read) {
        // What cannot be read does not say what stands.
        Err(_) if !is_open => return Err(refused()),
        read => read?,
    };
    if !REQUEST_UNCONFIRMED.contains(&before.lifecycle) {
        content.priority = before.content.priority;
    }
    content.state.clone_from(&before.content.state);
    let kept = details(&before)?;
    if let Some(collection) = kept.collection {
        content.body["collection"] = collection.into();
    }
    if let Some(link) = kept.report {
        content.body["report"] = json!(link);
    }
    if kept.evidence.is_some() && content.body.get("evidence").is_none() {
        content.body["evidence"] = json!(kept.evidence);
    }
    if before.content == content && same_components(&before, &components) {
        return Ok(before);
    }
    if !is_open {
        let all_else_is_said = same_components(&before, &components);
        let may_be = REQUEST_PROLONGED.contains(&before.lifecycle);
        if !(may_be && all_else_is_said && prolongs(&before.content, &content)) {
            return Err(refused());
        }
        allow(principal, Action::ProlongRequest, Some(before.party))?;
    }
    validity::refuse_over(content.valid_until, transaction.at())?;
    Ok(transaction.change_request(before.key, before.version, &content, &components).await?)
}

/// The names that a request gives: its own, and those of its components.
fn given_by(party: PartyKey, request: &RequestDocument, pointer: &str) -> Vec<Given> {
    let content = &request.content;
    let names = (&*content.reference, content.external_id.as_deref());
    let own = names::given_by([Unique::Request, Unique::RequestOf(party)], names, pointer);
    let components = request.components.iter().enumerate().map(|(position, component)| Given {
        unique: Unique::Component,
        name: component.reference.clone(),
        pointer: format!("{pointer}/components/{position}/reference"),
    });
    own.chain(components).collect()
}

/// The names that a request has given: its own, and those of its components and their choices.
fn names_of(request: &Request) -> Result<BTreeSet<String>, AppError> {
    let mut names = BTreeSet::from([request.content.reference.clone()]);
    for line in all_lines(request)? {
        names.insert(line.reference.to_string());
        names.extend(line.choice.map(|choice| choice.to_string()));
    }
    Ok(names)
}

/// Whether all that changes beside the components is the day a request is valid until, and that to a later one.
fn prolongs(before: &RequestContent, after: &RequestContent) -> bool {
    let same = RequestContent { valid_until: before.valid_until, ..after.clone() } == *before;
    same && validity::is_later(before.valid_until, after.valid_until)
}

/// Whether the components say what they said, in the same order.
fn same_components(before: &Request, components: &[NewComponent]) -> bool {
    let said =
        |row: &Component| (row.reference.clone(), row.r#type.clone(), row.unit.clone(), row.quantity, row.body.clone());
    let says = |new: &NewComponent| {
        (new.reference.clone(), new.r#type.clone(), new.unit.clone(), new.quantity, new.body.clone())
    };
    before.components.iter().map(said).eq(components.iter().map(says))
}

/// Makes a state's record of that external key what the document says: registered if there was none, rewritten if it
/// differs. Answers whether it was registered.
///
/// # Errors
/// [`AppError::NotFound`] when the party is no state; [`AppError::Invalid`] when the document names another one.
pub async fn put(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    party: PartyKey,
    external_id: &str,
    expected: Option<i64>,
    document: &Value,
) -> Result<(Request, bool), AppError> {
    let owner = parties::get(transaction, principal, party).await?;
    allow(principal, Action::CreateRequest, Some(party))?;
    if owner.kind != PartyKind::State {
        return Err(AppError::not_found("party", party));
    }
    let mut document = document.clone();
    if let Value::Object(fields) = &mut document {
        fields.insert("external_id".to_owned(), external_id.into());
    }
    let before = match kept_key::<RequestId>(external_id) {
        Some(key) => transaction.request_by_external_id(&principal.viewer(), party, &key).await?,
        None => None,
    };
    if let Some(before) = before {
        let expected = expected.unwrap_or(before.version);
        return rewrite(transaction, principal, before.key, expected, &document).await.map(|request| (request, false));
    }
    let created = create_for(transaction, principal, &owner, std::slice::from_ref(&document)).await?.pop();
    Ok((created.ok_or(AppError::Internal)?, true))
}

/// A reference for a request that names none: short, and unique because the key is.
fn reference_of(key: RequestKey) -> String {
    let text = key.to_string();
    format!("R-{}", text.get(24..).unwrap_or(&text))
}

/// Refuses a document that names another state than the one its request belongs to.
fn check_state(owner: &str, named: Option<&str>, pointer: &str, faults: &mut Faults) {
    if let Some(other) = named.filter(|code| *code != owner) {
        faults.push(format!("{pointer}/state"), Some(other), Fault::UnknownWord { allowed: owner.to_owned() });
    }
}

/// The party of the state that a document names, or of the one the principal acts for, of which everything asked for is
/// known.
pub(crate) async fn party_of(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    state: Option<&str>,
    pointer: &str,
    faults: &mut Faults,
) -> Result<Option<Owner>, AppError> {
    let pointer = format!("{pointer}/state");
    let Some(code) = state else {
        let own = principal.only_mandate_of(PartyKind::State).map(Owner::from);
        if own.is_none() {
            faults.push(pointer, None, Fault::Missing {});
        }
        return Ok(own);
    };
    let is_named = |mandate: &&Mandate| mandate.kind == PartyKind::State && mandate.code == code;
    if let Some(own) = principal.mandates.iter().find(is_named) {
        return Ok(Some(own.into()));
    }
    let party = parties::by_code(transaction, principal, PartyKind::State, code).await?;
    if party.is_none() {
        let known = geography::country(code).is_some();
        let fault = if known { Fault::UnknownParty { kind: "state" } } else { Fault::UnknownState {} };
        faults.push(pointer, Some(code), fault);
    }
    Ok(party.as_ref().map(Owner::from))
}
