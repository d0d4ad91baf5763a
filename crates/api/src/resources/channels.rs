//! Funding channels (¶109).

use axum::extract::State;
use axum::response::Response;
use needmatch_app::requests::Step;
use needmatch_app::store::keys::ChannelKey;
use needmatch_app::store::register::Channel as Row;
use needmatch_app::store::{BY_TIME, Cursor};
use needmatch_app::{App, AppError, channels};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::wire;
use crate::http::answer::{self, Answer};
use crate::http::body::Document;
use crate::http::cursor::{self, TimeOrder};
use crate::http::mutation::Mutation;
use crate::http::parameters::{Filters, Key};
use crate::http::problem::{Problem, ProblemDocument};
use crate::http::table::Wish;
use crate::http::version::IfMatch;

/// A limit of what a channel carries.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChannelLimit {
    /// One limit over the union of these; empty = everywhere.
    #[serde(default)]
    #[schema(example = json!(["Western Africa"]))]
    regions: Vec<String>,
    /// The period; the whole horizon of a round when not given.
    #[schema(example = "2027")]
    period: Option<String>,
    /// Most cost carried, accounting currency; only the regions count when not given.
    #[schema(example = 500_000)]
    amount: Option<i64>,
}

/// A channel as it is sent.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct ChannelBody {
    /// Name used by offers and frozen problems, unique; it never changes.
    #[schema(example = "trust-facility")]
    code: String,
    /// As shown.
    #[schema(example = "Trust facility")]
    name: String,
    /// What it can carry; none listed: whatever comes.
    #[serde(default)]
    limits: Vec<ChannelLimit>,
}

/// A channel.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Channel {
    /// Its identifier.
    id: String,
    /// The coordinator's party.
    party: String,
    #[serde(flatten)]
    body: ChannelBody,
    /// When it was retired.
    retired_at: Option<String>,
    /// Rises with every change.
    version: i64,
    /// When it was registered.
    created_at: String,
    /// When it last changed.
    updated_at: String,
}

/// A page of channels.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChannelPage {
    items: Vec<Channel>,
    /// `after` of the next page; absent on the last.
    next: Option<String>,
}

impl TryFrom<&Row> for Channel {
    type Error = AppError;

    fn try_from(row: &Row) -> Result<Self, AppError> {
        Ok(Self {
            id: row.key.to_string(),
            party: row.party.to_string(),
            body: wire(&row.body, serde_json::json!({ "code": row.code, "name": row.name }))?,
            retired_at: row.retired_at.map(|at| at.to_string()),
            version: row.version,
            created_at: row.created_at.to_string(),
            updated_at: row.updated_at.to_string(),
        })
    }
}

/// Filters of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ChannelFilters {
    /// `true`: retired ones too.
    retired: Option<bool>,
    /// `next` of the page before.
    after: Option<String>,
    /// Rows in a page, at most 500.
    limit: Option<u32>,
    /// `newest` (default) or `oldest`.
    #[param(inline, value_type = Option<TimeOrder>)]
    order: Option<String>,
}

/// Funding channels
#[utoipa::path(get, path = "/channels", tag = "channels", security(()), params(ChannelFilters), responses(
    (status = 200, content((ChannelPage = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn list(
    State(app): State<App>,
    Filters(filters): Filters<ChannelFilters>,
    wish: Wish,
) -> Result<Response, Problem> {
    let page = cursor::page(filters.after.as_deref(), filters.limit, filters.order.as_deref(), BY_TIME)?;
    let rows = channels::list(&mut app.read().await?, filters.retired.unwrap_or(false), &page).await?;
    let next = cursor::next(&page, &rows, |row| Cursor { key: row.key.uuid(), rank: None });
    wish.page(ChannelPage { items: rows.iter().map(Channel::try_from).collect::<Result<_, _>>()?, next })
}

/// Register a channel
#[utoipa::path(post, path = "/channels", tag = "channels", request_body = ChannelBody, responses(
    (status = 201, body = Channel), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn create(mutation: Mutation, document: Document) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let row = channels::create(transaction, principal, &value).await?;
            Answer::created(format!("/api/v1/channels/{}", row.key), row.version, &Channel::try_from(&row)?)
        })
    });
    effect.await
}

/// A channel
#[utoipa::path(get, path = "/channels/{id}", tag = "channels", security(()), params(("id" = String, Path)), responses(
    (status = 200, body = Channel), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn read(State(app): State<App>, Key(key): Key<ChannelKey>) -> Result<Response, Problem> {
    let row = channels::get(&mut app.read().await?, key).await?;
    answer::read(row.version, &Channel::try_from(&row)?)
}

/// Rewrite a channel
#[utoipa::path(put, path = "/channels/{id}", tag = "channels",
    params(("id" = String, Path), ("If-Match" = String, Header)), request_body = ChannelBody, responses(
    (status = 200, body = Channel), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn rewrite(
    mutation: Mutation,
    Key(key): Key<ChannelKey>,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let row = channels::rewrite(transaction, principal, key, version, &value).await?;
            Answer::ok(row.version, &Channel::try_from(&row)?)
        })
    });
    effect.await
}

/// Take a channel out of use
#[utoipa::path(post, path = "/channels/{id}/retire", tag = "channels",
    params(("id" = String, Path), ("If-Match" = String, Header)), responses(
    (status = 200, body = Channel), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn retire(
    mutation: Mutation,
    Key(key): Key<ChannelKey>,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let reason = Step::read("", &value)?.reason;
            let row = channels::retire(transaction, principal, key, version, reason.as_deref()).await?;
            Answer::ok(row.version, &Channel::try_from(&row)?)
        })
    });
    effect.await
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(read, rewrite)).routes(routes!(retire))
}
