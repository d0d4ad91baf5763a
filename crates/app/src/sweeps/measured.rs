//! What a worker measures of the plan of a setting, and what is kept of it.

use std::time::Duration;

use needmatch_domain::problem::Problem;
use needmatch_domain::run::Status;
use needmatch_matching::sweep::measure;
use needmatch_verify::VerifiedPlan;
use serde::{Deserialize, Serialize};

/// The plan of a setting, by its own goals and by those of the scenario that is varied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    /// Goals of the setting, in order.
    pub goals: Vec<GoalReached>,
    /// Goals of the scenario as it stands, in order, with its weights; empty where the setting has no plan.
    pub values: Vec<i64>,
    /// Wall-clock time, in thousandths of a second.
    pub milliseconds: u64,
}

/// How far a goal was reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalReached {
    /// The goal.
    pub goal: String,
    /// Best value found for it.
    pub best: i64,
    /// No plan has more.
    pub bound: i64,
    /// Thousandths of a permille between the two, rounded up.
    pub gap_thousandths: u64,
    /// Its value in the plan.
    pub value: i64,
}

impl Measured {
    /// Measures a plan. `base` is the problem of the scenario as it stands.
    pub fn of(base: &Problem, plan: &VerifiedPlan, took: Duration) -> Self {
        let outcome = &plan.run().outcome;
        let has_plan = outcome.status != Status::Infeasible;
        let values = if has_plan { measure(base, plan.problem(), &plan.plan().matches) } else { Vec::new() };
        let goals = outcome.goals.iter().map(|goal| GoalReached {
            goal: goal.goal.name().to_owned(),
            best: goal.best,
            bound: goal.bound,
            gap_thousandths: goal.gap_permille.thousandths,
            value: goal.value,
        });
        let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        Self { goals: goals.collect(), values, milliseconds }
    }
}
