//! The catalogue of items: what is usually asked for, in which unit, with what else, at which cost.

use axum::extract::State;
use axum::response::Response;
use needmatch_app::requests::Step;
use needmatch_app::store::keys::ItemKey;
use needmatch_app::store::register::Item as Row;
use needmatch_app::store::{BY_TIME, Cursor};
use needmatch_app::{App, AppError, items};
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

/// An item as it is sent.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct ItemBody {
    /// Name used by components and offers, unique; it never changes.
    #[schema(example = "marking_machine")]
    code: String,
    /// As shown.
    #[schema(example = "Dot-peen marking machine")]
    name: String,
    /// Component type.
    #[schema(example = "equipment")]
    r#type: String,
    /// Usual unit.
    #[schema(example = "machine")]
    unit: String,
    /// Areas in which it is asked for.
    #[serde(default)]
    areas: Vec<String>,
    /// Items without which it soon stands idle (¶85).
    #[serde(default)]
    #[schema(example = json!(["marking_training", "marking_maintenance"]))]
    bundle: Vec<String>,
    /// Usual cost of a unit, USD: at least.
    cost_low: Option<i64>,
    /// Usual cost of a unit, USD: at most.
    cost_high: Option<i64>,
    /// Where the costs come from.
    #[serde(default)]
    source: String,
}

/// An item.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Item {
    /// Its identifier.
    id: String,
    /// The coordinator who entered it; absent where it came with the program.
    party: Option<String>,
    #[serde(flatten)]
    body: ItemBody,
    /// When it was retired.
    retired_at: Option<String>,
    /// Rises with every change.
    version: i64,
    /// When it was registered.
    created_at: String,
    /// When it last changed.
    updated_at: String,
}

/// A page of items.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ItemPage {
    items: Vec<Item>,
    /// `after` of the next page; absent on the last.
    next: Option<String>,
}

impl TryFrom<&Row> for Item {
    type Error = AppError;

    fn try_from(row: &Row) -> Result<Self, AppError> {
        Ok(Self {
            id: row.key.to_string(),
            party: row.party.map(|party| party.to_string()),
            body: wire(
                &row.body,
                serde_json::json!({ "code": row.code, "name": row.name, "type": row.r#type, "unit": row.unit }),
            )?,
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
pub(crate) struct ItemFilters {
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

/// The catalogue of items
#[utoipa::path(get, path = "/items", tag = "items", security(()), params(ItemFilters), responses(
    (status = 200, content((ItemPage = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn list(State(app): State<App>, Filters(filters): Filters<ItemFilters>, wish: Wish) -> Result<Response, Problem> {
    let page = cursor::page(filters.after.as_deref(), filters.limit, filters.order.as_deref(), BY_TIME)?;
    let rows = items::list(&mut app.read().await?, filters.retired.unwrap_or(false), &page).await?;
    let next = cursor::next(&page, &rows, |row| Cursor { key: row.key.uuid(), rank: None });
    wish.page(ItemPage { items: rows.iter().map(Item::try_from).collect::<Result<_, _>>()?, next })
}

/// Enter an item
#[utoipa::path(post, path = "/items", tag = "items", request_body = ItemBody, responses(
    (status = 201, body = Item), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn create(mutation: Mutation, document: Document) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let row = items::create(transaction, principal, &value).await?;
            Answer::created(format!("/api/v1/items/{}", row.key), row.version, &Item::try_from(&row)?)
        })
    });
    effect.await
}

/// An item
#[utoipa::path(get, path = "/items/{id}", tag = "items", security(()), params(("id" = String, Path)), responses(
    (status = 200, body = Item), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn read(State(app): State<App>, Key(key): Key<ItemKey>) -> Result<Response, Problem> {
    let row = items::get(&mut app.read().await?, key).await?;
    answer::read(row.version, &Item::try_from(&row)?)
}

/// Rewrite an item
#[utoipa::path(put, path = "/items/{id}", tag = "items",
    params(("id" = String, Path), ("If-Match" = String, Header)), request_body = ItemBody, responses(
    (status = 200, body = Item), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn rewrite(
    mutation: Mutation,
    Key(key): Key<ItemKey>,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let row = items::rewrite(transaction, principal, key, version, &value).await?;
            Answer::ok(row.version, &Item::try_from(&row)?)
        })
    });
    effect.await
}

/// Take an item out of use
#[utoipa::path(post, path = "/items/{id}/retire", tag = "items",
    params(("id" = String, Path), ("If-Match" = String, Header)), responses(
    (status = 200, body = Item), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn retire(
    mutation: Mutation,
    Key(key): Key<ItemKey>,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let reason = Step::read("", &value)?.reason;
            let row = items::retire(transaction, principal, key, version, reason.as_deref()).await?;
            Answer::ok(row.version, &Item::try_from(&row)?)
        })
    });
    effect.await
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(read, rewrite)).routes(routes!(retire))
}
