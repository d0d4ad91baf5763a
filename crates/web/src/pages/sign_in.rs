//! Signing in by a link that works once, and signing out.

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use needmatch_app::{AppError, sign_in};

use crate::form::from_this_site;
use crate::layout::Layout;
use crate::visit::{SESSION, Visit, render};

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    layout: Layout,
    was_refused: bool,
}

fn page(visit: &Visit, was_refused: bool) -> Result<Response, AppError> {
    let layout = Layout::of(visit, needmatch_i18n::text(visit.locale, "sign_in-title", &[]));
    let status = if was_refused { StatusCode::UNAUTHORIZED } else { StatusCode::OK };
    render(status, &SignInPage { layout, was_refused })
}

/// How to sign in.
pub(crate) async fn show(visit: Visit) -> Response {
    visit.answer(async { page(&visit, false) }).await
}

/// Uses up a link.
pub(crate) async fn redeem(visit: Visit, Path(token): Path<String>) -> Response {
    visit
        .answer(async {
            let secret = match sign_in::redeem(&visit.app, &visit.surface(), &token).await {
                Ok(secret) => secret,
                Err(AppError::Unauthenticated) => return page(&visit, true),
                Err(other) => return Err(other),
            };
            let cookie = visit.set_cookie(SESSION, secret.reveal(), sign_in::SESSION_HOURS)?;
            Ok(([(header::SET_COOKIE, cookie)], Redirect::to(&visit.link("/"))).into_response())
        })
        .await
}

/// Ends the session, on the server too.
pub(crate) async fn leave(visit: Visit, headers: HeaderMap) -> Response {
    visit
        .answer(async {
            from_this_site(&headers)?;
            if visit.principal.is_signed_in() {
                let mut transaction = visit.app.begin(&visit.principal, &visit.surface()).await?;
                sign_in::leave(&mut transaction, &visit.principal).await?;
                transaction.commit().await?;
            }
            let cookie = visit.set_cookie(SESSION, "", 0)?;
            Ok(([(header::SET_COOKIE, cookie)], Redirect::to(&visit.link("/"))).into_response())
        })
        .await
}
