//! Tables of a party's own numbering taken into the register: looked at first, then confirmed as a whole.
//!
//! The tables are those of a scenario folder (`docs/scenario.md`). Looking at them does all that confirming does, under
//! the same rules, and undoes it: what is shown is what will happen. A row is found again by its `id`, which is the
//! owner's own key for what was imported, else the reference. Steps are not taken: what is imported is a draft, or what
//! it was before, and consent is given elsewhere.

mod apply;
mod known;
mod located;
mod read;
mod totals;

use std::collections::BTreeMap;

use jiff::SignedDuration;
use needmatch_domain::canonical;
use needmatch_store::keys::{ImportKey, PartyKey};
use needmatch_store::register::Import;
use needmatch_store::words::PartyKind;
use needmatch_store::{AuditedTransaction, Session};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::apart::apart;
use crate::app::{App, Surface, new_key};
use crate::document::{Fields, shown};
use crate::error::{AppError, Fault, Faults};
use crate::policy::{Action, allow};
use crate::principal::{Mandate, Principal};

pub use apply::Done;
pub use located::RowFault;
pub use needmatch_store::register::MAX_IMPORT_BYTES;
pub use read::MAX_ROWS;

/// What takes long of an import and waits for nothing.
const READING: &str = "reading tables";

/// Hours until what was looked at is forgotten.
const HOURS: i64 = 24;

/// Tables that can be imported, by the names of their files.
pub const TABLES: [&str; 5] = ["requests", "components", "offers", "offer_periods", "programmes"];

/// Tables as handed in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tables(BTreeMap<String, String>);

impl Tables {
    /// Tables by their names.
    ///
    /// # Errors
    /// [`AppError::Invalid`] where there is none, a name is unknown, or lines of requests come without the requests.
    pub fn of(tables: BTreeMap<String, String>) -> Result<Self, AppError> {
        let mut faults = Faults::default();
        for name in tables.keys().filter(|name| !TABLES.contains(&name.as_str())) {
            faults.push(format!("/tables/{name}"), Some(name), Fault::UnknownField { allowed: TABLES.join(", ") });
        }
        if tables.is_empty() {
            faults.push("/tables", None, Fault::Missing {});
        }
        for (name, needed) in [("requests", "components"), ("components", "requests"), ("offer_periods", "offers")] {
            if tables.contains_key(name) && !tables.contains_key(needed) {
                faults.push(format!("/tables/{needed}"), None, Fault::Missing {});
            }
        }
        faults.finish(Some(Self(tables)))
    }

    fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(&self.0).expect("texts can be written")
    }

    fn table(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// SHA-256 of all of them together.
    pub fn sha256(&self) -> String {
        canonical::sha256(&self.bytes())
    }
}

/// What was found in tables.
#[derive(Debug, Clone, Serialize)]
pub struct Looked {
    /// SHA-256 of all tables together.
    pub sha256: String,
    /// Rows and SHA-256 of each.
    pub tables: BTreeMap<String, TableFigures>,
    /// What is asked for, by area, and offered, by currency or unit.
    pub totals: totals::Totals,
    /// Rows that are new, differ, or say what stands.
    pub done: Done,
    /// Columns that are not taken, for an import takes no steps.
    pub left_out: Vec<String>,
    /// Everything wrong, by row.
    #[serde(skip)]
    pub faults: Vec<RowFault>,
}

/// Figures of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableFigures {
    /// Rows, the header apart.
    pub rows: usize,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// The party in whose name tables are handed in: of several the one named first among memberships.
fn party_of(principal: &Principal) -> Result<PartyKey, AppError> {
    if !principal.is_signed_in() {
        return Err(AppError::Unauthenticated);
    }
    let takes_part = |mandate: &&Mandate| mandate.kind != PartyKind::Observer;
    let acting = principal.mandates.iter().find(takes_part).map(|mandate| mandate.party);
    let party = acting.ok_or(AppError::Forbidden { action: Action::ImportTables.name() })?;
    allow(principal, Action::ImportTables, Some(party))?;
    Ok(party)
}

/// Looks at tables: everything is done and undone, though the caller goes away meanwhile.
pub async fn look(app: &App, principal: &Principal, surface: &Surface, tables: &Tables) -> Result<Looked, AppError> {
    let party = party_of(principal)?;
    look_as(app, principal, surface, party, tables).await
}

/// Looks at tables in the name of a party.
pub async fn look_as(
    app: &App,
    principal: &Principal,
    surface: &Surface,
    party: PartyKey,
    tables: &Tables,
) -> Result<Looked, AppError> {
    let (app, principal, surface, tables) = (app.clone(), principal.clone(), surface.clone(), tables.clone());
    let looking = tokio::spawn(async move {
        let (mut looked, read) = apart(READING, move || read_all(&tables)).await?;
        let mut transaction = app.begin(&principal, &surface).await?;
        let applied = apply::apply(&mut transaction, &principal, party, &read).await;
        transaction.rollback().await?;
        let (done, faults) = applied?;
        looked.done = done;
        looked.faults.extend(faults);
        located::finish(&mut looked.faults);
        Ok(looked)
    });
    looking.await.map_err(|error| {
        tracing::error!(%error, "looking at tables broke off");
        AppError::Internal
    })?
}

/// What can be told of tables without the register, and their rows.
fn read_all(tables: &Tables) -> (Looked, read::Read) {
    let read = read::read(tables);
    let figures = |(name, text): (&String, &String)| {
        let rows = read.rows_of(name);
        (name.clone(), TableFigures { rows, sha256: canonical::sha256(text.as_bytes()) })
    };
    let looked = Looked {
        sha256: tables.sha256(),
        tables: tables.0.iter().map(figures).collect(),
        totals: totals::of(&read),
        done: Done::default(),
        left_out: read.left_out.clone(),
        faults: read.faults.clone(),
    };
    (looked, read)
}

/// Keeps tables that were looked at, with what is shown of them, until they are confirmed or a day is over.
pub async fn keep(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    tables: &Tables,
    preview: Value,
) -> Result<Import, AppError> {
    let at = transaction.at();
    let import = Import {
        key: new_key(),
        party: party_of(principal)?,
        sha256: tables.sha256(),
        preview,
        created_at: at,
        expires_at: at + SignedDuration::from_hours(HOURS),
        confirmed_at: None,
    };
    transaction.add_import(&import, &tables.bytes()).await?;
    Ok(import)
}

/// An import the principal may see.
pub async fn get(session: &mut Session, principal: &Principal, key: ImportKey) -> Result<Import, AppError> {
    Ok(session.import(&principal.viewer(), key).await?)
}

/// Takes the tables of an import, all rows or none, as the register now stands.
///
/// # Errors
/// [`AppError::Invalid`] with everything that is wrong now, its pointers naming table, row and column;
/// [`AppError::NotAllowedNow`] when they were taken before, or their time is over.
pub async fn confirm(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: ImportKey,
) -> Result<(Import, Done), AppError> {
    if !principal.is_signed_in() {
        return Err(AppError::Unauthenticated);
    }
    let (import, bytes) = match get(transaction, principal, key).await? {
        import if import.confirmed_at.is_some() => return Err(over("confirmed")),
        import if import.expires_at <= transaction.at() => {
            allow(principal, Action::ImportTables, Some(import.party))?;
            return Err(over("expired"));
        }
        _ => transaction.import_with_tables(&principal.viewer(), key).await?,
    };
    allow(principal, Action::ImportTables, Some(import.party))?;
    let tables: Tables = serde_json::from_slice(&bytes).map_err(|error| {
        tracing::error!(%error, "the tables of an import cannot be read");
        AppError::Internal
    })?;
    let done = take(transaction, principal, import.party, &tables).await?;
    let import = transaction.confirm_import(&import).await?;
    Ok((import, done))
}

/// Whether the principal may import at all.
pub fn may(principal: &Principal) -> Result<(), AppError> {
    party_of(principal).map(drop)
}

/// Tables of a document: `tables`, an object of texts.
pub fn read_document(document: &Value) -> Result<Tables, AppError> {
    let mut faults = Faults::default();
    let mut tables = BTreeMap::new();
    if let Some(mut fields) = Fields::of(document, "", &mut faults) {
        match fields.value("tables") {
            Some(Value::Object(given)) => {
                for (name, text) in given {
                    match text {
                        Value::String(text) => drop(tables.insert(name.clone(), text.clone())),
                        other => {
                            let expected = "a text between quotation marks";
                            let pointer = format!("/tables/{name}");
                            fields.faults.push(pointer, Some(&shown(other)), Fault::WrongType { expected });
                        }
                    }
                }
            }
            Some(other) => fields.refuse("tables", Some(&shown(other)), Fault::WrongType { expected: "an object" }),
            None => fields.refuse("tables", None, Fault::Missing {}),
        }
        fields.finish();
    }
    faults.finish(Some(()))?;
    Tables::of(tables)
}

/// The refusal of a table that is none.
pub fn not_a_table(name: &str) -> AppError {
    let mut faults = Faults::default();
    faults.push(format!("/tables/{name}"), None, Fault::NotATable {});
    faults.finish::<()>(None).err().unwrap_or(AppError::Internal)
}

fn over(state: &str) -> AppError {
    AppError::NotAllowedNow { kind: "import", step: "confirm".to_owned(), state: state.to_owned(), allowed: Vec::new() }
}

/// Takes tables in the name of a party, all rows or none: whoever began the transaction undoes it when refused.
///
/// # Errors
/// As [`confirm`].
pub async fn take(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    party: PartyKey,
    tables: &Tables,
) -> Result<Done, AppError> {
    let tables = tables.clone();
    let read = apart(READING, move || read::read(&tables)).await?;
    let (done, found) = apply::apply(transaction, principal, party, &read).await?;
    let mut faults = read.faults;
    faults.extend(found);
    located::finish(&mut faults);
    if faults.is_empty() {
        return Ok(done);
    }
    Err(AppError::Invalid { fields: faults.into_iter().map(RowFault::into_field).collect() })
}
