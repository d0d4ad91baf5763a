//! Signing in by the provider of one's organisation: to it, back from it, and the second factor where it is still owed.
//!
//! The way to the provider is a link and not a form: `form-action` would have to name every site that the provider itself
//! leads through. Nobody is led anywhere else than to the provider, and from there to the front page or to what they owe.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use needmatch_app::AppError;
use needmatch_app::access::openid::{self, Arrived, Refusal, Returned};
use needmatch_i18n::text;
use serde::Deserialize;

use super::sign_in::enter;
use crate::form::{self, from_this_site};
use crate::layout::Layout;
use crate::visit::{Visit, cookie, render};

/// Name of the cookie that binds a journey to the browser it began in.
const JOURNEY: &str = "needmatch_journey";

/// Name of the cookie that holds half a session.
const HALF: &str = "needmatch_half";

#[derive(Template)]
#[template(path = "sign_in_refused.html")]
struct RefusedPage {
    layout: Layout,
    refusal: &'static str,
}

#[derive(Template)]
#[template(path = "sign_in_code.html")]
struct CodePage {
    layout: Layout,
    refusal: Option<&'static str>,
}

/// What a provider gives the browser to bring back.
#[derive(Deserialize)]
pub(crate) struct Answer {
    state: Option<String>,
    code: Option<String>,
    iss: Option<String>,
}

/// The code of the moment.
#[derive(Deserialize)]
pub(crate) struct CodeForm {
    code: String,
}

fn refused(visit: &Visit, refusal: Refusal) -> Result<Response, AppError> {
    let (status, refusal) = match refusal {
        Refusal::NotInvited => (StatusCode::FORBIDDEN, "sign_in-not_invited"),
        Refusal::NotFinished => (StatusCode::UNAUTHORIZED, "sign_in-not_finished"),
        Refusal::OneFactor => (StatusCode::FORBIDDEN, "sign_in-one_factor"),
        Refusal::Down => (StatusCode::SERVICE_UNAVAILABLE, "sign_in-provider_down"),
    };
    let layout = Layout::of(visit, text(visit.locale, "sign_in-title", &[]));
    render(status, &RefusedPage { layout, refusal })
}

/// A cookie with a secret, or one taken back.
fn kept(visit: &Visit, name: &str, secret: Option<&str>) -> Result<HeaderValue, AppError> {
    visit.set_cookie(name, secret.unwrap_or_default(), i64::from(secret.is_some()))
}

/// Leaves for a provider.
pub(crate) async fn leave(visit: Visit, Path(name): Path<String>) -> Response {
    visit
        .answer(async {
            match openid::begin(&visit.app, &name, visit.source).await? {
                Ok(begun) => {
                    let cookie = kept(&visit, JOURNEY, Some(begun.secret.reveal()))?;
                    Ok(([(header::SET_COOKIE, cookie)], Redirect::to(begun.address.as_str())).into_response())
                }
                Err(refusal) => refused(&visit, refusal),
            }
        })
        .await
}

/// Comes back from a provider.
pub(crate) async fn come_back(
    visit: Visit,
    Path(name): Path<String>,
    Query(answer): Query<Answer>,
    headers: HeaderMap,
) -> Response {
    visit
        .answer(async {
            let secret = cookie(&headers, JOURNEY).map(ToOwned::to_owned);
            let returned = Returned { secret, state: answer.state, code: answer.code, issuer: answer.iss };
            let (app, surface) = (visit.app.clone(), visit.surface());
            // In a task of its own: whoever hangs up leaves no transaction half open.
            let arrived = tokio::spawn(async move { openid::come_back(&app, &surface, &name, returned).await });
            let mut response = match arrived.await.map_err(|_| AppError::Internal)?? {
                Arrived::SignedIn(begun) => enter(&visit, &begun)?,
                Arrived::NeedsCode(secret) => {
                    let cookies = [(header::SET_COOKIE, kept(&visit, HALF, Some(secret.reveal()))?)];
                    (AppendHeaders(cookies), Redirect::to(&visit.link("/sign-in/code"))).into_response()
                }
                Arrived::Refused(refusal) => return refused(&visit, refusal),
            };
            response.headers_mut().append(header::SET_COOKIE, kept(&visit, JOURNEY, None)?);
            Ok(response)
        })
        .await
}

fn code_page(visit: &Visit, status: StatusCode, refusal: Option<&'static str>) -> Result<Response, AppError> {
    let layout = Layout::of(visit, text(visit.locale, "sign_in-title", &[]));
    render(status, &CodePage { layout, refusal })
}

/// Asks for the code of the second factor.
pub(crate) async fn ask_code(visit: Visit, headers: HeaderMap) -> Response {
    visit
        .answer(async {
            match openid::waits_for_code(&visit.app, cookie(&headers, HALF).unwrap_or_default()).await {
                Ok(()) => code_page(&visit, StatusCode::OK, None),
                Err(AppError::Unauthenticated) => refused(&visit, Refusal::NotFinished),
                Err(other) => Err(other),
            }
        })
        .await
}

/// Takes the code of the second factor.
pub(crate) async fn show_code(visit: Visit, headers: HeaderMap, Form(sent): Form<CodeForm>) -> Response {
    visit
        .answer(async {
            from_this_site(&headers)?;
            let half = cookie(&headers, HALF).unwrap_or_default();
            match openid::show_code(&visit.app, &visit.surface(), half, &form::code(&sent.code)).await {
                Ok(Some(begun)) => {
                    let mut response = enter(&visit, &begun)?;
                    response.headers_mut().append(header::SET_COOKIE, kept(&visit, HALF, None)?);
                    Ok(response)
                }
                Err(AppError::Unauthenticated) => refused(&visit, Refusal::NotFinished),
                Ok(None) => code_page(&visit, StatusCode::UNAUTHORIZED, Some("sign_in-code_refused")),
                Err(AppError::TooManyTries { .. }) => {
                    code_page(&visit, StatusCode::TOO_MANY_REQUESTS, Some("sign_in-too_many"))
                }
                Err(other) => Err(other),
            }
        })
        .await
}
