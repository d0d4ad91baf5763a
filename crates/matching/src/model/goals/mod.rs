//! One file a goal, named as the goal: its value in terms of the unknowns, and the rows that define those.

mod completed;
mod coverage;
mod economy;
mod equity;
mod stability;
mod sustainability;
mod synergy;

use needmatch_domain::goal::{Goal, GoalName};
use needmatch_domain::ids::StateIndex;
use needmatch_domain::problem::Problem;

use super::Model;

pub(super) use synergy::shares_target;

/// What is maximised: Σ terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objective {
    /// Column and coefficient; no column twice.
    pub terms: Vec<(usize, i64)>,
}

/// Adds the rows that define a goal and returns its value in terms of the unknowns.
pub fn objective(model: &mut Model<'_>, goal: &Goal) -> Objective {
    let mut terms = match goal.goal {
        GoalName::Coverage => coverage::terms(model),
        GoalName::Completed => completed::terms(model),
        GoalName::Equity => equity::terms(model, goal.by),
        GoalName::Synergy => synergy::terms(model),
        GoalName::Sustainability => sustainability::terms(model),
        GoalName::Stability => stability::terms(model),
        GoalName::Economy => economy::terms(model, goal.provider_cost),
    };
    terms.retain(|(_, coefficient)| *coefficient != 0);
    Objective { terms }
}

/// Cost of the components that have a pair, over the states inside.
pub(super) fn asked(problem: &Problem, inside: impl Fn(StateIndex) -> bool) -> i64 {
    problem
        .components
        .iter()
        .filter(|component| !component.pairs.is_empty() && inside(problem.requests[component.request.at()].state))
        .map(|component| component.unit_cost * component.outstanding)
        .sum()
}

/// Cost of what arrives in the states inside.
pub(super) fn cost_terms(model: &Model<'_>, inside: impl Fn(StateIndex) -> bool) -> Vec<(usize, i64)> {
    let state = |position: usize| model.problem.requests[model.layout.cells[position].request.at()].state;
    (0..model.layout.cells.len())
        .filter(|&position| inside(state(position)))
        .map(|position| (position, model.layout.cells[position].cost))
        .collect()
}
