//! States of the reference table.

use axum::response::Response;
use needmatch_app::App;
use needmatch_domain::geography::{self, Group, Language};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::problem::{Problem, ProblemDocument};
use crate::http::table::Wish;

/// A state.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct State {
    /// ISO 3166-1 alpha-3.
    #[schema(example = "SEN")]
    code: &'static str,
    /// Its name in English.
    name: &'static str,
    /// M49 regions it lies in, finest first.
    regions: Vec<String>,
    /// Country groups.
    #[schema(example = json!(["LDC", "ODA"]))]
    groups: Vec<&'static str>,
}

/// States.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct States {
    /// By code.
    items: Vec<State>,
}

/// States of the reference table
#[utoipa::path(get, path = "/states", tag = "reference", security(()), responses(
    (status = 200, content((States = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn list(wish: Wish) -> Result<Response, Problem> {
    let state = |country: &'static geography::Country| State {
        code: country.code,
        name: country.name(Language::English),
        regions: geography::region_chain(country).into_iter().map(ToString::to_string).collect(),
        groups: country.groups.iter().map(Group::code).collect(),
    };
    wish.page(States { items: geography::countries().iter().map(state).collect() })
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list))
}
