//! The password of who is signed in: the first one after a link, or another.

use askama::Template;
use axum::Form;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use needmatch_app::access::{self, Standing};
use needmatch_app::error::FieldError;
use needmatch_app::{App, AppError, Fault, Principal, Scope, Surface};
use needmatch_i18n::text;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::form::from_this_site;
use crate::layout::Layout;
use crate::visit::{Visit, render};

#[derive(Template)]
#[template(path = "own_password.html")]
struct OwnPasswordPage {
    layout: Layout,
    standing: Standing,
    /// What is wrong with each field.
    refused: Refused,
    /// Where to go on without another password, for who has just come by a link.
    onward: Option<String>,
}

/// Messages at the fields they are about.
#[derive(Default)]
struct Refused {
    current: Option<&'static str>,
    password: Option<&'static str>,
}

/// Passwords as typed. They are not printed.
#[derive(Deserialize)]
pub(crate) struct PasswordForm {
    #[serde(default)]
    current: String,
    #[serde(default)]
    password: String,
}

/// Where it goes on after a link: to the second factor where one is owed, else to what the site is for.
fn onward(visit: &Visit, standing: &Standing) -> String {
    visit.link(if standing.owes_second_factor { "/account/second-factor" } else { "/" })
}

async fn page(visit: &Visit, refused: Refused) -> Result<Response, AppError> {
    let standing = access::standing(&mut visit.app.read().await?, &visit.principal).await?;
    let title =
        if standing.person.password_hash.is_some() { "account-password-change" } else { "account-password-choose" };
    let mut layout = Layout::of(visit, text(visit.locale, title, &[]));
    layout.owes_second_factor = false;
    // Without a password, a session that opens nothing would have been for nothing.
    let is_whole = visit.principal.may(Scope::Read);
    let onward = match standing.person.password_hash {
        Some(_) => onward(visit, &standing),
        None => visit.link("/"),
    };
    let may_go_on = standing.came_by_link && (is_whole || standing.person.password_hash.is_some());
    let status = match (refused.current, refused.password) {
        (None, None) => StatusCode::OK,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    render(status, &OwnPasswordPage { layout, standing, refused, onward: may_go_on.then_some(onward) })
}

/// Asks for a password.
pub(crate) async fn ask(visit: Visit) -> Response {
    visit.answer(page(&visit, Refused::default())).await
}

async fn set(app: App, principal: Principal, surface: Surface, document: Value) -> Result<Standing, AppError> {
    let mut transaction = app.begin(&principal, &surface).await?;
    let standing = access::standing(&mut transaction, &principal).await?;
    access::set_password(&mut transaction, &principal, standing.person.version, &document).await?;
    transaction.commit().await?;
    Ok(standing)
}

/// Sets the password.
pub(crate) async fn replace(visit: Visit, headers: HeaderMap, Form(form): Form<PasswordForm>) -> Response {
    visit
        .answer(async {
            from_this_site(&headers)?;
            let mut document = json!({ "password": form.password });
            if !form.current.is_empty() {
                document["current"] = json!(form.current);
            }
            // In a task of its own: whoever hangs up leaves no transaction half open.
            let set = tokio::spawn(set(visit.app.clone(), visit.principal.clone(), visit.surface(), document));
            match set.await.map_err(|_| AppError::Internal)? {
                Ok(standing) if standing.came_by_link => Ok(Redirect::to(&onward(&visit, &standing)).into_response()),
                Ok(_) => Ok(Redirect::to(&visit.link("/account?done=password")).into_response()),
                Err(AppError::Invalid { fields }) => page(&visit, refused(&fields)).await,
                // The one thing a person is forbidden here.
                Err(AppError::Forbidden { .. }) if visit.principal.person.is_some() => {
                    let current = Some("account-password-current_refused");
                    page(&visit, Refused { current, ..Refused::default() }).await
                }
                Err(other) => Err(other),
            }
        })
        .await
}

fn refused(fields: &[FieldError]) -> Refused {
    let at = |pointer: &str| {
        let found = fields.iter().find(|field| field.pointer == pointer)?;
        Some(match found.fault {
            Fault::TooLong { .. } => "account-password-too_long",
            _ => "password-length",
        })
    };
    Refused { current: at("/current").map(|_| "account-password-current_refused"), password: at("/password") }
}
