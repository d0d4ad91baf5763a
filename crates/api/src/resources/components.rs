//! Components: the lines of a request, written with it, read with it or alone.

use axum::extract::State;
use axum::response::Response;
use needmatch_app::store::keys::RequestKey;
use needmatch_app::store::register::Component as Row;
use needmatch_app::{App, AppError, requests};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::wire;
use crate::http::caller::Caller;
use crate::http::parameters::Key;
use crate::http::problem::{Problem, ProblemDocument};
use crate::http::table::Wish;

/// A component as it is sent.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct ComponentBody {
    /// Name used by people and frozen problems, unique among components; made when not given.
    #[schema(example = "SEN-registry-software")]
    reference: Option<String>,
    /// `funds`, `equipment`, `technology`, `training`, `expertise`, `infrastructure`, `maintenance`, `legal`, `software`.
    #[schema(example = "software")]
    r#type: String,
    /// Catalogue item, if named.
    item: Option<String>,
    /// `currency` for money, else a unit.
    #[schema(example = "licence")]
    unit: String,
    /// Asked; at least 1.
    #[schema(example = 1, minimum = 1)]
    quantity: i64,
    /// Already had.
    #[serde(default)]
    received: i64,
    /// Least useful quantity; the whole of a component that another one requires, else 1, when not given.
    #[serde(default)]
    minimum: Option<i64>,
    /// Accounting currency per unit; needed unless the unit is `currency`.
    #[schema(example = 46000)]
    unit_cost: Option<i64>,
    /// False: the whole quantity from one offer in one period. True when not given.
    #[serde(default)]
    divisible: Option<bool>,
    /// First period in which it can be used.
    #[schema(example = "2027")]
    from: Option<String>,
    /// Last period in which it can be used.
    to: Option<String>,
    /// Most that can be used in one period.
    period_max: Option<i64>,
    /// Components that must be served whenever this one is (¶85, 100–102).
    #[serde(default)]
    requires: Vec<String>,
    /// Alternatives share a choice; at most one is served.
    choice: Option<String>,
    /// Who covers training and upkeep when no component does: `national` or a programme.
    covered_by: Option<String>,
    /// Points its delivery adds to the request's sustainability.
    #[serde(default)]
    sustainability_points: u8,
}

/// A component.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Component {
    /// Its identifier.
    id: String,
    #[serde(flatten)]
    body: ComponentBody,
    /// Promised so far, in its unit.
    committed: i64,
}

/// The components of a request.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Components {
    items: Vec<Component>,
}

impl TryFrom<&Row> for Component {
    type Error = AppError;

    fn try_from(row: &Row) -> Result<Self, AppError> {
        let columns =
            json!({ "reference": row.reference, "type": row.r#type, "unit": row.unit, "quantity": row.quantity });
        Ok(Self { id: row.key.to_string(), body: wire(&row.body, columns)?, committed: row.committed })
    }
}

/// The components of a request
#[utoipa::path(get, path = "/requests/{id}/components", tag = "requests", params(("id" = String, Path)), responses(
    (status = 200, content((Components = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn list(
    State(app): State<App>,
    Caller(principal): Caller,
    Key(key): Key<RequestKey>,
    wish: Wish,
) -> Result<Response, Problem> {
    let request = requests::get(&mut app.read().await?, &principal, key).await?;
    wish.page(Components { items: request.components.iter().map(Component::try_from).collect::<Result<_, _>>()? })
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list))
}
