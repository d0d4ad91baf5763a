//! Scenarios: a frozen round with settings of their own.

use axum::response::Response;
use needmatch_app::store::keys::{RoundKey, ScenarioKey};
use needmatch_app::store::rounds::Scenario as Row;
use needmatch_app::{App, scenarios};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::answer::{self, Answer};
use crate::http::body::Document;
use crate::http::caller::Reading;
use crate::http::mutation::Mutation;
use crate::http::parameters::Key;
use crate::http::problem::{Problem, ProblemDocument};
use crate::http::table::Wish;
use crate::http::version::IfMatch;

/// A scenario as it is sent.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct ScenarioBody {
    /// Unique within the round.
    #[schema(example = "strict sustainability")]
    name: String,
    /// The scenario it is made from; the round itself when not given.
    base: Option<String>,
    /// What it sets instead of its base: parts of `scenario.toml` as JSON.
    #[serde(default)]
    #[schema(example = json!({ "rules": { "sustainability": { "threshold": 60 } } }))]
    settings: Value,
}

/// A scenario.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Scenario {
    /// Its identifier.
    id: String,
    /// The round it belongs to.
    round: String,
    #[serde(flatten)]
    body: ScenarioBody,
    /// Rises with every change.
    version: i64,
    /// When it was made.
    created_at: String,
    /// When it last changed.
    updated_at: String,
}

/// Scenarios of a round, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Scenarios {
    items: Vec<Scenario>,
}

impl From<&Row> for Scenario {
    fn from(row: &Row) -> Self {
        Self {
            id: row.key.to_string(),
            round: row.round.to_string(),
            body: ScenarioBody {
                name: row.name.clone(),
                base: row.base.map(|base| base.to_string()),
                settings: row.settings.clone(),
            },
            version: row.version,
            created_at: row.created_at.to_string(),
            updated_at: row.updated_at.to_string(),
        }
    }
}

/// Scenarios of a round
#[utoipa::path(get, path = "/rounds/{id}/scenarios", tag = "scenarios", params(("id" = String, Path)), responses(
    (status = 200, content((Scenarios = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn list(
    Reading { principal, mut session }: Reading,
    Key(round): Key<RoundKey>,
    wish: Wish,
) -> Result<Response, Problem> {
    let rows = scenarios::list(&mut session, &principal, round).await?;
    wish.page(Scenarios { items: rows.iter().map(Scenario::from).collect() })
}

/// Make a scenario of a frozen round
#[utoipa::path(post, path = "/rounds/{id}/scenarios", tag = "scenarios", params(("id" = String, Path)),
    request_body = ScenarioBody, responses(
    (status = 201, body = Scenario), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn create(mutation: Mutation, Key(round): Key<RoundKey>, document: Document) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let row = scenarios::create(transaction, principal, round, &value).await?;
            Answer::created(format!("/api/v1/scenarios/{}", row.key), row.version, &Scenario::from(&row))
        })
    });
    effect.await
}

/// A scenario
#[utoipa::path(get, path = "/scenarios/{id}", tag = "scenarios", params(("id" = String, Path)), responses(
    (status = 200, body = Scenario), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn read(Reading { principal, mut session }: Reading, Key(key): Key<ScenarioKey>) -> Result<Response, Problem> {
    let row = scenarios::get(&mut session, &principal, key).await?;
    answer::read(row.version, &Scenario::from(&row))
}

/// Rewrite a scenario that was never run
#[utoipa::path(put, path = "/scenarios/{id}", tag = "scenarios",
    params(("id" = String, Path), ("If-Match" = String, Header)), request_body = ScenarioBody, responses(
    (status = 200, body = Scenario), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn rewrite(
    mutation: Mutation,
    Key(key): Key<ScenarioKey>,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let row = scenarios::rewrite(transaction, principal, key, version, &value).await?;
            Answer::ok(row.version, &Scenario::from(&row))
        })
    });
    effect.await
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(read, rewrite))
}
