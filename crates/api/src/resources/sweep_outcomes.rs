//! The table of a sweep: a row a setting, in JSON or as CSV with a column a goal and a column a setting.

use axum::response::Response;
use needmatch_app::store::keys::SweepKey;
use needmatch_app::store::runs::RunSummary;
use needmatch_app::sweeps::{self, GoalReached, Outcome as Found};
use needmatch_app::{App, AppError};
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::runs::Failure;
use crate::http::caller::Reading;
use crate::http::parameters::Key;
use crate::http::problem::{Problem, ProblemDocument};
use crate::http::table::Wish;

/// How far a setting reached one of its own goals.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GoalOutcome {
    /// The goal.
    goal: String,
    /// Best value found for it.
    best: i64,
    /// No plan has more.
    bound: i64,
    /// Thousandths of a permille between the two, rounded up.
    gap_thousandths: u64,
    /// Its value in the plan.
    value: i64,
}

/// What came of a setting.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SweepOutcome {
    /// Place in the table, from 0.
    position: i64,
    /// As it is called.
    setting: String,
    /// What it lays over the scenario.
    overrides: Value,
    /// SHA-256 of the overrides, fixed when the sweep was started.
    overrides_sha256: String,
    /// Its run.
    run: String,
    /// Where the run stands.
    lifecycle: String,
    /// `optimal`, `within_gap`, `limit` or `infeasible`, as the verifier found it.
    status: Option<String>,
    /// Its own goals, in its own order and by its own weights.
    goals: Vec<GoalOutcome>,
    /// The goals of the scenario as it stands, in the order of the table's `goals` and by the scenario's weights, so that
    /// settings can be compared. What the scenario would not allow counts nothing. Empty without a plan.
    values: Vec<i64>,
    /// Matches.
    matches: Option<u64>,
    /// Requests with something served.
    requests_served: Option<u64>,
    /// Requests met in full.
    requests_completed: Option<u64>,
    /// Components with something served.
    components_served: Option<u64>,
    /// Accounting currency, without delivery.
    cost: Option<i64>,
    /// Seconds it was solved in.
    seconds: Option<f64>,
    /// Whether no other setting that has a plan by now is as good in every one of `values` and better in one.
    non_dominated: bool,
    /// Why the run failed.
    failure: Option<Failure>,
}

/// The table of a sweep.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SweepOutcomes {
    /// The sweep.
    sweep: String,
    /// Accounting currency of the scenario as it stands.
    currency: String,
    /// Goals of the scenario as it stands, in order.
    goals: Vec<&'static str>,
    /// Whether every run has ended: the table then stays as it is.
    has_ended: bool,
    items: Vec<SweepOutcome>,
}

/// Members of a row that a table spreads over columns of their own.
const NESTED: [&str; 3] = ["overrides", "goals", "values"];

impl GoalOutcome {
    fn of(reached: &GoalReached) -> Self {
        let GoalReached { goal, best, bound, gap_thousandths, value } = reached.clone();
        Self { goal, best, bound, gap_thousandths, value }
    }
}

impl SweepOutcome {
    fn of(found: Found) -> Self {
        let Found { setting, overrides, summary, measured, is_not_dominated } = found;
        let total = |of: fn(&RunSummary) -> u64| summary.as_ref().map(of);
        #[expect(clippy::cast_precision_loss, reason = "a figure to be shown, not to be counted with")]
        let seconds = measured.as_ref().map(|measured| measured.milliseconds as f64 / 1000.0);
        Self {
            position: setting.position,
            setting: setting.name,
            overrides,
            overrides_sha256: setting.overrides,
            run: setting.run.key.to_string(),
            lifecycle: setting.run.lifecycle.to_string(),
            status: summary.as_ref().map(|summary| summary.status.clone()),
            goals: measured.iter().flat_map(|measured| &measured.goals).map(GoalOutcome::of).collect(),
            values: measured.as_ref().map(|measured| measured.values.clone()).unwrap_or_default(),
            matches: total(|summary| summary.totals.matches),
            requests_served: total(|summary| summary.totals.requests_served),
            requests_completed: total(|summary| summary.totals.requests_completed),
            components_served: total(|summary| summary.totals.components_served),
            cost: summary.as_ref().map(|summary| summary.totals.cost),
            seconds,
            non_dominated: is_not_dominated,
            failure: setting.run.failure.map(Failure::of),
        }
    }

    /// A row of the table as CSV has it: `value.<goal>` by the scenario's goals, `best.`, `bound.` and `gap.<goal>` by the
    /// setting's own, and what the setting sets, each under its path.
    fn cells(&self, goals: &[&'static str]) -> Result<Value, AppError> {
        let mut row = match serde_json::to_value(self).map_err(|_| AppError::Internal)? {
            Value::Object(row) => row,
            _ => Map::new(),
        };
        for nested in NESTED {
            row.remove(nested);
        }
        row.insert("failure".to_owned(), self.failure.as_ref().map(|failure| failure.code.clone()).into());
        for (place, goal) in goals.iter().enumerate() {
            row.insert(format!("value.{goal}"), json!(self.values.get(place)));
        }
        for goal in &self.goals {
            row.insert(format!("best.{}", goal.goal), goal.best.into());
            row.insert(format!("bound.{}", goal.goal), goal.bound.into());
            row.insert(format!("gap_thousandths.{}", goal.goal), goal.gap_thousandths.into());
        }
        flatten("set", &self.overrides, &mut row);
        Ok(Value::Object(row))
    }
}

/// Adds what stands at the ends of a document, each under its path.
fn flatten(path: &str, value: &Value, row: &mut Map<String, Value>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                flatten(&format!("{path}.{key}"), member, row);
            }
        }
        end => {
            row.insert(path.to_owned(), end.clone());
        }
    }
}

/// What came of every setting of a sweep, in one table
#[utoipa::path(get, path = "/sweeps/{id}/outcomes", tag = "sweeps", params(("id" = String, Path)), responses(
    (status = 200, content((SweepOutcomes = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn outcomes(
    Reading { principal, mut session }: Reading,
    Key(key): Key<SweepKey>,
    wish: Wish,
) -> Result<Response, Problem> {
    let table = sweeps::outcomes(&mut session, &principal, key).await?;
    let has_ended = table.rows.iter().all(|row| row.setting.run.lifecycle.has_ended());
    let table = SweepOutcomes {
        sweep: table.sweep.key.to_string(),
        currency: table.currency,
        goals: table.goals,
        has_ended,
        items: table.rows.into_iter().map(SweepOutcome::of).collect(),
    };
    let with = table.goals.iter().map(|goal| format!("value.{goal}")).collect();
    wish.table(&table, (with, &NESTED), |table| table.items.iter().map(|row| row.cells(&table.goals)).collect())
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(outcomes))
}
