//! What differs between the plans of two runs.

use axum::response::Response;
use needmatch_app::store::keys::RunKey;
use needmatch_app::{App, runs};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::caller::Reading;
use crate::http::parameters::{Filters, Key, key};
use crate::http::problem::{Problem, ProblemDocument};
use crate::http::table::Wish;

/// A match that is not the same in both plans.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MatchChange {
    /// Component served.
    component: String,
    /// Offer that serves it.
    offer: String,
    /// When.
    period: String,
    /// Quantity in the earlier run; 0 where it has no such match.
    before: i64,
    /// Quantity in this run; 0 where it has no such match.
    after: i64,
}

/// What differs.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Changes {
    /// By component, offer and period; matches that are the same are left out.
    items: Vec<MatchChange>,
}

/// The run to compare with.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ChangeParameters {
    /// The earlier run.
    from: String,
}

/// What differs between the plan of a run and that of an earlier one, as far as you may see both
#[utoipa::path(get, path = "/runs/{id}/changes", tag = "runs", params(("id" = String, Path), ChangeParameters), responses(
    (status = 200, content((Changes = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn changes(
    Reading { principal, mut session }: Reading,
    Key(run): Key<RunKey>,
    Filters(parameters): Filters<ChangeParameters>,
    wish: Wish,
) -> Result<Response, Problem> {
    let from: RunKey = key("run", &parameters.from)?;
    let found = runs::changes(&mut session, &principal, run, from).await?;
    let items = found.into_iter().map(|change| MatchChange {
        component: change.component,
        offer: change.offer,
        period: change.period,
        before: change.before,
        after: change.after,
    });
    wish.page(Changes { items: items.collect() })
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(changes))
}
