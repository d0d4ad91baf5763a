//! Who calls: the principal of the bearer token, or nobody in particular.

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use needmatch_app::{App, AppError, Principal};

use super::problem::Problem;
use super::trying::Trying;

/// The principal of the request.
#[derive(Debug, Clone)]
pub(crate) struct Caller(pub(crate) Principal);

impl FromRequestParts<App> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(known.clone());
        }
        let caller = Self(principal(parts, app).await?);
        if caller.0.is_trying()
            && let Some(trying) = parts.extensions.get::<Trying>()
        {
            trying.set();
        }
        parts.extensions.insert(caller.clone());
        Ok(caller)
    }
}

async fn principal(parts: &Parts, app: &App) -> Result<Principal, AppError> {
    let Some(given) = parts.headers.get(header::AUTHORIZATION) else { return Ok(Principal::public()) };
    let given = given.to_str().map_err(|_| AppError::Unauthenticated)?;
    let (scheme, token) = given.split_once(' ').ok_or(AppError::Unauthenticated)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(AppError::Unauthenticated);
    }
    app.authenticate(token.trim()).await
}
