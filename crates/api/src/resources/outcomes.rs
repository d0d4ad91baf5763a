//! The public catalogue of results and lessons (¶107–108).

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use needmatch_app::store::agreements::{Outcome as Row, OutcomeFilter};
use needmatch_app::store::keys::OutcomeKey;
use needmatch_app::store::{BY_TIME, Cursor};
use needmatch_app::{App, AppError, commitments};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::wire;
use crate::http::cursor::{self, TimeOrder};
use crate::http::parameters::{Filters, Key};
use crate::http::problem::{Problem, ProblemDocument};
use crate::http::table::Wish;

/// Where an indicator came to.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct IndicatorResult {
    /// What is counted.
    name: String,
    /// In which unit.
    unit: String,
    /// Where it stood before.
    baseline: i64,
    /// Where it should have come to.
    target: i64,
    /// Where it came to.
    result: i64,
}

/// A result.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct Outcome {
    /// Its identifier.
    id: String,
    /// Area of work.
    area: String,
    /// Type of help.
    r#type: String,
    /// The state, where request and offer were public.
    state: Option<String>,
    /// The provider, where request and offer were public.
    provider: Option<String>,
    /// When help was planned.
    period: String,
    /// What came of it, where request and offer were public.
    summary: Option<String>,
    /// Where the indicators came to.
    indicators: Vec<IndicatorResult>,
    /// What others can learn from it.
    lessons: Vec<String>,
    /// When both sides had signed.
    created_at: String,
}

/// A page of results.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OutcomePage {
    items: Vec<Outcome>,
    /// `after` of the next page; absent on the last.
    next: Option<String>,
}

impl TryFrom<&Row> for Outcome {
    type Error = AppError;

    fn try_from(row: &Row) -> Result<Self, AppError> {
        let columns = json!({
            "id": row.key.to_string(), "area": row.area, "type": row.r#type, "state": row.state,
            "provider": row.provider, "created_at": row.created_at.to_string(),
        });
        wire(&row.body, columns)
    }
}

/// Filters of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct OutcomeFilters {
    /// In this area.
    area: Option<String>,
    /// Of this type of help.
    r#type: Option<String>,
    /// In this state.
    state: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
    /// Rows in a page, at most 500.
    limit: Option<u32>,
    /// `newest` (default) or `oldest`.
    #[param(inline, value_type = Option<TimeOrder>)]
    order: Option<String>,
}

/// Results and lessons
#[utoipa::path(get, path = "/outcomes", tag = "outcomes", security(()), params(OutcomeFilters), responses(
    (status = 200, content((OutcomePage = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn list(
    State(app): State<App>,
    Filters(filters): Filters<OutcomeFilters>,
    wish: Wish,
) -> Result<Response, Problem> {
    let page = cursor::page(filters.after.as_deref(), filters.limit, filters.order.as_deref(), BY_TIME)?;
    let filter = OutcomeFilter { area: filters.area, r#type: filters.r#type, state: filters.state };
    let rows = commitments::outcomes(&mut app.read().await?, &filter, &page).await?;
    let next = cursor::next(&page, &rows, |row| Cursor { key: row.key.uuid(), rank: None });
    wish.page(OutcomePage { items: rows.iter().map(Outcome::try_from).collect::<Result<_, _>>()?, next })
}

/// A result
#[utoipa::path(get, path = "/outcomes/{id}", tag = "outcomes", security(()), params(("id" = String, Path)), responses(
    (status = 200, body = Outcome), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn read(State(app): State<App>, Key(key): Key<OutcomeKey>) -> Result<Json<Outcome>, Problem> {
    let row = commitments::outcome(&mut app.read().await?, key).await?;
    Ok(Json(Outcome::try_from(&row)?))
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(read))
}
