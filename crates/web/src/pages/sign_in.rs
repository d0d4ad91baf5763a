//! Signing in by password, and signing out.

use askama::Template;
use axum::Form;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use needmatch_app::access::{self, Shown, SignedIn};
use needmatch_app::{AppError, sign_in};
use serde::Deserialize;
use serde_json::json;

use crate::form::{self, from_this_site};
use crate::layout::Layout;
use crate::visit::{SESSION, Visit, render};

/// A provider to come in by.
struct ProviderLink {
    title: String,
    address: String,
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    layout: Layout,
    /// What was wrong with what was sent; absent before anything was.
    refusal: Option<&'static str>,
    email: String,
    providers: Vec<ProviderLink>,
}

/// A password as typed into the form. It is not printed.
#[derive(Deserialize)]
pub(crate) struct PasswordForm {
    email: String,
    password: String,
    #[serde(default)]
    code: String,
}

pub(super) fn page(visit: &Visit, status: StatusCode, refusal: Option<&'static str>) -> Result<Response, AppError> {
    page_for(visit, status, refusal, String::new())
}

fn page_for(
    visit: &Visit,
    status: StatusCode,
    refusal: Option<&'static str>,
    email: String,
) -> Result<Response, AppError> {
    let layout = Layout::of(visit, needmatch_i18n::text(visit.locale, "sign_in-title", &[]));
    let link = |(name, title): (&str, &str)| ProviderLink {
        title: needmatch_i18n::text(visit.locale, "sign_in-with", &[("provider", title.into())]),
        address: visit.link(&format!("/sign-in/with/{name}")),
    };
    let providers = visit.app.providers().map(|providers| providers.titles().map(link).collect());
    render(status, &SignInPage { layout, refusal, email, providers: providers.unwrap_or_default() })
}

/// The answer that hands a session to the browser and leads to the front page, or to what is still owed.
pub(super) fn enter(visit: &Visit, begun: &SignedIn) -> Result<Response, AppError> {
    let cookie = visit.set_cookie(SESSION, begun.secret.reveal(), sign_in::SESSION_HOURS)?;
    let next = visit.link(if begun.owes_second_factor { "/account/second-factor" } else { "/" });
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to(&next)).into_response())
}

/// How to sign in.
pub(crate) async fn show(visit: Visit) -> Response {
    visit.answer(async { page(&visit, StatusCode::OK, None) }).await
}

/// Signs in by password.
pub(crate) async fn by_password(visit: Visit, headers: HeaderMap, Form(sent): Form<PasswordForm>) -> Response {
    visit
        .answer(async {
            from_this_site(&headers)?;
            let mut document = json!({ "email": sent.email, "password": sent.password });
            let code = form::code(&sent.code);
            if !code.is_empty() {
                document["code"] = json!(code);
            }
            let begun = match Shown::read(&document) {
                Ok(shown) => {
                    let (app, surface, source) = (visit.app.clone(), visit.surface(), visit.source);
                    // In a task of its own: whoever hangs up leaves no transaction half open.
                    let begun = tokio::spawn(async move { access::sign_in(&app, &surface, shown, source).await });
                    begun.await.map_err(|_| AppError::Internal)?
                }
                Err(error) => Err(error),
            };
            let refusal = match begun {
                Ok(begun) => return enter(&visit, &begun),
                // The password is right as far as it is told here: the code is missing.
                Err(AppError::Invalid { fields }) if fields.iter().all(|field| field.pointer == "/code") => {
                    (StatusCode::UNPROCESSABLE_ENTITY, "sign_in-code_needed")
                }
                Err(AppError::Unauthenticated | AppError::Invalid { .. }) => {
                    (StatusCode::UNAUTHORIZED, "sign_in-refused")
                }
                Err(AppError::TooManyTries { .. }) => (StatusCode::TOO_MANY_REQUESTS, "sign_in-too_many"),
                Err(other) => return Err(other),
            };
            page_for(&visit, refusal.0, Some(refusal.1), sent.email)
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
