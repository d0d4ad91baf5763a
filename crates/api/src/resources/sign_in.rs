//! Coming in: by password, or by a link good for one use, and setting a new password. What comes out is used as a token
//! is.

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use needmatch_app::access::recovery::{self, Replacement};
use needmatch_app::access::{self, Shown};
use needmatch_app::document::Fields;
use needmatch_app::error::Faults;
use needmatch_app::{App, AppError, Surface, sign_in};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::answer::{Answer, send};
use crate::http::body::Document;
use crate::http::problem::{Problem, ProblemDocument};
use crate::http::request_id::RequestId;
use crate::http::source::Source;

/// What is shown to come in by password.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignInBody {
    /// The address.
    #[schema(example = "ana@example.org")]
    email: String,
    /// The password.
    #[schema(example = "correct horse battery staple")]
    password: String,
    /// The code of the moment, where there is a second factor.
    #[schema(example = "287082")]
    code: Option<String>,
}

/// What is shown to come in by a link.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LinkBody {
    /// What stood behind `/sign-in/`.
    #[schema(example = "nm_…")]
    link: String,
}

/// Who has forgotten their password.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecoveryBody {
    /// The address.
    #[schema(example = "ana@example.org")]
    email: String,
}

/// That it was heard: no more is told.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Asked {
    /// Always.
    was_asked: bool,
}

/// What is shown to set a new password.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPasswordBody {
    /// What stood behind `/new-password/`.
    #[schema(example = "nm_…")]
    link: String,
    /// The new password: 12 characters at least, 256 bytes at most.
    #[schema(min_length = 12, max_length = 256, example = "correct horse battery staple")]
    password: String,
    /// The code of the moment, where there is a second factor.
    #[schema(example = "287082")]
    code: Option<String>,
}

/// A session as begun.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SignedIn {
    /// What to send as `Authorization: Bearer` from here on: shown once.
    #[schema(example = "nm_…")]
    secret: String,
    /// Until when it can be used; absent where it is as long as usual.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<String>,
    /// Whether it serves only to set up a second factor.
    owes_second_factor: bool,
}

/// Come in by password
///
/// Where there is a second factor, a right password without `code` is answered 422 with an error at `/code`.
#[utoipa::path(post, path = "/sign-in", tag = "access", request_body = SignInBody, security(()), responses(
    (status = 201, body = SignedIn), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn by_password(
    State(app): State<App>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    Source(source): Source,
    document: Document,
) -> Result<Response, Problem> {
    let shown = Shown::read(&document.value)?;
    let surface = Surface { name: "api", request_id };
    // In a task of its own: whoever hangs up leaves no transaction half open.
    let begun = tokio::spawn(async move { access::sign_in(&app, &surface, shown, source).await });
    shown_once(&begun.await.map_err(|_| AppError::Internal)??)
}

/// Come in by a link, good for one use
#[utoipa::path(post, path = "/sign-in/link", tag = "access", request_body = LinkBody, security(()), responses(
    (status = 201, body = SignedIn), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn by_link(
    State(app): State<App>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    document: Document,
) -> Result<Response, Problem> {
    let mut faults = Faults::default();
    let link = Fields::of(&document.value, "", &mut faults).and_then(|mut fields| {
        let link = fields.required_text("link");
        fields.finish();
        link
    });
    let link = faults.finish(link)?;
    let surface = Surface { name: "api", request_id };
    let begun = tokio::spawn(async move {
        let secret = sign_in::redeem(&app, &surface, &link).await?;
        let principal = app.authenticate(secret.reveal()).await?;
        Ok::<_, AppError>((secret, principal.scopes.is_empty()))
    });
    let (secret, owes_second_factor) = begun.await.map_err(|_| AppError::Internal)??;
    let body = SignedIn { secret: secret.reveal().to_owned(), expires_at: None, owes_second_factor };
    Ok(send(Answer::made("/api/v1/me".to_owned(), &body)?.shown, false))
}

/// Have a link mailed to whom an address belongs to
///
/// By the link they set a new password. The answer is the same whomever the address belongs to, and to nobody: nothing is
/// mailed to who is not known, has no password, or needs a second factor and has not set it up.
#[utoipa::path(post, path = "/sign-in/recovery", tag = "access", request_body = RecoveryBody, security(()), responses(
    (status = 202, body = Asked), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn ask_recovery(
    State(app): State<App>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    Source(source): Source,
    document: Document,
) -> Result<Response, Problem> {
    let email = recovery::asked_for(&document.value)?;
    recovery::ask(&app, &Surface { name: "api", request_id }, &email, source)?;
    Ok((StatusCode::ACCEPTED, Json(Asked { was_asked: true })).into_response())
}

/// Set a new password by the link that was mailed
///
/// The place in a further party that the link was made for is accepted. Everything you were signed in with ends, and a session begins. Where there is a second factor, a request without `code`
/// is answered 422 with an error at `/code`; it does not use up the link.
#[utoipa::path(post, path = "/sign-in/new-password", tag = "access", request_body = NewPasswordBody, security(()), responses(
    (status = 201, body = SignedIn), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn replace_password(
    State(app): State<App>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    document: Document,
) -> Result<Response, Problem> {
    let shown = Replacement::read(&document.value)?;
    let surface = Surface { name: "api", request_id };
    let begun = tokio::spawn(async move { recovery::replace(&app, &surface, shown).await });
    shown_once(&begun.await.map_err(|_| AppError::Internal)??)
}

fn shown_once(begun: &access::SignedIn) -> Result<Response, Problem> {
    let body = SignedIn {
        secret: begun.secret.reveal().to_owned(),
        expires_at: Some(begun.expires_at.to_string()),
        owes_second_factor: begun.owes_second_factor,
    };
    Ok(send(Answer::made("/api/v1/me".to_owned(), &body)?.shown, false))
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(by_password))
        .routes(routes!(by_link))
        .routes(routes!(ask_recovery))
        .routes(routes!(replace_password))
}
