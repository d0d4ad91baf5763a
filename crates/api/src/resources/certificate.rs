//! All of a run: problem, proof, reasons, and the run file that anybody can recount.

use axum::Json;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use needmatch_app::store::keys::RunKey;
use needmatch_app::{App, runs};
use needmatch_domain::certificate::Certificate;
use needmatch_domain::reason::Explanations;
use needmatch_domain::run::Run as RunFile;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::caller::Reading;
use crate::http::parameters::Key;
use crate::http::problem::{Problem, ProblemDocument};

/// The proof of a run
#[utoipa::path(get, path = "/runs/{id}/certificate", tag = "runs", params(("id" = String, Path)), responses(
    (status = 200, body = serde_json::Value), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn certificate(
    Reading { principal, mut session }: Reading,
    Key(key): Key<RunKey>,
) -> Result<Json<Certificate>, Problem> {
    Ok(Json(runs::certificate(&mut session, &principal, key).await?))
}

/// The reasons of a run: why each match, why each component without, what is left of each offer
#[utoipa::path(get, path = "/runs/{id}/explanations", tag = "runs", params(("id" = String, Path)), responses(
    (status = 200, body = serde_json::Value), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn explanations(
    Reading { principal, mut session }: Reading,
    Key(key): Key<RunKey>,
) -> Result<Json<Explanations>, Problem> {
    Ok(Json(runs::explanations(&mut session, &principal, key).await?))
}

/// The frozen problem of a run, as canonical bytes under its hash
#[utoipa::path(get, path = "/runs/{id}/problem", tag = "runs", params(("id" = String, Path)), responses(
    (status = 200, body = serde_json::Value), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn problem(Reading { principal, mut session }: Reading, Key(key): Key<RunKey>) -> Result<Response, Problem> {
    let bytes = runs::problem_bytes(&mut session, &principal, key).await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], bytes).into_response())
}

/// The whole run file, for `needmatch verify`
#[utoipa::path(get, path = "/runs/{id}/export", tag = "runs", params(("id" = String, Path)), responses(
    (status = 200, body = serde_json::Value), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn export(Reading { principal, mut session }: Reading, Key(key): Key<RunKey>) -> Result<Json<RunFile>, Problem> {
    Ok(Json(runs::export(&mut session, &principal, key).await?))
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(certificate))
        .routes(routes!(explanations))
        .routes(routes!(problem))
        .routes(routes!(export))
}
