//! The page on which the description of the API is read and tried. Swagger UI is compiled in: nothing of it comes from
//! elsewhere, and nothing is told to anybody else.

use std::sync::Arc;

use axum::http::{HeaderValue, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use needmatch_app::AppError;
use utoipa_swagger_ui::Config;

use crate::http::problem::Problem;

/// Where the page stands; its files stand beside it.
const HOME: &str = "/api/docs/";

/// Looser than that of other pages by what the bundle needs: it writes styles into its elements and draws its icons from
/// `data:` addresses. Scripts and questions stay those of this site.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
     connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
);

/// Leads to the address beside which the page's files are found.
pub(crate) async fn lead() -> Redirect {
    Redirect::permanent(HOME)
}

/// The page and the files that it loads.
pub(crate) async fn show(uri: Uri) -> Result<Response, Problem> {
    let name = uri.path().strip_prefix(HOME).unwrap_or_default();
    // The validator that is asked unless told otherwise is somebody else's, and would be sent the address of this site.
    let config = Config::new(["/api/v1/openapi.json"]).validator_url("none");
    let file = utoipa_swagger_ui::serve(name, Arc::new(config)).map_err(|error| {
        tracing::error!(%error, "the page that shows the API cannot be made");
        AppError::Internal
    })?;
    let Some(file) = file else {
        let path: String = uri.path().chars().take(80).collect();
        return Err(AppError::not_found("address", path).into());
    };
    let kind = HeaderValue::from_str(&file.content_type).map_err(|_| AppError::Internal)?;
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    ];
    Ok((headers, file.bytes.into_owned()).into_response())
}
