//! Coming in: by password, or by a link good for one use. What comes out is used as a token is.

use std::num::NonZeroU32;
use std::sync::LazyLock;

use axum::extract::{Extension, State};
use axum::response::Response;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use needmatch_app::access::{self, Shown};
use needmatch_app::document::Fields;
use needmatch_app::error::Faults;
use needmatch_app::{App, AppError, Code, Surface, sign_in};
use needmatch_domain::canonical;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::answer::{Answer, send};
use crate::http::body::Document;
use crate::http::problem::{Problem, ProblemDocument};
use crate::http::request_id::RequestId;

/// Tries a minute for one address of mail, on this server: few enough that nothing is guessed.
static TRIES: LazyLock<DefaultKeyedRateLimiter<String>> =
    LazyLock::new(|| RateLimiter::keyed(Quota::per_minute(NonZeroU32::new(10).expect("more than none"))));

/// What is shown to come in by password.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignInBody {
    /// The address.
    #[schema(example = "ana@example.org")]
    email: String,
    /// The password.
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
    document: Document,
) -> Result<Response, Problem> {
    let shown = Shown::read(&document.value)?;
    if TRIES.check_key(&canonical::sha256(shown.email.to_lowercase().as_bytes())).is_err() {
        return Err(Problem::of(Code::TooManyRequests, json!({})));
    }
    let surface = Surface { name: "api", request_id };
    // In a task of its own: whoever hangs up leaves no transaction half open.
    let begun = tokio::spawn(async move { access::sign_in(&app, &surface, shown).await });
    let begun = begun.await.map_err(|_| AppError::Internal)??;
    let body = SignedIn {
        secret: begun.secret.reveal().to_owned(),
        expires_at: Some(begun.expires_at.to_string()),
        owes_second_factor: begun.owes_second_factor,
    };
    Ok(send(Answer::made("/api/v1/me".to_owned(), &body)?.shown, false))
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

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(by_password)).routes(routes!(by_link))
}
