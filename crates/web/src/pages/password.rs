//! A forgotten password: asking for a link, and setting a new one by it.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use needmatch_app::access::recovery::{self, Replacement};
use needmatch_app::{AppError, Fault};
use needmatch_i18n::text;
use serde::Deserialize;
use serde_json::json;

use super::sign_in::{self, enter};
use crate::form::{self, from_this_site};
use crate::layout::Layout;
use crate::visit::{Visit, render};

#[derive(Template)]
#[template(path = "forgotten_password.html")]
struct ForgottenPage {
    layout: Layout,
    /// Whether somebody has asked; what they are told is the same whoever it is.
    was_asked: bool,
    refusal: Option<&'static str>,
    email: String,
}

#[derive(Template)]
#[template(path = "new_password.html")]
struct NewPasswordPage {
    layout: Layout,
    action: String,
    needs_code: bool,
    refusal: Option<&'static str>,
}

/// Who has forgotten their password.
#[derive(Deserialize)]
pub(crate) struct AskForm {
    email: String,
}

/// A new password as typed. It is not printed.
#[derive(Deserialize)]
pub(crate) struct NewPasswordForm {
    password: String,
    #[serde(default)]
    code: String,
}

fn forgotten_page(
    visit: &Visit,
    was_asked: bool,
    refusal: Option<&'static str>,
    email: String,
) -> Result<Response, AppError> {
    let layout = Layout::of(visit, text(visit.locale, "password-forgotten-title", &[]));
    let status = match refusal {
        None => StatusCode::OK,
        Some("sign_in-too_many") => StatusCode::TOO_MANY_REQUESTS,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    render(status, &ForgottenPage { layout, was_asked, refusal, email })
}

/// Asks whose password was forgotten.
pub(crate) async fn forgotten(visit: Visit) -> Response {
    visit.answer(async { forgotten_page(&visit, false, None, String::new()) }).await
}

/// Has a link mailed.
pub(crate) async fn ask(visit: Visit, headers: HeaderMap, Form(form): Form<AskForm>) -> Response {
    visit
        .answer(async {
            from_this_site(&headers)?;
            let asked = recovery::asked_for(&json!({ "email": form.email }))
                .and_then(|email| recovery::ask(&visit.app, &visit.surface(), &email, visit.source));
            match asked {
                Ok(()) => forgotten_page(&visit, true, None, form.email),
                Err(AppError::Invalid { .. }) => {
                    forgotten_page(&visit, false, Some("password-not_an_address"), form.email)
                }
                Err(AppError::TooManyTries { .. }) => {
                    forgotten_page(&visit, false, Some("sign_in-too_many"), form.email)
                }
                Err(other) => Err(other),
            }
        })
        .await
}

async fn new_password_page(
    visit: &Visit,
    token: &str,
    status: StatusCode,
    refusal: Option<&'static str>,
) -> Result<Response, AppError> {
    match recovery::needs_code(&visit.app, token).await {
        Ok(needs_code) => {
            let layout = Layout::of(visit, text(visit.locale, "password-new-title", &[]));
            let action = visit.link(&format!("/new-password/{token}"));
            render(status, &NewPasswordPage { layout, action, needs_code, refusal })
        }
        Err(AppError::Unauthenticated) => sign_in::page(visit, StatusCode::UNAUTHORIZED, Some("password-link_refused")),
        Err(other) => Err(other),
    }
}

/// Asks for a new password. The link is not used up: programs that look at mail open links too.
pub(crate) async fn choose(visit: Visit, Path(token): Path<String>) -> Response {
    visit.answer(async { new_password_page(&visit, &token, StatusCode::OK, None).await }).await
}

/// Sets a new password.
pub(crate) async fn replace(
    visit: Visit,
    Path(token): Path<String>,
    headers: HeaderMap,
    Form(sent): Form<NewPasswordForm>,
) -> Response {
    visit
        .answer(async {
            from_this_site(&headers)?;
            let mut document = json!({ "link": token, "password": sent.password });
            let code = form::code(&sent.code);
            if !code.is_empty() {
                document["code"] = json!(code);
            }
            let begun = match Replacement::read(&document) {
                Ok(shown) => {
                    let (app, surface) = (visit.app.clone(), visit.surface());
                    // In a task of its own: whoever hangs up leaves no transaction half open.
                    let begun = tokio::spawn(async move { recovery::replace(&app, &surface, shown).await });
                    begun.await.map_err(|_| AppError::Internal)?
                }
                Err(error) => Err(error),
            };
            let refusal = match begun {
                Ok(begun) => return enter(&visit, &begun),
                Err(AppError::Invalid { fields }) => (StatusCode::UNPROCESSABLE_ENTITY, of_field(&fields[0].fault)),
                Err(AppError::Unauthenticated) => (StatusCode::UNAUTHORIZED, "sign_in-code_refused"),
                Err(AppError::TooManyTries { .. }) => (StatusCode::TOO_MANY_REQUESTS, "sign_in-too_many"),
                Err(other) => return Err(other),
            };
            new_password_page(&visit, &token, refusal.0, Some(refusal.1)).await
        })
        .await
}

fn of_field(fault: &Fault) -> &'static str {
    match fault {
        Fault::Missing {} => "sign_in-code_needed",
        _ => "password-length",
    }
}
