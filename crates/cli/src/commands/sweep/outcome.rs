//! The table of a sweep: every plan measured by the goals and weights of the scenario as it stands, so that settings can
//! be compared, and those marked that no other beats.

use std::fmt::Write;

use needmatch_domain::problem::Problem;
use needmatch_matching::sweep::{measure, not_beaten};
use needmatch_worker::solver::{SolverFailure, Solving};
use serde::Serialize;

use crate::print::{grouped, table};

/// One setting's run.
#[derive(Debug, Serialize)]
pub(crate) struct Swept {
    pub(crate) name: String,
    /// As in a run file, or `failed`.
    pub(crate) status: &'static str,
    pub(crate) gap_permille: Option<f64>,
    /// Goals of the scenario as it stands, in order, measured with its weights.
    pub(crate) values: Vec<i64>,
    pub(crate) requests_served: u64,
    pub(crate) components_served: u64,
    pub(crate) cost: i64,
    pub(crate) seconds: f64,
    /// Whether no other setting is at least as good in every goal and better in one.
    pub(crate) non_dominated: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<String>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Outcome {
    name: String,
    goals: Vec<&'static str>,
    runs: Vec<Swept>,
}

impl Swept {
    pub(crate) fn of(name: &str, base: &Problem, solved: Result<&Solving, &SolverFailure>) -> Self {
        let mut swept = Self {
            name: name.to_owned(),
            status: "failed",
            gap_permille: None,
            values: Vec::new(),
            requests_served: 0,
            components_served: 0,
            cost: 0,
            seconds: 0.0,
            non_dominated: false,
            error: None,
        };
        match solved {
            Err(error) => swept.error = Some(error.to_string()),
            Ok(solving) => {
                let outcome = &solving.plan.run().outcome;
                swept.status = outcome.status.name();
                swept.gap_permille = outcome.goals.first().map(|goal| goal.gap_permille.permille());
                swept.values = measure(base, solving.plan.problem(), &outcome.plan.matches);
                swept.requests_served = outcome.totals.requests_served;
                swept.components_served = outcome.totals.components_served;
                swept.cost = outcome.totals.cost;
                swept.seconds = (solving.took.as_secs_f64() * 1000.0).round() / 1000.0;
            }
        }
        swept
    }
}

impl Outcome {
    pub(crate) fn of(base: &Problem, mut runs: Vec<Swept>) -> Self {
        let has_plan = |run: &Swept| !run.values.is_empty() && run.status != "infeasible";
        let values: Vec<Option<&[i64]>> =
            runs.iter().map(|run| has_plan(run).then_some(run.values.as_slice())).collect();
        let marks = not_beaten(&values);
        for (run, mark) in runs.iter_mut().zip(marks) {
            run.non_dominated = mark;
        }
        let goals = base.goals.iter().map(|goal| goal.goal.name()).collect();
        Self { name: base.name.clone(), goals, runs }
    }

    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        let _ = writeln!(
            text,
            "{}: {} settings, measured by the scenario's own goals and weights",
            self.name,
            self.runs.len()
        );
        let mut header = vec!["", "setting", "status", "gap ‰"];
        header.extend(&self.goals);
        header.extend(["requests", "components", "cost", "s"]);
        let rows = self.runs.iter().map(|run| {
            let mut row = vec![
                if run.non_dominated { "*" } else { "" }.to_owned(),
                run.name.clone(),
                run.status.to_owned(),
                run.gap_permille.map_or_else(|| "-".to_owned(), |gap| format!("{gap:.3}")),
            ];
            row.extend(
                self.goals
                    .iter()
                    .enumerate()
                    .map(|(at, _)| run.values.get(at).copied().map_or_else(|| "-".to_owned(), grouped)),
            );
            row.extend([run.requests_served.to_string(), run.components_served.to_string()]);
            row.extend([grouped(run.cost), format!("{:.2}", run.seconds)]);
            row
        });
        let _ = writeln!(text, "{}", table::of(&header, 3, rows));
        let _ = writeln!(text, "* no other setting is as good in every goal and better in one");
        for run in &self.runs {
            if let Some(error) = &run.error {
                let _ = writeln!(text, "{}: {error}", run.name);
            }
        }
        text
    }
}
