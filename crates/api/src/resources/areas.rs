//! Areas of work.

use axum::response::Response;
use needmatch_app::App;
use needmatch_domain::area::{BUILT_IN_AREAS, ComponentType, Family, family};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::problem::{Problem, ProblemDocument};
use crate::http::table::Wish;

/// An area of work.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Area {
    /// Its code.
    #[schema(example = "marking")]
    code: &'static str,
    /// `tracing` or `stockpile`, where its measures are worth more together (¶97).
    family: Option<&'static str>,
}

/// Areas of work, and types of help.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Areas {
    /// Areas, in the order they are shown.
    items: Vec<Area>,
    /// Types of components.
    types: Vec<&'static str>,
}

/// Areas of work and types of help
#[utoipa::path(get, path = "/areas", tag = "reference", security(()), responses(
    (status = 200, content((Areas = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn list(wish: Wish) -> Result<Response, Problem> {
    let area = |code: &'static str| {
        let family = code.parse().ok().and_then(|code| family(&code)).map(|family| match family {
            Family::Tracing => "tracing",
            Family::Stockpile => "stockpile",
        });
        Area { code, family }
    };
    wish.page(Areas {
        items: BUILT_IN_AREAS.into_iter().map(area).collect(),
        types: ComponentType::ALL.into_iter().map(ComponentType::name).collect(),
    })
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list))
}
