//! Answers to whoever only tries the service say so: a client that was given the wrong token learns it from the first.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::Request;
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::Response;

/// Name of the header.
const HEADER: &str = "needmatch-sandbox";

/// Set once it is known that who calls acts for nobody but sandboxes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Trying(Arc<AtomicBool>);

impl Trying {
    pub(crate) fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Marks the answer.
pub(crate) async fn mark(mut request: Request, next: Next) -> Response {
    let trying = Trying::default();
    request.extensions_mut().insert(trying.clone());
    let mut response = next.run(request).await;
    if trying.0.load(Ordering::Relaxed) {
        response.headers_mut().insert(HEADER, HeaderValue::from_static("true"));
    }
    response
}
