//! Whether the process lives, and whether it can serve.

use axum::extract::State;
use axum::http::StatusCode;
use needmatch_app::App;

/// The process answers.
pub(crate) async fn alive() -> &'static str {
    "alive\n"
}

/// The register answers and has this version's form.
pub(crate) async fn ready(State(app): State<App>) -> (StatusCode, &'static str) {
    match app.store().is_current().await {
        Ok(true) => (StatusCode::OK, "ready\n"),
        Ok(false) => (StatusCode::SERVICE_UNAVAILABLE, "the register has another version's form\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the register does not answer\n"),
    }
}
