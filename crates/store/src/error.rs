//! What can go wrong in the store, told apart as far as a caller can act on it. Nothing here shows SQL to users.

use sqlx::error::ErrorKind;

/// A refusal or failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The row is not there, or the viewer may not know that it is.
    #[error("no {kind} {key}")]
    NotFound {
        /// What was sought, such as `request`.
        kind: &'static str,
        /// Its key.
        key: String,
    },
    /// The row has changed since the caller read it.
    #[error("{kind} {key} is at version {actual}, not {expected}: read it again")]
    VersionMismatch {
        /// What was to be changed.
        kind: &'static str,
        /// Its key.
        key: String,
        /// The version the caller named.
        expected: i64,
        /// The version that stands.
        actual: i64,
    },
    /// The row is not in the state the change starts from.
    #[error("{kind} {key} is {actual}, not {expected}")]
    WrongState {
        /// What was to be changed.
        kind: &'static str,
        /// Its key.
        key: String,
        /// The state the caller named.
        expected: String,
        /// The state that stands.
        actual: String,
    },
    /// A value that must be unique is taken.
    #[error("already taken: {constraint}")]
    Duplicate {
        /// Table and columns, or the name of the constraint.
        constraint: String,
    },
    /// A row that is referred to does not exist, or is still referred to.
    #[error("a row that is referred to does not exist, or is still in use")]
    BrokenReference,
    /// A value the database itself refuses.
    #[error("refused by the rule of the database: {constraint}")]
    RuleBroken {
        /// The rule.
        constraint: String,
    },
    /// A text with a character that no database of both engines keeps: the one of number 0.
    #[error("a text holds the character U+0000")]
    NotKept,
    /// A text, list or body above its bound.
    #[error("{what} has {actual}, at most {limit} are allowed")]
    TooLarge {
        /// What is too large, with its unit.
        what: &'static str,
        /// Its size.
        actual: usize,
        /// The bound.
        limit: usize,
    },
    /// A page in an order that the list does not have, or after a row of another order.
    #[error("no page in the order {order} begins there")]
    BadPage {
        /// The order asked for.
        order: &'static str,
    },
    /// The worker has lost its claim on the run: another attempt is under way, or the run has ended.
    #[error("attempt {attempt} no longer holds run {run}")]
    ClaimLost {
        /// The run.
        run: uuid::Uuid,
        /// The attempt that came too late.
        attempt: i64,
    },
    /// Another transaction was in the way, a statement took too long, or what was kept ahead is forgotten: the same may
    /// succeed when it is begun anew.
    #[error("the database is busy: try again")]
    Busy,
    /// The database cannot be reached, or closed the connection.
    #[error("the database cannot be reached")]
    Unavailable(#[source] sqlx::Error),
    /// No room is left for writing.
    #[error("the database has no room left")]
    StorageFull,
    /// What stands in the database cannot be read as what it should be.
    #[error("column {column} holds {value:?}, which is not what it should be")]
    Corrupt {
        /// The column.
        column: String,
        /// What was found, or why it cannot be read.
        value: String,
    },
    /// The address or the engine cannot be used.
    #[error("{0}")]
    Unusable(String),
    /// A migration failed, or the database was migrated by another version of the program.
    #[error("the database cannot be brought to this version's form")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// Anything else from the database.
    #[error("the database failed")]
    Database(#[source] sqlx::Error),
}

impl StoreError {
    /// Whether the same call, made anew in a new transaction, may succeed.
    pub fn may_be_retried(&self) -> bool {
        matches!(self, Self::Busy | Self::Unavailable(_))
    }
}

/// Primary result codes of SQLite, the low byte of the extended code.
const SQLITE_BUSY: i64 = 5;
const SQLITE_LOCKED: i64 = 6;
const SQLITE_IO_ERROR: i64 = 10;
const SQLITE_FULL: i64 = 13;
/// The extended code of a trigger that refuses.
const SQLITE_CONSTRAINT_TRIGGER: i64 = 1811;

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let sqlx::Error::Database(database) = &error else {
            return match error {
                sqlx::Error::PoolTimedOut => Self::Busy,
                sqlx::Error::Io(_)
                | sqlx::Error::Tls(_)
                | sqlx::Error::PoolClosed
                | sqlx::Error::WorkerCrashed
                | sqlx::Error::BeginFailed
                | sqlx::Error::Protocol(_) => Self::Unavailable(error),
                sqlx::Error::ColumnDecode { index, source } => {
                    Self::Corrupt { column: index, value: source.to_string() }
                }
                other => Self::Database(other),
            };
        };
        let constraint = || database.constraint().map_or_else(|| database.message().to_owned(), ToOwned::to_owned);
        match database.kind() {
            ErrorKind::UniqueViolation => return Self::Duplicate { constraint: constraint() },
            ErrorKind::ForeignKeyViolation => return Self::BrokenReference,
            ErrorKind::CheckViolation | ErrorKind::NotNullViolation => {
                return Self::RuleBroken { constraint: constraint() };
            }
            _ => {}
        }
        let code = database.code().unwrap_or_default();
        match code.as_ref() {
            // Serialization failure, deadlock, lock not available, too many connections, a statement that took too long.
            "40001" | "40P01" | "55P03" | "53300" | "57014" => return Self::Busy,
            // A character that the database's encoding does not have.
            "22021" | "22P05" => return Self::NotKept,
            // Disk full, out of memory for shared structures.
            "53100" | "53200" => return Self::StorageFull,
            // Connection exceptions, and a server that is shutting down, crashed or starting.
            "57P01" | "57P02" | "57P03" | "25P03" => return Self::Unavailable(error),
            code if code.len() == 5 && code.starts_with("08") => return Self::Unavailable(error),
            _ => {}
        }
        match code.parse::<i64>() {
            Ok(SQLITE_CONSTRAINT_TRIGGER) => Self::RuleBroken { constraint: constraint() },
            Ok(extended) if code.len() < 5 => match extended & 0xff {
                SQLITE_BUSY | SQLITE_LOCKED => Self::Busy,
                SQLITE_FULL => Self::StorageFull,
                SQLITE_IO_ERROR => Self::Unavailable(error),
                _ => Self::Database(error),
            },
            _ => Self::Database(error),
        }
    }
}
