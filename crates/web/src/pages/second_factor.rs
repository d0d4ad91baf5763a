//! The second factor of who is signed in: why, the secret once it is made, and the code that confirms it.
//!
//! The secret is kept nowhere but on the page, from which it comes back with the code: a code that was mistyped shows the
//! same secret again, and whoever loads the page anew gets another.

use askama::Template;
use axum::Form;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use needmatch_app::access::{self, Begun, Enrolment, SignedIn, Standing};
use needmatch_app::{App, AppError, Principal, Scope, Surface};
use needmatch_i18n::text;
use serde::Deserialize;

use super::sign_in::enter;
use crate::form::{self, from_this_site};
use crate::layout::Layout;
use crate::picture::{self, Picture};
use crate::visit::{Visit, render};

/// Letters of a secret.
const SECRET: usize = 32;

/// Letters that are read together.
const GROUP: usize = 4;

#[derive(Template)]
#[template(path = "second_factor.html")]
struct SecondFactorPage {
    layout: Layout,
    standing: Standing,
    refusal: Option<&'static str>,
    /// Where to go on without one, for now.
    onward: Option<String>,
}

#[derive(Template)]
#[template(path = "second_factor_secret.html")]
struct SecretPage {
    layout: Layout,
    secret: String,
    /// The same in groups, to be typed.
    groups: Vec<String>,
    address: String,
    /// What is shown beside the code, where another second factor stays in use until then.
    renewal: Option<String>,
    picture: Option<Picture>,
    refusal: Option<&'static str>,
}

/// A code, beside the secret that it confirms where there is one. Neither is printed.
#[derive(Deserialize)]
pub(crate) struct CodeForm {
    #[serde(default)]
    code: String,
    #[serde(default)]
    secret: String,
    #[serde(default)]
    renewal: String,
}

fn layout(visit: &Visit) -> Layout {
    let mut layout = Layout::of(visit, text(visit.locale, "account-factor-title", &[]));
    layout.owes_second_factor = false;
    layout
}

async fn page(visit: &Visit, status: StatusCode, refusal: Option<&'static str>) -> Result<Response, AppError> {
    let standing = access::standing(&mut visit.app.read().await?, &visit.principal).await?;
    let may_wait = standing.came_by_link && visit.principal.may(Scope::Read);
    let onward = may_wait.then(|| visit.link("/"));
    render(status, &SecondFactorPage { layout: layout(visit), standing, refusal, onward })
}

fn secret_page(
    visit: &Visit,
    status: StatusCode,
    begun: Begun,
    refusal: Option<&'static str>,
) -> Result<Response, AppError> {
    let Begun { enrolment, renewal } = begun;
    let letters: Vec<char> = enrolment.secret.chars().collect();
    let page = SecretPage {
        layout: layout(visit),
        groups: letters.chunks(GROUP).map(|group| group.iter().collect()).collect(),
        picture: picture::of(&enrolment.address),
        secret: enrolment.secret,
        address: enrolment.address,
        renewal,
        refusal,
    };
    let mut response = render(status, &page)?;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// Tells what a second factor is, and offers to set one up.
pub(crate) async fn ask(visit: Visit) -> Response {
    visit.answer(page(&visit, StatusCode::OK, None)).await
}

async fn begin(app: App, principal: Principal, surface: Surface, code: String) -> Result<Begun, AppError> {
    let mut transaction = app.begin(&principal, &surface).await?;
    let code = Some(code.as_str()).filter(|code| !code.is_empty());
    let begun = access::begin_or_renew_second_factor(&app, &mut transaction, &principal, code).await?;
    transaction.commit().await?;
    Ok(begun)
}

async fn confirm(
    app: App,
    principal: Principal,
    surface: Surface,
    code: String,
    renewal: Option<String>,
) -> Result<Option<SignedIn>, AppError> {
    let mut transaction = app.begin(&principal, &surface).await?;
    let begun = access::confirm_and_go_on(&app, &mut transaction, &principal, renewal.as_deref(), &code).await?;
    transaction.commit().await?;
    Ok(begun)
}

/// Makes a secret, or confirms the one that is sent along with its code.
pub(crate) async fn go_on(visit: Visit, headers: HeaderMap, Form(sent): Form<CodeForm>) -> Response {
    visit
        .answer(async {
            from_this_site(&headers)?;
            let code = form::code(&sent.code);
            if sent.secret.is_empty() {
                show_secret(&visit, code).await
            } else {
                take_code(&visit, code, sent.secret, Some(sent.renewal).filter(|renewal| !renewal.is_empty())).await
            }
        })
        .await
}

async fn show_secret(visit: &Visit, code: String) -> Result<Response, AppError> {
    // In a task of its own: whoever hangs up leaves no transaction half open.
    let begun = tokio::spawn(begin(visit.app.clone(), visit.principal.clone(), visit.surface(), code));
    match begun.await.map_err(|_| AppError::Internal)? {
        Ok(begun) => secret_page(visit, StatusCode::OK, begun, None),
        Err(AppError::Invalid { .. }) => {
            page(visit, StatusCode::UNPROCESSABLE_ENTITY, Some("account-factor-code_missing")).await
        }
        // Nobody in particular has no second factor to show.
        Err(AppError::Unauthenticated) if visit.principal.person.is_some() => {
            page(visit, StatusCode::UNPROCESSABLE_ENTITY, Some("sign_in-code_refused")).await
        }
        Err(AppError::TooManyTries { .. }) => {
            page(visit, StatusCode::TOO_MANY_REQUESTS, Some("sign_in-too_many")).await
        }
        Err(other) => Err(other),
    }
}

async fn take_code(visit: &Visit, code: String, secret: String, renewal: Option<String>) -> Result<Response, AppError> {
    // In a task of its own: whoever hangs up leaves no transaction half open.
    let confirmed =
        tokio::spawn(confirm(visit.app.clone(), visit.principal.clone(), visit.surface(), code, renewal.clone()));
    let (status, refusal) = match confirmed.await.map_err(|_| AppError::Internal)? {
        Ok(Some(begun)) => return enter(visit, &begun),
        Ok(None) => return Ok(Redirect::to(&visit.link("/account?done=second-factor")).into_response()),
        Err(AppError::Invalid { .. }) => (StatusCode::UNPROCESSABLE_ENTITY, "account-factor-code_missing"),
        Err(AppError::RuleBroken { .. }) => (StatusCode::UNPROCESSABLE_ENTITY, "sign_in-code_refused"),
        Err(AppError::Unauthenticated) if visit.principal.person.is_some() => {
            (StatusCode::UNPROCESSABLE_ENTITY, "sign_in-code_refused")
        }
        Err(AppError::TooManyTries { .. }) => (StatusCode::TOO_MANY_REQUESTS, "sign_in-too_many"),
        Err(other) => return Err(other),
    };
    let is_secret = secret.len() == SECRET && secret.bytes().all(|byte| matches!(byte, b'A'..=b'Z' | b'2'..=b'7'));
    if !is_secret {
        return page(visit, status, Some(refusal)).await;
    }
    let standing = access::standing(&mut visit.app.read().await?, &visit.principal).await?;
    let enrolment = Enrolment::of(secret, &standing.person.email);
    secret_page(visit, status, Begun { enrolment, renewal }, Some(refusal))
}
