//! How an engine tells its tables and their columns, for backups: whatever migrations make is found without a list.

use crate::engine::EngineKind;
use crate::statement::Statement;

/// Tables in the order in which they were made: a table only refers to earlier ones. Column `name`.
pub(crate) fn tables(engine: EngineKind) -> Statement {
    Statement::of(match engine {
        EngineKind::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> '_sqlx_migrations' \
             ORDER BY rowid"
        }
        EngineKind::Postgres => {
            "SELECT CAST(c.relname AS TEXT) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
             WHERE n.nspname = current_schema() AND c.relkind = 'r' AND c.relname <> '_sqlx_migrations' ORDER BY c.oid"
        }
    })
}

/// Columns of a table in order: `name` and `type`.
pub(crate) fn columns(engine: EngineKind, table: &str) -> Statement {
    let select = match engine {
        EngineKind::Sqlite => "SELECT name, type FROM pragma_table_info($1) ORDER BY cid",
        EngineKind::Postgres => {
            "SELECT CAST(column_name AS TEXT) AS name, CAST(data_type AS TEXT) AS type FROM information_schema.columns \
             WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position"
        }
    };
    Statement::of(select).bind(table)
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    Integer,
    Text,
    Bytes,
    Uuid,
}

impl Holds {
    /// Reads a type's name. `None`: a backup does not know it.
    pub(crate) fn of(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "integer" | "bigint" => Some(Self::Integer),
            "text" => Some(Self::Text),
            // SQLite keeps identifiers as bytes.
            "blob" | "bytea" => Some(Self::Bytes),
            "uuid" => Some(Self::Uuid),
            _ => None,
        }
    }

    /// What stands before and behind a column to make it a text that is the same on both engines.
    pub(crate) fn as_text(self, engine: EngineKind) -> (&'static str, &'static str) {
        match (self, engine) {
            (Self::Integer, _) => ("CAST(", " AS TEXT)"),
            (Self::Text, _) => ("", ""),
            (Self::Bytes, EngineKind::Postgres) => ("encode(", ", 'hex')"),
            (Self::Uuid, _) => ("replace(CAST(", " AS TEXT), '-', '')"),
            (Self::Bytes, EngineKind::Sqlite) => ("lower(hex(", "))"),
        }
    }
}

/// Begins a transaction in which every statement sees the same moment.
pub(crate) fn begin_snapshot(engine: EngineKind) -> Statement {
    Statement::of(match engine {
        EngineKind::Sqlite => "BEGIN DEFERRED",
        EngineKind::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    })
}

/// Lets one transaction take as long as it takes, and look at references when it ends, as far as the engine can.
pub(crate) fn relax(engine: EngineKind) -> Statement {
    Statement::of(match engine {
        EngineKind::Sqlite => "PRAGMA defer_foreign_keys = ON",
        EngineKind::Postgres => "SET LOCAL statement_timeout = 0",
    })
}
