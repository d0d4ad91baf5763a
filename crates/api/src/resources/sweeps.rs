//! Sweeps: a scenario under many settings, each an ordinary run, and one table of what came of them.

use axum::response::Response;
use needmatch_app::requests::Step;
use needmatch_app::store::keys::{RoundKey, ScenarioKey, SweepKey};
use needmatch_app::store::runs::{Counts, Sweep as Row, SweepFilter};
use needmatch_app::store::words::RunLifecycle;
use needmatch_app::store::{BY_TIME, Cursor, Session};
use needmatch_app::{App, AppError, sweeps};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::sweep_outcomes;
use crate::http::answer::{self, Answer};
use crate::http::body::Document;
use crate::http::caller::Reading;
use crate::http::cursor::{self, TimeOrder};
use crate::http::mutation::Mutation;
use crate::http::parameters::{Filters, Key, key};
use crate::http::problem::{Problem, ProblemDocument};
use crate::http::table::Wish;
use crate::http::version::{IfMatch, MaybeIfMatch};

/// What a sweep varies, as in the file of `needmatch sweep`.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SweepBody {
    /// Whether the scenario is also run as it stands; it is, when not given.
    unchanged: Option<bool>,
    /// Every value, and every combination with the others.
    #[schema(example = json!([{ "key": "rules.contribution.threshold", "values": [10, 20] }]))]
    vary: Option<Vec<Axis>>,
    /// Settings by name: `name` and whatever a scenario may set; `drop` lists `requests`, `components`, `offers`,
    /// `programmes` or `channels` that are left out, or all `pledges`.
    #[schema(example = json!([{ "name": "without pledges", "drop": { "pledges": true } }]))]
    run: Option<Vec<Value>>,
}

/// A setting with the values it takes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Axis {
    /// A setting of the scenario; a part that holds a dot stands between quotation marks.
    #[schema(example = "rules.contribution.threshold")]
    key: String,
    /// Each of them is tried.
    values: Vec<Value>,
}

/// How many runs of a sweep are in which state.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SweepCounts {
    queued: i64,
    running: i64,
    succeeded: i64,
    limit: i64,
    infeasible: i64,
    failed: i64,
    cancelled: i64,
}

/// A sweep.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Sweep {
    /// Its identifier.
    id: String,
    /// The scenario that is varied.
    scenario: String,
    /// The round of the scenario.
    round: String,
    /// What is varied, as it was asked for.
    vary: Value,
    /// SHA-256 of the problem of the scenario as it stands, by whose goals and weights every plan is measured.
    problem_sha256: String,
    /// Settings, each a run.
    settings: i64,
    /// How many of the runs are in which state.
    counts: SweepCounts,
    /// Whether every run has ended.
    has_ended: bool,
    /// When it was started.
    created_at: String,
    /// When somebody wished it to end.
    cancelled_at: Option<String>,
    /// Rises when somebody wishes it to end; the `ETag` of a change.
    version: i64,
}

/// A page of sweeps.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SweepPage {
    items: Vec<Sweep>,
    /// `after` of the next page; absent on the last.
    next: Option<String>,
}

impl Sweep {
    fn of(row: &Row, counts: Option<&Counts>) -> Self {
        let of = |lifecycle| counts.and_then(|counts| counts.get(&lifecycle)).copied().unwrap_or(0);
        let counts = SweepCounts {
            queued: of(RunLifecycle::Queued),
            running: of(RunLifecycle::Running),
            succeeded: of(RunLifecycle::Succeeded),
            limit: of(RunLifecycle::Limit),
            infeasible: of(RunLifecycle::Infeasible),
            failed: of(RunLifecycle::Failed),
            cancelled: of(RunLifecycle::Cancelled),
        };
        Self {
            id: row.key.to_string(),
            scenario: row.scenario.to_string(),
            round: row.round.to_string(),
            vary: row.vary.clone(),
            problem_sha256: row.problem.clone(),
            settings: row.settings,
            has_ended: counts.queued + counts.running == 0,
            counts,
            created_at: row.created_at.to_string(),
            cancelled_at: row.cancelled_at.map(|at| at.to_string()),
            version: row.version(),
        }
    }
}

async fn shown(session: &mut Session, row: &Row) -> Result<Sweep, AppError> {
    let counts = sweeps::counts(session, std::slice::from_ref(row)).await?;
    Ok(Sweep::of(row, counts.get(&row.key)))
}

/// Filters of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct SweepFilters {
    /// Of this round.
    round: Option<String>,
    /// Of this scenario.
    scenario: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
    /// Rows in a page, at most 500.
    limit: Option<u32>,
    /// `newest` (default) or `oldest`.
    #[param(inline, value_type = Option<TimeOrder>)]
    order: Option<String>,
}

/// Sweeps, for coordinators
#[utoipa::path(get, path = "/sweeps", tag = "sweeps", params(SweepFilters), responses(
    (status = 200, content((SweepPage = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn list(
    Reading { principal, mut session }: Reading,
    Filters(filters): Filters<SweepFilters>,
    wish: Wish,
) -> Result<Response, Problem> {
    let page = cursor::page(filters.after.as_deref(), filters.limit, filters.order.as_deref(), BY_TIME)?;
    let filter = SweepFilter {
        round: filters.round.as_deref().map(|text| key::<RoundKey>("round", text)).transpose()?,
        scenario: filters.scenario.as_deref().map(|text| key::<ScenarioKey>("scenario", text)).transpose()?,
    };
    let rows = sweeps::list(&mut session, &principal, &filter, &page).await?;
    let counts = sweeps::counts(&mut session, &rows).await?;
    let next = cursor::next(&page, &rows, |row| Cursor { key: row.key.uuid(), rank: None });
    wish.page(SweepPage { items: rows.iter().map(|row| Sweep::of(row, counts.get(&row.key))).collect(), next })
}

/// Start a sweep of a scenario
#[utoipa::path(post, path = "/scenarios/{id}/sweeps", tag = "sweeps",
    params(("id" = String, Path), ("If-Match" = Option<String>, Header)), request_body = SweepBody, responses(
    (status = 202, body = Sweep), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn start(
    mutation: Mutation,
    Key(scenario): Key<ScenarioKey>,
    MaybeIfMatch(version): MaybeIfMatch,
    document: Document,
) -> Result<Response, Problem> {
    let prepared = sweeps::prepare(&mutation.app, &mutation.principal, scenario, version, &document.value).await;
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let row = sweeps::start(transaction, principal, &prepared?).await?;
            Answer::begun(format!("/api/v1/sweeps/{}", row.key), row.version(), &shown(transaction, &row).await?)
        })
    });
    effect.await
}

/// A sweep, and how far it is
#[utoipa::path(get, path = "/sweeps/{id}", tag = "sweeps", params(("id" = String, Path)), responses(
    (status = 200, body = Sweep), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn read(Reading { principal, mut session }: Reading, Key(key): Key<SweepKey>) -> Result<Response, Problem> {
    let row = sweeps::get(&mut session, &principal, key).await?;
    answer::read(row.version(), &shown(&mut session, &row).await?)
}

/// Wish every run of a sweep to end
#[utoipa::path(post, path = "/sweeps/{id}/cancel", tag = "sweeps",
    params(("id" = String, Path), ("If-Match" = String, Header)), responses(
    (status = 202, body = Sweep), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn cancel(
    mutation: Mutation,
    Key(key): Key<SweepKey>,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    let reason = Step::read("", &document.value)?.reason;
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let row = sweeps::cancel(transaction, principal, key, version, reason.as_deref()).await?;
            Answer::begun(format!("/api/v1/sweeps/{}", row.key), row.version(), &shown(transaction, &row).await?)
        })
    });
    effect.await
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(start))
        .routes(routes!(read))
        .routes(routes!(cancel))
        .merge(sweep_outcomes::routes())
}
