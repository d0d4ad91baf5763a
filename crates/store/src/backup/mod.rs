//! The whole register as one file that either engine can be restored from.
//!
//! A backup is a text of JSON lines: a heading with the migrations it was made at; for each table a line with its columns,
//! then a line a row, every value as text (bytes and identifiers in hexadecimal); at the end the number of rows and the
//! SHA-256 of everything before. It is read in one snapshot while others go on writing. Tables and columns are asked of
//! the database, so that a new migration needs nothing here.

mod read;
mod write;

use serde::{Deserialize, Serialize};

pub use read::{Restored, check_backup};

use crate::dialect::catalog::{self, Holds};
use crate::error::StoreError;
use crate::session::Session;

/// Names the format, and its version.
const FORMAT: &str = "needmatch backup 1";

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heading {
    /// Names the format.
    pub format: String,
    /// Versions of the migrations of the register.
    pub migrations: Vec<i64>,
    /// When it was made.
    pub at: jiff::Timestamp,
}

/// The line before the rows of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TableLine {
    table: String,
    columns: Vec<String>,
}

/// The last line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ending {
    /// Rows of all tables.
    pub rows: u64,
    /// SHA-256 of every byte before this line.
    pub sha256: String,
}

/// A row: its values as text.
type RowLine = Vec<Option<String>>;

/// What goes wrong with a backup, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The file cannot be read or written.
    #[error("the backup file: {0}")]
    File(#[from] std::io::Error),
    /// The file is not what was written.
    #[error("line {line} of the backup {what}: take another copy of the file")]
    Damaged {
        /// The line.
        line: u64,
        /// What is wrong with it.
        what: String,
    },
    /// It was made by another version.
    #[error(
        "the backup was made at the migrations {found:?}, this version has {known:?}: restore it with the version that made \
         it, then run `needmatch migrate` of this one"
    )]
    OtherVersion {
        /// Migrations of the backup.
        found: Vec<i64>,
        /// Migrations of this version.
        known: Vec<i64>,
    },
    /// The register holds something already.
    #[error("the register to restore into is not empty: table {table} has rows. Name a new database")]
    NotEmpty {
        /// The table.
        table: String,
    },
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A table with what its columns hold.
struct Table {
    name: String,
    columns: Vec<(String, Holds)>,
}

/// The tables of the register.
async fn tables(session: &mut Session) -> Result<Vec<Table>, StoreError> {
    let mut tables = Vec::new();
    let engine = session.engine();
    for row in session.fetch_all(catalog::tables(engine)).await? {
        let name: String = row.get("name")?;
        let mut columns = Vec::new();
        for row in session.fetch_all(catalog::columns(engine, &name)).await? {
            let kind: String = row.get("type")?;
            let holds = Holds::of(&kind).ok_or(StoreError::Corrupt { column: format!("{name}.type"), value: kind })?;
            columns.push((row.get("name")?, holds));
        }
        tables.push(Table { name, columns });
    }
    Ok(tables)
}

/// Versions of this version's migrations.
fn known_migrations() -> Vec<i64> {
    sqlx::migrate!("../../migrations/sqlite").iter().map(|migration| migration.version).collect()
}
