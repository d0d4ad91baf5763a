//! Whether the process lives, and whether it can serve.

use std::time::Duration;

use axum::http::StatusCode;
use needmatch_app::{App, Lately};

/// How long the register may take to answer before it counts as away.
const PATIENCE: Duration = Duration::from_secs(5);

/// What was found of the register.
pub(crate) type Readiness = Lately<(StatusCode, &'static str)>;

/// The process answers.
pub(crate) async fn alive() -> &'static str {
    "alive\n"
}

/// The register answers and has this version's form, or did within the last second: anybody may ask.
pub(crate) async fn ready(app: &App, readiness: &Readiness) -> (StatusCode, &'static str) {
    let look = async {
        match tokio::time::timeout(PATIENCE, app.store().is_current()).await {
            Ok(Ok(true)) => (StatusCode::OK, "ready\n"),
            Ok(Ok(false)) => (StatusCode::SERVICE_UNAVAILABLE, "the register has another version's form\n"),
            Ok(Err(_)) | Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the register does not answer\n"),
        }
    };
    readiness.get(look).await
}
