//! Use cases and policy: who may do what, when, to what. The API, the pages and the worker call only this.
//!
//! A use case is a function by noun. Those that read take a [`needmatch_store::Session`] and the [`Principal`]; those that
//! change take the transaction, so that whoever began it can keep an idempotent answer in it before it commits. Input
//! comes as a JSON document, whether it was a body, a form or a row of a table, and is read by [`document`], which finds
//! every error at once.
//!
//! To add a use case: its [`policy::Action`] with who may, a row in [`lifecycle`] if it moves something, and a function
//! that asks both before it calls the store.

pub mod access;
mod apart;
mod app;
pub mod audit;
pub mod channels;
pub mod commitments;
pub mod document;
pub mod documents;
pub mod error;
pub mod exports;
pub mod imports;
pub mod insights;
pub mod items;
mod lately;
pub mod lifecycle;
pub mod messages;
mod names;
pub mod offers;
pub mod outbound;
pub mod packages;
pub mod parties;
pub mod people;
pub mod policy;
mod principal;
pub mod programmes;
pub mod proposals;
pub mod quality;
pub mod reports;
pub mod requests;
pub mod rounds;
pub mod runs;
pub mod sandbox;
pub mod scenarios;
pub mod sign_in;
pub mod sweeps;
pub mod tokens;
pub mod validity;
pub mod webhooks;

/// The cookie by which a browser shows whose session it is.
pub const SESSION_COOKIE: &str = "needmatch_session";

pub use app::{App, Clock, Surface};
pub use error::{AppError, Code, Fault, FieldError};
pub use lately::Lately;
pub use needmatch_store as store;
pub use principal::{Mandate, Principal, Scope};
