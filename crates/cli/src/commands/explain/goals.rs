//! Each goal's value, and what it cost those before it.

use needmatch_domain::problem::Problem;
use needmatch_domain::run::Outcome;
use serde::Serialize;

#[derive(Debug, Serialize)]
pub(crate) struct GoalCost {
    pub(crate) goal: &'static str,
    pub(crate) best: i64,
    pub(crate) bound: i64,
    pub(crate) gap_permille: f64,
    pub(crate) value: i64,
    /// What pursuing this goal took from each earlier one.
    pub(crate) cost_to: Vec<Cost>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Cost {
    pub(crate) goal: &'static str,
    pub(crate) amount: i64,
}

/// Goals in order. The plan each stage reached stands in the certificate, unless it is the final one.
pub(crate) fn of(problem: &Problem, outcome: &Outcome) -> Vec<GoalCost> {
    let plan_at = |stage: usize| {
        let witness = outcome.certificate.stages.get(stage).and_then(|stage| stage.witness.as_deref());
        witness.unwrap_or(&outcome.plan.matches)
    };
    let value = |goal: usize, stage: usize| needmatch_verify::evaluate(problem, plan_at(stage), &problem.goals[goal]);
    let results = outcome.goals.iter().enumerate();
    results
        .map(|(stage, result)| GoalCost {
            goal: result.goal.name(),
            best: result.best,
            bound: result.bound,
            gap_permille: result.gap_permille.permille(),
            value: result.value,
            cost_to: (0..stage)
                .map(|earlier| Cost {
                    goal: problem.goals[earlier].goal.name(),
                    amount: value(earlier, stage - 1) - value(earlier, stage),
                })
                .filter(|cost| cost.amount != 0)
                .collect(),
        })
        .collect()
}
