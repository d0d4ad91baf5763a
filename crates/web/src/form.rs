//! Forms change things only when they were sent from a page of this site.

use axum::http::HeaderMap;
use needmatch_app::AppError;

/// Refuses a form that another site sent. The session's cookie is not sent along then either (`SameSite`); browsers that
/// do not tell are judged by that alone.
pub(crate) fn from_this_site(headers: &HeaderMap) -> Result<(), AppError> {
    match headers.get("sec-fetch-site") {
        Some(site) if site != "same-origin" && site != "none" => Err(AppError::Forbidden { action: "send this form" }),
        _ => Ok(()),
    }
}
