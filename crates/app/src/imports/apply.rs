//! Rows as registrations and rewritings, by the rules that the API has for single ones. Owners, what is registered already
//! and what is declared are read for all rows together: a row costs the statements that write it.

use std::collections::{BTreeMap, BTreeSet};

use needmatch_domain::ids::{OfferId, ProgrammeId, RequestId};
use needmatch_store::AuditedTransaction;
use needmatch_store::keys::PartyKey;
use needmatch_store::parties::Party;
use needmatch_store::register::{NamedBy, Request};
use needmatch_store::words::PartyKind;
use serde::Serialize;
use serde_json::{Value, json};

use super::known::{Found, Known, names_of};
use super::located::RowFault;
use super::read::{Read, Row};
use crate::error::{AppError, Fault, FieldError};
use crate::names::name_under;
use crate::offers::Declared;
use crate::principal::Principal;
use crate::{offers, parties, programmes, requests};

/// New rows registered together; of each lot so many faults are told as of any document.
const LOT: usize = 100;

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

/// The tables of a kind of row.
#[derive(Debug, Clone, Copy)]
struct Kind {
    table: &'static str,
    /// The table of the parts of a row, and what a document calls them.
    parts: (&'static str, &'static str),
    /// The kind of its owner, and the column that names one.
    owner: (PartyKind, &'static str),
}

const REQUESTS: Kind =
    Kind { table: "requests", parts: ("components", "components"), owner: (PartyKind::State, "state") };
const OFFERS: Kind =
    Kind { table: "offers", parts: ("offer_periods", "periods"), owner: (PartyKind::Provider, "provider") };
const PROGRAMMES: Kind = Kind { table: "programmes", parts: ("", ""), owner: (PartyKind::Coordinator, "") };

#[derive(Debug, Default)]
struct Outcome {
    done: Done,
    faults: Vec<RowFault>,
}

/// Registers or rewrites every row; rows that are refused for what they say are told of together. The changes of the
/// others are then for nothing: whoever began the transaction undoes it.
pub(super) async fn apply(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    party: PartyKey,
    read: &Read,
) -> Result<(Done, Vec<RowFault>), AppError> {
    let mut outcome = Outcome::default();
    for (owner, rows) in by_owner(transaction, principal, REQUESTS, &read.requests, &mut outcome).await? {
        requests_of(transaction, principal, &owner, &rows, &mut outcome).await?;
    }
    if read.offers.is_empty() && read.programmes.is_empty() {
        return Ok((outcome.done, outcome.faults));
    }
    let declared = parties::declared(transaction).await?;
    for (owner, rows) in by_owner(transaction, principal, OFFERS, &read.offers, &mut outcome).await? {
        offers_of(transaction, principal, &declared, &owner, &rows, read.has_periods, &mut outcome).await?;
    }
    if !read.programmes.is_empty() {
        let (owner, rows) = (transaction.party(party).await?, read.programmes.iter().collect::<Vec<_>>());
        programmes_of(transaction, principal, &declared, &owner, &rows, &mut outcome).await?;
    }
    Ok((outcome.done, outcome.faults))
}

/// The rows of each party that a column names, in order; of the others is told what is wrong.
async fn by_owner<'r>(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    kind: Kind,
    rows: &'r [Row],
    outcome: &mut Outcome,
) -> Result<Vec<(Party, Vec<&'r Row>)>, AppError> {
    let (of, column) = kind.owner;
    let code_of = |row: &'r Row| row.cells.get(column).and_then(Value::as_str);
    let codes: BTreeSet<&str> = rows.iter().filter_map(code_of).collect();
    let mut known = parties::by_codes(transaction, principal, of, &Vec::from_iter(codes)).await?;
    let mut owned: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        let code = code_of(row);
        let fault = match code {
            Some(code) if known.contains_key(code) => {
                owned.entry(code).or_default().push(row);
                continue;
            }
            None => Fault::Missing {},
            Some(code) if of == PartyKind::State && needmatch_domain::geography::country(code).is_none() => {
                Fault::UnknownState {}
            }
            Some(_) => Fault::UnknownParty { kind: of.name() },
        };
        let field = FieldError { pointer: format!("/{column}"), value: code.map(ToOwned::to_owned), fault };
        outcome.faults.push(place(field, row, kind));
    }
    Ok(owned.into_iter().filter_map(|(code, rows)| Some((known.remove(code)?, rows))).collect())
}

/// Counts a row that was registered before, or places what is wrong with it.
fn note(
    rewritten: Result<i64, AppError>,
    before: i64,
    row: &Row,
    kind: Kind,
    outcome: &mut Outcome,
) -> Result<(), AppError> {
    match rewritten {
        Ok(after) if after == before => outcome.done.unchanged += 1,
        Ok(_) => outcome.done.changed += 1,
        Err(AppError::Invalid { fields }) => {
            outcome.faults.extend(fields.into_iter().map(|field| place(field, row, kind)));
        }
        Err(other) => return Err(other),
    }
    Ok(())
}

/// Counts a lot of new rows, or places what is wrong with them: at pointers that begin with the position of a row, if
/// there are several.
fn note_lot<T>(
    created: Result<Vec<T>, AppError>,
    rows: &[&Row],
    kind: Kind,
    outcome: &mut Outcome,
) -> Result<(), AppError> {
    let fields = match created {
        Ok(created) => {
            outcome.done.created += created.len();
            return Ok(());
        }
        Err(AppError::Invalid { fields }) => fields,
        Err(other) => return Err(other),
    };
    let mut refused = BTreeSet::new();
    for mut field in fields {
        let mut at = 0;
        if rows.len() > 1 {
            let path = field.pointer.trim_start_matches('/');
            let (position, rest) = path.split_once('/').unwrap_or((path, ""));
            // What names no row stands behind the last fault that could be told.
            at = position.parse().unwrap_or_else(|_| refused.last().copied().unwrap_or(0));
            field.pointer = if rest.is_empty() { String::new() } else { format!("/{rest}") };
        }
        refused.insert(at);
        if let Some(row) = rows.get(at) {
            outcome.faults.push(place(field, row, kind));
        }
    }
    outcome.done.created += rows.len().saturating_sub(refused.len());
    Ok(())
}

/// That two rows are one that is registered.
fn note_twice(row: &Row, kind: Kind, outcome: &mut Outcome) {
    outcome.faults.push(RowFault::at(kind.table, row.number, "id", Some(&row.id), Fault::Twice {}));
}

/// Where an error of a row's document stands: its parts stand in a table of their own.
fn place(field: FieldError, row: &Row, kind: Kind) -> RowFault {
    let path: Vec<&str> = field.pointer.split('/').skip(1).collect();
    let (of_parts, member) = kind.parts;
    let (table, number, column) = match path.as_slice() {
        [list, at, rest @ ..] if *list == member => {
            let part = at.parse::<usize>().ok().and_then(|at| row.parts.get(at));
            (of_parts, part.map_or(row.number, |part| part.number), rest.first().copied().unwrap_or_default())
        }
        [column, ..] => (kind.table, row.number, *column),
        [] => (kind.table, row.number, ""),
    };
    let column = if matches!(column, "reference" | "external_id") { "id" } else { column };
    RowFault::at(table, number, column, field.value.as_deref(), field.fault)
}

async fn requests_of(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    owner: &Party,
    rows: &[&Row],
    outcome: &mut Outcome,
) -> Result<(), AppError> {
    let (viewer, names) = (principal.viewer(), names_of::<RequestId>(owner, rows));
    let mut known = Known::default();
    for (by, names) in [(NamedBy::ExternalId, &names.keys), (NamedBy::Reference, &names.references)] {
        for found in transaction.requests_named(&viewer, owner.key, by, names).await? {
            known.add(found.key.uuid(), found.content.external_id.clone(), found.content.reference.clone(), found);
        }
    }
    let mut new = Vec::new();
    for row in rows {
        let mut document = Value::Object(row.cells.clone());
        title(&mut document, &row.id);
        let component = |part: &Row| {
            let mut component = part.cells.clone();
            component.insert("reference".to_owned(), part.id.clone().into());
            Value::Object(component)
        };
        document["components"] = row.parts.iter().map(component).collect();
        match known.take::<RequestId>(owner, &row.id) {
            Found::Registered(before) => {
                keep_notes(owner, &before, &mut document)?;
                document["reference"] = json!(before.content.reference);
                document["external_id"] = json!(before.content.external_id);
                let version = before.version;
                let after = requests::rewrite_found(transaction, principal, owner, before, &document).await;
                note(after.map(|after| after.version), version, row, REQUESTS, outcome)?;
            }
            Found::Twice => note_twice(row, REQUESTS, outcome),
            Found::New => {
                named(&mut document, &row.id);
                new.push((*row, document));
            }
        }
    }
    for lot in new.chunks(LOT) {
        let (rows, documents): (Vec<&Row>, Vec<Value>) = lot.iter().cloned().unzip();
        let created = requests::create_for(transaction, principal, owner, &documents).await;
        note_lot(created, &rows, REQUESTS, outcome)?;
    }
    Ok(())
}

/// Components that are registered keep their notes where the table has none.
fn keep_notes(owner: &Party, before: &Request, document: &mut Value) -> Result<(), AppError> {
    let mut notes: BTreeMap<String, Option<String>> = BTreeMap::new();
    for line in requests::all_lines(before)? {
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

async fn offers_of(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    declared: &Declared,
    owner: &Party,
    rows: &[&Row],
    has_periods: bool,
    outcome: &mut Outcome,
) -> Result<(), AppError> {
    let (viewer, names) = (principal.viewer(), names_of::<OfferId>(owner, rows));
    let mut known = Known::default();
    for (by, names) in [(NamedBy::ExternalId, &names.keys), (NamedBy::Reference, &names.references)] {
        for found in transaction.offers_named(&viewer, owner.key, by, names).await? {
            known.add(found.key.uuid(), found.content.external_id.clone(), found.content.reference.clone(), found);
        }
    }
    let mut new = Vec::new();
    for row in rows {
        let mut document = Value::Object(row.cells.clone());
        title(&mut document, &row.id);
        if has_periods {
            document["periods"] = row.parts.iter().map(|part| Value::Object(part.cells.clone())).collect();
        }
        match known.take::<OfferId>(owner, &row.id) {
            Found::Registered(before) => {
                if !has_periods {
                    document["periods"] = json!(offers::details(&before)?.periods);
                }
                document["reference"] = json!(before.content.reference);
                document["external_id"] = json!(before.content.external_id);
                let version = before.version;
                let after = offers::rewrite_found(transaction, principal, declared, owner, before, &document).await;
                note(after.map(|after| after.version), version, row, OFFERS, outcome)?;
            }
            Found::Twice => note_twice(row, OFFERS, outcome),
            Found::New => {
                named(&mut document, &row.id);
                new.push((*row, document));
            }
        }
    }
    for lot in new.chunks(LOT) {
        let (rows, documents): (Vec<&Row>, Vec<Value>) = lot.iter().cloned().unzip();
        let created = offers::create_for(transaction, principal, declared, owner, &documents).await;
        note_lot(created, &rows, OFFERS, outcome)?;
    }
    Ok(())
}

async fn programmes_of(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    declared: &Declared,
    owner: &Party,
    rows: &[&Row],
    outcome: &mut Outcome,
) -> Result<(), AppError> {
    let (viewer, names) = (principal.viewer(), names_of::<ProgrammeId>(owner, rows));
    let mut known = Known::default();
    for (by, names) in [(NamedBy::ExternalId, &names.keys), (NamedBy::Reference, &names.references)] {
        for found in transaction.programmes_named(&viewer, owner.key, by, names).await? {
            known.add(found.key.uuid(), found.content.external_id.clone(), found.content.reference.clone(), found);
        }
    }
    let mut new = Vec::new();
    for row in rows {
        let mut document = Value::Object(row.cells.clone());
        match known.take::<ProgrammeId>(owner, &row.id) {
            Found::Registered(before) => {
                // The table has no columns for these.
                document["title"] = json!(before.content.title);
                document["visibility"] = json!(before.content.visibility);
                document["reference"] = json!(before.content.reference);
                document["external_id"] = json!(before.content.external_id);
                let version = before.version;
                let after = programmes::rewrite_found(transaction, principal, declared, owner, before, &document).await;
                note(after.map(|after| after.version), version, row, PROGRAMMES, outcome)?;
            }
            Found::Twice => note_twice(row, PROGRAMMES, outcome),
            Found::New => {
                title(&mut document, &row.id);
                named(&mut document, &row.id);
                new.push((*row, document));
            }
        }
    }
    for lot in new.chunks(LOT) {
        let (rows, documents): (Vec<&Row>, Vec<Value>) = lot.iter().cloned().unzip();
        let created = programmes::create_for(transaction, principal, declared, owner, &documents).await;
        note_lot(created, &rows, PROGRAMMES, outcome)?;
    }
    Ok(())
}

/// What people call a row that its owner gave no title.
fn title(document: &mut Value, id: &str) {
    if document.get("title").is_none() {
        document["title"] = id.into();
    }
}

/// The names of a new row.
fn named(document: &mut Value, id: &str) {
    document["reference"] = id.into();
    document["external_id"] = id.into();
}
