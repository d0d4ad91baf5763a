//! Who calls: the principal of the bearer token, or nobody in particular.

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use needmatch_app::store::Session;
use needmatch_app::store::parties::Secret;
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
        let principal = match token(parts)? {
            Some(token) => app.authenticate(token).await?,
            None => Principal::public(),
        };
        Ok(known(parts, principal))
    }
}

/// The principal of the request with a session to read what they ask for: one connection for both. For answers that wait
/// for nothing but the register.
pub(crate) struct Reading {
    pub(crate) principal: Principal,
    pub(crate) session: Session,
}

impl FromRequestParts<App> for Reading {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        if let Some(Caller(principal)) = parts.extensions.get::<Caller>().cloned() {
            return Ok(Self { principal, session: app.read().await? });
        }
        // What is none of ours takes no connection.
        let secret = token(parts)?.map(Secret::parse).transpose().map_err(|_| AppError::Unauthenticated)?;
        let mut session = app.read().await?;
        let principal = match secret {
            Some(secret) => app.authenticate_in(&mut session, &secret).await?,
            None => Principal::public(),
        };
        let Caller(principal) = known(parts, principal);
        Ok(Self { principal, session })
    }
}

/// Keeps the principal for who asks again, and has the answer marked where everybody acted for is a sandbox.
fn known(parts: &mut Parts, principal: Principal) -> Caller {
    let caller = Caller(principal);
    if caller.0.is_trying()
        && let Some(trying) = parts.extensions.get::<Trying>()
    {
        trying.set();
    }
    parts.extensions.insert(caller.clone());
    caller
}

/// The token shown, if one is.
fn token(parts: &Parts) -> Result<Option<&str>, AppError> {
    let Some(given) = parts.headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let given = given.to_str().map_err(|_| AppError::Unauthenticated)?;
    let (scheme, token) = given.split_once(' ').ok_or(AppError::Unauthenticated)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(AppError::Unauthenticated);
    }
    Ok(Some(token.trim()))
}
