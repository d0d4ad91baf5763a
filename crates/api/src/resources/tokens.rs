//! Tokens of services.

use axum::extract::State;
use axum::response::Response;
use needmatch_app::store::keys::{CredentialKey, PartyKey};
use needmatch_app::store::parties::Credential;
use needmatch_app::store::{BY_TIME, Cursor};
use needmatch_app::{App, tokens};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::answer::{self, Answer};
use crate::http::body::Document;
use crate::http::caller::{Caller, Reading};
use crate::http::cursor::{self, TimeOrder};
use crate::http::mutation::Mutation;
use crate::http::parameters::{Filters, Key};
use crate::http::problem::{Problem, ProblemDocument};
use crate::http::table::Wish;
use crate::http::version::IfMatch;

/// A token to be issued.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TokenBody {
    /// What the party calls it.
    #[schema(example = "mirror of our offers")]
    label: String,
    /// `read`, `write`, `manage`; `read` when none is named. Never more than the issuer's own.
    #[serde(default)]
    #[schema(example = json!(["read", "write"]))]
    scopes: Vec<String>,
    /// Days it is valid; 365 when not said.
    days: Option<u32>,
}

/// A token without its secret.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Token {
    /// Its identifier.
    id: String,
    /// What the party calls it.
    label: String,
    /// What it may be used for.
    scopes: Vec<String>,
    /// When it was issued.
    created_at: String,
    /// Until when it can be used.
    expires_at: String,
    /// When it was last used, to the minute.
    used_at: Option<String>,
    /// When it was taken back.
    revoked_at: Option<String>,
    /// Rises when it is taken back.
    version: i64,
    /// What the service signs in with: shown once, in the first answer, and kept nowhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "nm_…")]
    secret: Option<String>,
}

/// A page of a party's tokens.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Tokens {
    items: Vec<Token>,
    /// `after` of the next page; absent on the last.
    next: Option<String>,
}

impl From<&Credential> for Token {
    fn from(credential: &Credential) -> Self {
        Self {
            id: credential.key.to_string(),
            label: credential.label.clone(),
            scopes: credential.scopes.clone(),
            created_at: credential.created_at.to_string(),
            expires_at: credential.expires_at.to_string(),
            used_at: credential.used_at.map(|at| at.to_string()),
            revoked_at: credential.revoked_at.map(|at| at.to_string()),
            version: credential.version(),
            secret: None,
        }
    }
}

/// What a party's tokens are narrowed to.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct TokenFilters {
    /// `true`: only those that can be used.
    in_force: Option<bool>,
    /// `next` of the page before.
    after: Option<String>,
    /// Rows in a page, at most 500.
    limit: Option<u32>,
    /// `newest` (default) or `oldest`.
    #[param(inline, value_type = Option<TimeOrder>)]
    order: Option<String>,
}

/// Tokens of a party
#[utoipa::path(get, path = "/parties/{id}/tokens", tag = "tokens", params(("id" = String, Path), TokenFilters), responses(
    (status = 200, content((Tokens = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn list(
    State(app): State<App>,
    Caller(principal): Caller,
    Key(party): Key<PartyKey>,
    Filters(filters): Filters<TokenFilters>,
    wish: Wish,
) -> Result<Response, Problem> {
    let at = filters.in_force.unwrap_or_default().then(|| app.now());
    let page = cursor::page(filters.after.as_deref(), filters.limit, filters.order.as_deref(), BY_TIME)?;
    let rows = tokens::list(&mut app.read().await?, &principal, party, at, &page).await?;
    let next = cursor::next(&page, &rows, |row| Cursor { key: row.key.uuid(), rank: None });
    wish.page(Tokens { items: rows.iter().map(Token::from).collect(), next })
}

/// A token, without its secret
#[utoipa::path(get, path = "/tokens/{id}", tag = "tokens", params(("id" = String, Path)), responses(
    (status = 200, body = Token), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn read(Reading { principal, mut session }: Reading, Key(key): Key<CredentialKey>) -> Result<Response, Problem> {
    let row = tokens::get(&mut session, &principal, key).await?;
    answer::read(row.version(), &Token::from(&row))
}

/// Issue a token
///
/// The secret is in the first answer only: an answer repeated for the same `Idempotency-Key` comes without it.
#[utoipa::path(post, path = "/parties/{id}/tokens", tag = "tokens", params(("id" = String, Path)),
    request_body = TokenBody, responses(
    (status = 201, body = Token), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn issue(mutation: Mutation, Key(party): Key<PartyKey>, document: Document) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let issued = tokens::issue(transaction, principal, party, &value).await?;
            let kept = Token::from(&issued.credential);
            let shown = Token { secret: Some(issued.secret.reveal().to_owned()), ..Token::from(&issued.credential) };
            Answer::created(format!("/api/v1/tokens/{}", kept.id), kept.version, &shown)?.keeping(&kept)
        })
    });
    effect.await
}

/// Whether a token was still in force.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Revoked {
    was_in_force: bool,
    /// The token's, from now on.
    version: i64,
}

/// Revoke a token, at once
#[utoipa::path(delete, path = "/tokens/{id}", tag = "tokens",
    params(("id" = String, Path), ("If-Match" = String, Header)), responses(
    (status = 200, body = Revoked), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn revoke(
    mutation: Mutation,
    Key(key): Key<CredentialKey>,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let (was_in_force, version) = tokens::revoke(transaction, principal, key, version, None).await?;
            Answer::ok(version, &Revoked { was_in_force, version })
        })
    });
    effect.await
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, issue)).routes(routes!(read, revoke))
}
