//! The JSON API under `/api/v1`, described by one `OpenAPI` document generated from the code.
//!
//! One file a resource in `resources`, each with its wire types, its handlers and its routes; `http` holds what all
//! share: who calls, what they send, how a change is made once, how a refusal looks. To add an endpoint: a handler with
//! `#[utoipa::path]`, named in its file's `routes()`; `docs/openapi.json` is then made anew by its test's instruction.

mod document;
mod http;
mod resources;
mod router;
mod swagger;

pub use document::openapi;
pub use http::guard::{Bounds, guard};
pub use router::{MAX_BODY_BYTES, router};
