//! Components: the lines of a request, written with it, read with it or alone.

use axum::response::Response;
use needmatch_app::requests::{self, DraftLine};
use needmatch_app::store::keys::RequestKey;
use needmatch_app::store::register::{Component as Row, Request};
use needmatch_app::{App, AppError};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::wire;
use crate::http::caller::Reading;
use crate::http::parameters::Key;
use crate::http::problem::{Problem, ProblemDocument};
use crate::http::table::Wish;

/// A component as it is sent.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct ComponentBody {
    /// Name used by people and frozen problems, unique among components; made when not given.
    #[schema(example = "registry-software")]
    reference: Option<String>,
    /// `funds`, `equipment`, `technology`, `training`, `expertise`, `infrastructure`, `maintenance`, `legal`, `software`.
    /// A draft may leave it open, as `unit`, `quantity` and `unit_cost`; needed before it is endorsed.
    #[schema(example = "software")]
    r#type: Option<String>,
    /// Catalogue item, if named.
    item: Option<String>,
    /// `currency` for money, else a unit.
    #[schema(example = "licence")]
    unit: Option<String>,
    /// Asked; at least 1.
    #[schema(example = 1, minimum = 1)]
    quantity: Option<i64>,
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
    /// What is asked for, in the words of who asks; a line may begin with nothing else.
    note: Option<String>,
}

/// A component.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Component {
    /// Its identifier; none while a line of the request is incomplete.
    id: Option<String>,
    #[serde(flatten)]
    body: ComponentBody,
    /// Fields that matching needs and that are still empty.
    lacks: Vec<&'static str>,
    /// Promised so far, in its unit; told to its state and to coordinators alone.
    committed: Option<i64>,
}

/// The components of a request.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Components {
    items: Vec<Component>,
}

impl Component {
    /// Components of a request; its lines, as far as they are filled in, while one of them is incomplete.
    pub(super) fn all_of(request: &Request) -> Result<Vec<Self>, AppError> {
        let lines = requests::lines(request)?;
        lines.iter().map(Self::of_line).chain(request.components.iter().map(Self::of)).collect()
    }

    fn of(row: &Row) -> Result<Self, AppError> {
        let columns =
            json!({ "reference": row.reference, "type": row.r#type, "unit": row.unit, "quantity": row.quantity });
        let (id, body) = (Some(row.key.to_string()), wire(&row.body, columns)?);
        Ok(Self { id, body, lacks: Vec::new(), committed: row.committed })
    }

    fn of_line(line: &DraftLine) -> Result<Self, AppError> {
        Ok(Self { id: None, body: wire(&json!(line), json!({}))?, lacks: line.lacks(), committed: Some(0) })
    }
}

/// The components of a request
#[utoipa::path(get, path = "/requests/{id}/components", tag = "requests", params(("id" = String, Path)), responses(
    (status = 200, content((Components = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn list(
    Reading { principal, mut session }: Reading,
    Key(key): Key<RequestKey>,
    wish: Wish,
) -> Result<Response, Problem> {
    let request = requests::get(&mut session, &principal, key).await?;
    wish.page(Components { items: Component::all_of(&request)? })
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list))
}
