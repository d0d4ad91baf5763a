//! Parties: states, providers, coordinators, observers.

use axum::response::Response;
use needmatch_app::store::keys::PartyKey;
use needmatch_app::store::parties::{Party as Row, PartyFilter};
use needmatch_app::store::words::PartyKind;
use needmatch_app::store::{BY_TIME, Cursor};
use needmatch_app::{App, AppError, parties};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::wire;
use crate::http::answer::{self, Answer};
use crate::http::body::Document;
use crate::http::caller::Reading;
use crate::http::cursor::{self, TimeOrder};
use crate::http::mutation::Mutation;
use crate::http::parameters::{Filters, Key, word};
use crate::http::problem::{Problem, ProblemDocument};
use crate::http::table::Wish;
use crate::http::version::IfMatch;

/// A party as it is sent.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct PartyBody {
    /// `state`, `provider`, `coordinator` or `observer`.
    #[schema(example = "state")]
    kind: String,
    /// State code, provider id or another code, unique within the kind.
    #[schema(example = "SEN")]
    code: String,
    /// As shown.
    #[schema(example = "Senegal")]
    name: String,
    /// Regions of a state that is not in the reference table, finest first.
    #[serde(default)]
    regions: Vec<String>,
    /// Country groups of such a state.
    #[serde(default)]
    groups: Vec<String>,
    /// Whether it is there to try the service with: what it registers is seen by itself and by coordinators, and takes
    /// part in nothing. The code of such a party begins with `sandbox-`.
    #[serde(default)]
    sandbox: bool,
}

/// A party.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Party {
    /// Its identifier.
    id: String,
    #[serde(flatten)]
    body: PartyBody,
    /// Rises with every change.
    version: i64,
    /// When it was registered.
    created_at: String,
    /// When it last changed.
    updated_at: String,
}

/// A page of parties.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PartyPage {
    items: Vec<Party>,
    /// `after` of the next page; absent on the last.
    next: Option<String>,
}

impl TryFrom<&Row> for Party {
    type Error = AppError;

    fn try_from(row: &Row) -> Result<Self, AppError> {
        let columns = serde_json::json!({ "kind": row.kind.name(), "code": row.code, "name": row.name, "sandbox": row.is_sandbox });
        Ok(Self {
            id: row.key.to_string(),
            body: wire(&row.body, columns)?,
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
pub(crate) struct PartyFilters {
    /// Of this kind.
    kind: Option<String>,
    /// With a word in name or code that begins with each of these.
    q: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
    /// Rows in a page, at most 500.
    limit: Option<u32>,
    /// `newest` (default) or `oldest`.
    #[param(inline, value_type = Option<TimeOrder>)]
    order: Option<String>,
}

/// Parties
///
/// A party to try the service with is listed to those who act for it and to coordinators only.
#[utoipa::path(get, path = "/parties", tag = "parties", params(PartyFilters), responses(
    (status = 200, content((PartyPage = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn list(
    Reading { principal, mut session }: Reading,
    Filters(filters): Filters<PartyFilters>,
    wish: Wish,
) -> Result<Response, Problem> {
    let kind: Option<PartyKind> = word("kind", filters.kind.as_deref(), "state, provider, coordinator, observer")?;
    let page = cursor::page(filters.after.as_deref(), filters.limit, filters.order.as_deref(), BY_TIME)?;
    let filter = PartyFilter { kind, text: filters.q };
    let rows = parties::list(&mut session, &principal, &filter, &page).await?;
    let next = cursor::next(&page, &rows, |row| Cursor { key: row.key.uuid(), rank: None });
    wish.page(PartyPage { items: rows.iter().map(Party::try_from).collect::<Result<_, _>>()?, next })
}

/// Register a party
#[utoipa::path(post, path = "/parties", tag = "parties", request_body = PartyBody, responses(
    (status = 201, body = Party), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn create(mutation: Mutation, document: Document) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let row = parties::register(transaction, principal, &value).await?;
            Answer::created(format!("/api/v1/parties/{}", row.key), row.version, &Party::try_from(&row)?)
        })
    });
    effect.await
}

/// A party
#[utoipa::path(get, path = "/parties/{id}", tag = "parties", params(("id" = String, Path)), responses(
    (status = 200, body = Party), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn read(Reading { principal, mut session }: Reading, Key(key): Key<PartyKey>) -> Result<Response, Problem> {
    let row = parties::get(&mut session, &principal, key).await?;
    answer::read(row.version, &Party::try_from(&row)?)
}

/// Rename a party, or change the profile of a state
#[utoipa::path(put, path = "/parties/{id}", tag = "parties",
    params(("id" = String, Path), ("If-Match" = String, Header)), request_body = PartyBody, responses(
    (status = 200, body = Party), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn rewrite(
    mutation: Mutation,
    Key(key): Key<PartyKey>,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let row = parties::rewrite(transaction, principal, key, version, &value).await?;
            Answer::ok(row.version, &Party::try_from(&row)?)
        })
    });
    effect.await
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(read, rewrite))
}
