//! The router: resources under `/api/v1`, the document that describes them, health, and the bounds around everything.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header;
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use needmatch_app::{App, AppError, Code};
use serde_json::json;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::decompression::RequestDecompressionLayer;

use crate::document;
use crate::http::problem::Problem;
use crate::http::{bound, language, request_id, trying};
use crate::resources::health;
use crate::swagger;

/// Most bytes of a body, as it comes and once it is decompressed.
pub const MAX_BODY_BYTES: usize = 4 << 20;

/// Everything this crate serves.
pub fn router(app: App) -> Router {
    let (resources, description) = document::resources().split_for_parts();
    let description = document::text(&description);
    let (served, readiness) = (app.clone(), Arc::new(health::Readiness::default()));
    let ready = move || async move { health::ready(&served, &readiness).await };
    let describe = move || async move { ([(header::CONTENT_TYPE, "application/json")], description).into_response() };
    Router::new()
        .merge(resources)
        .route("/api/v1/openapi.json", get(describe))
        .route("/api/docs", get(swagger::lead))
        .route("/api/docs/", get(swagger::show))
        .route("/api/docs/{name}", get(swagger::show))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(ready))
        .route("/api/{*rest}", axum::routing::any(nothing_here))
        .method_not_allowed_fallback(no_such_method)
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        // What is packed in an unknown way is refused where a body is read.
        .layer(RequestDecompressionLayer::new().pass_through_unaccepted(true))
        .layer(middleware::from_fn(trying::mark))
        .layer(middleware::from_fn(bound::bound))
        .layer(CatchPanicLayer::custom(broke))
        .layer(middleware::from_fn(language::localise))
        .layer(middleware::from_fn(request_id::identify))
        .with_state(app)
}

async fn nothing_here(uri: axum::http::Uri) -> Problem {
    let path: String = uri.path().chars().take(80).collect();
    AppError::not_found("address", path).into()
}

async fn no_such_method() -> Problem {
    Problem::of(Code::MethodNotAllowed, json!({}))
}

fn broke(_: Box<dyn std::any::Any + Send>) -> Response {
    // The panic itself is in the log; its text is nobody else's.
    Problem::from(AppError::Internal).into_response()
}
