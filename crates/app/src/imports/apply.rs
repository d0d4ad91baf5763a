//! Rows as registrations and rewritings, by the use cases that the API has for single ones.

use std::collections::BTreeMap;

use needmatch_domain::ids::{OfferId, ProgrammeId, RequestId};
use needmatch_store::AuditedTransaction;
use needmatch_store::keys::PartyKey;
use needmatch_store::parties::Party;
use needmatch_store::register::Request;
use needmatch_store::words::PartyKind;
use serde::Serialize;
use serde_json::{Value, json};

use super::located::RowFault;
use super::read::{Read, Row};
use crate::document::kept_key;
use crate::error::{AppError, Fault, FieldError};
use crate::names::name_under;
use crate::principal::Principal;
use crate::{offers, parties, programmes, requests};

/// What became of rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Done {
    /// Registered.
    pub created: usize,
    /// Rewritten.
    pub changed: usize,
    /// Said what stands already.
    pub unchanged: usize,
}

enum Became {
    Created,
    Changed,
    Unchanged,
}

/// Registers or rewrites every row; rows that are refused for what they say are told of together. The changes of the
/// others are then for nothing: whoever began the transaction undoes it.
pub(super) async fn apply(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    party: PartyKey,
    read: &Read,
) -> Result<(Done, Vec<RowFault>), AppError> {
    let mut done = Done::default();
    let mut faults = Vec::new();
    for row in &read.requests {
        let became = match owner(transaction, principal, row, (PartyKind::State, "state")).await? {
            Ok(owner) => request(transaction, principal, &owner, row).await,
            Err(fault) => Err(AppError::Invalid { fields: vec![fault] }),
        };
        note(became, row, ("requests", "components", "components"), &mut done, &mut faults)?;
    }
    for row in &read.offers {
        let became = match owner(transaction, principal, row, (PartyKind::Provider, "provider")).await? {
            Ok(owner) => offer(transaction, principal, &owner, row, read.has_periods).await,
            Err(fault) => Err(AppError::Invalid { fields: vec![fault] }),
        };
        note(became, row, ("offers", "offer_periods", "periods"), &mut done, &mut faults)?;
    }
    for row in &read.programmes {
        let owner = transaction.party(party).await?;
        let became = programme(transaction, principal, &owner, row).await;
        note(became, row, ("programmes", "", ""), &mut done, &mut faults)?;
    }
    Ok((done, faults))
}

/// The party that a column names.
async fn owner(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    row: &Row,
    (kind, column): (PartyKind, &'static str),
) -> Result<Result<Party, FieldError>, AppError> {
    let code = row.cells.get(column).and_then(Value::as_str);
    let found = match code {
        Some(code) => parties::by_code(transaction, principal, kind, code).await?,
        None => None,
    };
    Ok(found.ok_or_else(|| FieldError {
        pointer: format!("/{column}"),
        value: code.map(ToOwned::to_owned),
        fault: match code {
            None => Fault::Missing {},
            Some(code) if kind == PartyKind::State && needmatch_domain::geography::country(code).is_none() => {
                Fault::UnknownState {}
            }
            Some(_) => Fault::UnknownParty { kind: kind.name() },
        },
    }))
}

/// Counts a row, or places what is wrong with it: its parts stand in a table of their own.
fn note(
    became: Result<Became, AppError>,
    row: &Row,
    (table, of_parts, member): (&'static str, &'static str, &str),
    done: &mut Done,
    faults: &mut Vec<RowFault>,
) -> Result<(), AppError> {
    match became {
        Ok(Became::Created) => done.created += 1,
        Ok(Became::Changed) => done.changed += 1,
        Ok(Became::Unchanged) => done.unchanged += 1,
        Err(AppError::Invalid { fields }) => {
            faults.extend(fields.into_iter().map(|field| place(field, row, table, of_parts, member)));
        }
        Err(other) => return Err(other),
    }
    Ok(())
}

fn place(field: FieldError, row: &Row, table: &'static str, of_parts: &'static str, member: &str) -> RowFault {
    let path: Vec<&str> = field.pointer.split('/').skip(1).collect();
    let (table, number, column) = match path.as_slice() {
        [list, at, rest @ ..] if *list == member => {
            let part = at.parse::<usize>().ok().and_then(|at| row.parts.get(at));
            (of_parts, part.map_or(row.number, |part| part.number), rest.first().copied().unwrap_or_default())
        }
        [column, ..] => (table, row.number, *column),
        [] => (table, row.number, ""),
    };
    let column = if matches!(column, "reference" | "external_id") { "id" } else { column };
    RowFault::at(table, number, column, field.value.as_deref(), field.fault)
}

/// A row that is registered already: found by the owner's own key, else by its reference, among the owner's own.
macro_rules! registered {
    ($transaction:expr, $principal:expr, $owner:expr, $row:expr, $id:ty, $by_key:ident, $by_reference:ident) => {{
        let viewer = $principal.viewer();
        let key = kept_key::<$id>(&$row.id);
        let mut found = match &key {
            Some(key) => $transaction.$by_key(&viewer, $owner.key, key).await?,
            None => None,
        };
        if found.is_none()
            && let Some(key) = &key
        {
            for reference in [key.clone(), name_under(&$owner.code, key)] {
                let named = $transaction.$by_reference(&viewer, &reference).await?;
                found = found.or(named.filter(|row| row.party == $owner.key));
            }
        }
        found
    }};
}

async fn request(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    owner: &Party,
    row: &Row,
) -> Result<Became, AppError> {
    let mut document = Value::Object(row.cells.clone());
    title(&mut document, &row.id);
    let component = |part: &Row| {
        let mut component = part.cells.clone();
        component.insert("reference".to_owned(), part.id.clone().into());
        Value::Object(component)
    };
    document["components"] = row.parts.iter().map(component).collect();
    let before =
        registered!(transaction, principal, owner, row, RequestId, request_by_external_id, request_by_reference);
    if let Some(before) = before {
        keep_notes(owner, &before, &mut document)?;
        document["reference"] = json!(before.content.reference);
        document["external_id"] = json!(before.content.external_id);
        let after = requests::rewrite(transaction, principal, before.key, before.version, &document).await?;
        return Ok(changed(before.version, after.version));
    }
    document["reference"] = json!(row.id);
    requests::put(transaction, principal, owner.key, &row.id, None, &document).await?;
    Ok(Became::Created)
}

/// Components that are registered keep their notes where the table has none.
fn keep_notes(owner: &Party, before: &Request, document: &mut Value) -> Result<(), AppError> {
    let mut notes: BTreeMap<String, Option<String>> = BTreeMap::new();
    for component in &before.components {
        notes.insert(component.reference.clone(), requests::component_details(component)?.note);
    }
    for line in requests::lines(before)? {
        notes.insert(line.reference.to_string(), line.note);
    }
    for item in document["components"].as_array_mut().into_iter().flatten() {
        let name = item["reference"].as_str().unwrap_or_default();
        let note = notes.get(name).or_else(|| notes.get(&name_under(&owner.code, name))).cloned().flatten();
        if let (Some(note), None) = (note, item.get("note")) {
            item["note"] = note.into();
        }
    }
    Ok(())
}

async fn offer(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    owner: &Party,
    row: &Row,
    has_periods: bool,
) -> Result<Became, AppError> {
    let mut document = Value::Object(row.cells.clone());
    title(&mut document, &row.id);
    if has_periods {
        document["periods"] = row.parts.iter().map(|part| Value::Object(part.cells.clone())).collect();
    }
    let before = registered!(transaction, principal, owner, row, OfferId, offer_by_external_id, offer_by_reference);
    if let Some(before) = before {
        if !has_periods {
            document["periods"] = json!(offers::details(&before)?.periods);
        }
        document["reference"] = json!(before.content.reference);
        document["external_id"] = json!(before.content.external_id);
        let after = offers::rewrite(transaction, principal, before.key, before.version, &document).await?;
        return Ok(changed(before.version, after.version));
    }
    document["reference"] = json!(row.id);
    offers::put(transaction, principal, owner.key, &row.id, None, &document).await?;
    Ok(Became::Created)
}

async fn programme(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    owner: &Party,
    row: &Row,
) -> Result<Became, AppError> {
    let mut document = Value::Object(row.cells.clone());
    let before =
        registered!(transaction, principal, owner, row, ProgrammeId, programme_by_external_id, programme_by_reference);
    if let Some(before) = before {
        // The table has no columns for these.
        document["title"] = json!(before.content.title);
        document["visibility"] = json!(before.content.visibility);
        document["reference"] = json!(before.content.reference);
        document["external_id"] = json!(before.content.external_id);
        let after = programmes::rewrite(transaction, principal, before.key, before.version, &document).await?;
        return Ok(changed(before.version, after.version));
    }
    title(&mut document, &row.id);
    document["reference"] = json!(row.id);
    programmes::put(transaction, principal, owner.key, &row.id, None, &document).await?;
    Ok(Became::Created)
}

/// What people call a row that its owner gave no title.
fn title(document: &mut Value, id: &str) {
    if document.get("title").is_none() {
        document["title"] = id.into();
    }
}

fn changed(before: i64, after: i64) -> Became {
    if before == after { Became::Unchanged } else { Became::Changed }
}
