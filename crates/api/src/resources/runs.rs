//! Runs: one execution of a scenario.

use axum::response::Response;
use needmatch_app::requests::Step;
use needmatch_app::store::keys::{RoundKey, RunKey, ScenarioKey, SweepKey};
use needmatch_app::store::runs::{Failure as FailureRow, Run as Row, RunFilter, RunSummary};
use needmatch_app::store::{BY_TIME, Cursor};
use needmatch_app::{App, runs};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::answer::{self, Answer};
use crate::http::body::Document;
use crate::http::caller::Reading;
use crate::http::cursor::{self, TimeOrder};
use crate::http::expected::Expected;
use crate::http::mutation::Mutation;
use crate::http::parameters::{Filters, Key, key, word};
use crate::http::problem::{Problem, ProblemDocument};
use crate::http::table::Wish;
use crate::http::version::IfMatch;

/// Most matches in a page of a plan.
const MOST_ENTRIES: u32 = 500;

/// Why a run failed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Failure {
    /// Such as `worker_lost` or `no_plan`.
    pub(super) code: String,
    /// Values of the code.
    values: Value,
}

impl Failure {
    pub(super) fn of(FailureRow { code, values }: FailureRow) -> Self {
        Self { code, values }
    }
}

/// Counts, sums and verdict of a run.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RunResult {
    /// `optimal`, `within_gap`, `limit` or `infeasible`, as the verifier found it.
    #[schema(example = "optimal")]
    status: String,
    /// SHA-256 that seals the run file.
    digest: String,
    /// Matches.
    matches: u64,
    /// Requests with something served.
    requests_served: u64,
    /// Requests met in full.
    requests_completed: u64,
    /// Components with something served.
    components_served: u64,
    /// Accounting currency, without delivery.
    cost: i64,
    /// First goal: value reached.
    best: Option<i64>,
    /// First goal: proven bound.
    bound: Option<i64>,
    /// First goal: thousandths of a permille between the two, rounded up.
    gap_thousandths: Option<i64>,
}

/// A run.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Run {
    /// Its identifier.
    id: String,
    /// The scenario it executes.
    scenario: String,
    /// The round of the scenario.
    round: String,
    /// SHA-256 of the problem it solves.
    problem_sha256: String,
    /// Gap, seconds and threads.
    settings: Value,
    /// `queued`, `running`, `succeeded`, `limit`, `infeasible`, `failed` or `cancelled`.
    lifecycle: String,
    /// Workers that took it so far.
    attempt: i64,
    /// Number of its last event.
    last_event: i64,
    /// What it last told.
    progress: Option<Value>,
    /// Why it failed.
    failure: Option<Failure>,
    /// The earlier run it begins with.
    begun_from: Option<String>,
    /// The sweep it is a setting of.
    sweep: Option<String>,
    /// When somebody wished it to end.
    cancel_requested_at: Option<String>,
    /// When it was started.
    created_at: String,
    /// When a worker first took it.
    started_at: Option<String>,
    /// When it ended.
    finished_at: Option<String>,
    /// When it was published.
    published_at: Option<String>,
    /// Rises with every step, not with what it tells while it works.
    version: i64,
    /// What came out, once it has ended with an answer.
    result: Option<RunResult>,
}

/// A page of runs.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RunPage {
    items: Vec<Run>,
    /// `after` of the next page; absent on the last.
    next: Option<String>,
}

impl Run {
    pub(super) fn of(row: &Row, summary: Option<RunSummary>) -> Self {
        let time = |at: Option<jiff::Timestamp>| at.map(|at| at.to_string());
        let failure = row.failure.clone().map(Failure::of);
        Self {
            id: row.key.to_string(),
            scenario: row.scenario.to_string(),
            round: row.round.to_string(),
            problem_sha256: row.problem.clone(),
            settings: row.settings.clone(),
            lifecycle: row.lifecycle.to_string(),
            attempt: row.attempt,
            last_event: row.last_event,
            progress: row.progress.clone(),
            failure,
            begun_from: row.start.map(|run| run.to_string()),
            sweep: row.sweep.map(|sweep| sweep.to_string()),
            cancel_requested_at: time(row.cancel_requested_at),
            created_at: row.created_at.to_string(),
            started_at: time(row.started_at),
            finished_at: time(row.finished_at),
            published_at: time(row.published_at),
            version: row.version,
            result: summary.map(|summary| RunResult {
                status: summary.status,
                digest: summary.digest,
                matches: summary.totals.matches,
                requests_served: summary.totals.requests_served,
                requests_completed: summary.totals.requests_completed,
                components_served: summary.totals.components_served,
                cost: summary.totals.cost,
                best: summary.best,
                bound: summary.bound,
                gap_thousandths: summary.gap_thousandths,
            }),
        }
    }
}

/// Filters of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct RunFilters {
    /// Of this round.
    round: Option<String>,
    /// Of this scenario.
    scenario: Option<String>,
    /// Where it stands.
    lifecycle: Option<String>,
    /// Of this sweep.
    sweep: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
    /// Rows in a page, at most 500.
    limit: Option<u32>,
    /// `newest` (default) or `oldest`.
    #[param(inline, value_type = Option<TimeOrder>)]
    order: Option<String>,
}

/// Runs that you may see
#[utoipa::path(get, path = "/runs", tag = "runs", params(RunFilters), responses(
    (status = 200, content((RunPage = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn list(
    Reading { principal, mut session }: Reading,
    Filters(filters): Filters<RunFilters>,
    wish: Wish,
) -> Result<Response, Problem> {
    let page = cursor::page(filters.after.as_deref(), filters.limit, filters.order.as_deref(), BY_TIME)?;
    let filter = RunFilter {
        round: filters.round.as_deref().map(|text| key::<RoundKey>("round", text)).transpose()?,
        scenario: filters.scenario.as_deref().map(|text| key::<ScenarioKey>("scenario", text)).transpose()?,
        lifecycle: word(
            "lifecycle",
            filters.lifecycle.as_deref(),
            "queued, running, succeeded, limit, infeasible, failed, cancelled",
        )?,
        sweep: filters.sweep.as_deref().map(|text| key::<SweepKey>("sweep", text)).transpose()?,
    };
    let rows = runs::list(&mut session, &principal, &filter, &page).await?;
    let next = cursor::next(&page, &rows, |row| Cursor { key: row.key.uuid(), rank: None });
    wish.page(RunPage { items: rows.iter().map(|row| Run::of(row, None)).collect(), next })
}

/// What a run begins with.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RunBody {
    /// A finished run of the same round: its plan is mended where what has changed no longer lets it stand, and its proof
    /// recounted; the answer comes with the gap that is then proved.
    start: Option<String>,
}

/// Start a run of a scenario
#[utoipa::path(post, path = "/scenarios/{id}/runs", tag = "runs", params(("id" = String, Path)),
    request_body = RunBody, responses(
    (status = 202, body = Run), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn start(mutation: Mutation, Key(scenario): Key<ScenarioKey>, document: Document) -> Result<Response, Problem> {
    let prepared = runs::prepare(&mutation.app, &mutation.principal, scenario, &document.value).await;
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let row = runs::start(transaction, principal, &prepared?).await?;
            Answer::begun(format!("/api/v1/runs/{}", row.key), row.version, &Run::of(&row, None))
        })
    });
    effect.await
}

/// A run
#[utoipa::path(get, path = "/runs/{id}", tag = "runs", params(("id" = String, Path)), responses(
    (status = 200, body = Run), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn read(Reading { principal, mut session }: Reading, Key(key): Key<RunKey>) -> Result<Response, Problem> {
    let row = runs::get(&mut session, &principal, key).await?;
    let summary = if row.lifecycle.has_ended() { runs::summary(&mut session, &principal, key).await? } else { None };
    answer::read(row.version, &Run::of(&row, summary))
}

/// Wish a run to end
#[utoipa::path(post, path = "/runs/{id}/cancel", tag = "runs",
    params(("id" = String, Path), ("If-Match" = String, Header)), responses(
    (status = 202, body = Run), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn cancel(
    mutation: Mutation,
    Key(key): Key<RunKey>,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    let reason = Step::read("", &document.value)?.reason;
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let row = runs::cancel(transaction, principal, key, version, reason.as_deref()).await?;
            Answer::begun(format!("/api/v1/runs/{}", row.key), row.version, &Run::of(&row, None))
        })
    });
    effect.await
}

/// A match of a plan.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlanRow {
    /// Place in the plan, from 0.
    position: i64,
    /// Component served.
    component: String,
    /// Offer that serves it.
    offer: String,
    /// When.
    period: String,
    /// In the component's unit.
    quantity: i64,
    /// What it takes from the offer, in the offer's unit, rounded up.
    draw: i64,
    /// Accounting currency, without delivery.
    cost: i64,
    /// Score of the match.
    score: i64,
    /// Why: score of one unit, its factors, and the rules that keep the quantity from being larger.
    reason: Option<Reason>,
}

/// Why a match is worth what it is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Reason {
    /// Score of one unit = weight · worth · fit.
    score: i64,
    /// Priority, area, context and group weight together.
    weight: i64,
    /// Worth of one unit.
    worth: i64,
    /// Suitability and preference, of 1000.
    fit: i64,
    /// Rules that keep the quantity from being larger.
    bound_by: Vec<&'static str>,
}

/// A part of a plan.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Plan {
    items: Vec<PlanRow>,
    /// `after` of the next page; absent on the last.
    next: Option<i64>,
}

/// Which part of the plan.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PlanFilters {
    /// `next` of the page before.
    after: Option<i64>,
    /// Rows in a page, at most 500.
    limit: Option<u32>,
}

/// The matches of a run that you may see, with their reasons
#[utoipa::path(get, path = "/runs/{id}/plan", tag = "runs", params(("id" = String, Path), PlanFilters), responses(
    (status = 200, content((Plan = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn plan(
    Reading { principal, mut session }: Reading,
    Key(key): Key<RunKey>,
    Filters(filters): Filters<PlanFilters>,
    wish: Wish,
) -> Result<Response, Problem> {
    let limit = filters.limit.unwrap_or(MOST_ENTRIES);
    if !(1..=MOST_ENTRIES).contains(&limit) {
        return Err(Problem::parameter("limit", &limit.to_string(), Expected::Number(MOST_ENTRIES)));
    }
    let entries = runs::plan(&mut session, &principal, key, filters.after, limit).await?;
    let next = entries.last().filter(|_| entries.len() >= limit as usize).map(|entry| entry.matched.position);
    let items = entries.into_iter().map(|entry| {
        let row = entry.matched.row;
        PlanRow {
            position: entry.matched.position,
            component: row.component,
            offer: row.offer,
            period: row.period,
            quantity: row.quantity,
            draw: row.draw,
            cost: row.cost,
            score: row.score,
            reason: entry.reason.map(|reason| Reason {
                score: reason.score,
                weight: reason.weight,
                worth: reason.worth,
                fit: reason.fit,
                bound_by: reason.bound_by.iter().map(|rule| rule.name()).collect(),
            }),
        }
    });
    wish.page(Plan { items: items.collect(), next })
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(start))
        .routes(routes!(read))
        .routes(routes!(cancel))
        .routes(routes!(plan))
}
