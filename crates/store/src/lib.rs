//! Persistence on SQLite and PostgreSQL. Callers see one [`Store`]; which engine runs is known to `engine` and
//! `dialect` alone.
//!
//! Reading: [`Store::read`] gives a [`Session`], whose methods take a [`Viewer`] wherever a row belongs to a party.
//! Writing: [`Store::begin`] takes the [`audit::Origin`] of the change and gives an [`AuditedTransaction`]; each change
//! notes its audit row, and `commit` writes them. Keys, times and secrets come from the caller.
//!
//! To add a noun: a table in both folders of `migrations/` with the same version, a key in [`keys`], a file with the
//! record and its methods on `Session` and `AuditedTransaction`, a branch in `viewer` if it belongs to a party, and a
//! part of the conformance suite in `tests/`.

pub mod agreements;
pub mod audit;
pub mod backup;
mod bell;
mod bounds;
mod days;
mod dialect;
mod engine;
mod error;
mod forgetting;
mod guard;
pub mod idempotency;
pub mod keys;
mod limits;
pub mod messages;
mod moving;
mod page;
pub mod parties;
pub mod register;
pub mod rounds;
pub mod runs;
mod session;
mod statement;
mod store;
#[cfg(test)]
mod tests;
mod transaction;
mod viewer;
pub mod words;

pub use bell::Listener;
pub use bounds::{MAX_BODY, MAX_COMPONENTS, MAX_LIST, MAX_REASON, MAX_SNAPSHOT, MAX_TEXT};
pub use error::StoreError;
pub use moving::Move;
pub use page::{BY_TIME, Cursor, MAX_PAGE, OFFER_ORDERS, Order, Page, REQUEST_ORDERS};
pub use session::Session;
pub use store::Store;
pub use transaction::AuditedTransaction;
pub use viewer::Viewer;
