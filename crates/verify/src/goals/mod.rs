//! The goals, one file each, named as the goal: `value` counts a plan, `terms` gives the same value as a sum over
//! unknowns, `row` the rows that define unknowns of its own.

use needmatch_domain::goal::{Goal, GoalName};
use needmatch_domain::row::Row;

use crate::recount::{Model, Recount};
use crate::row::DerivedRow;
use crate::tally::Tally;

mod completed;
mod coverage;
pub(crate) mod economy;
pub(crate) mod equity;
mod stability;
mod sustainability;
mod synergy;

/// The value of a goal in a plan.
pub(crate) fn value(tally: &Tally<'_>, goal: &Goal) -> i128 {
    match goal.goal {
        GoalName::Coverage => coverage::value(tally),
        GoalName::Completed => completed::value(tally),
        GoalName::Equity => equity::value(tally, goal.by),
        GoalName::Synergy => synergy::value(tally),
        GoalName::Sustainability => sustainability::value(tally),
        GoalName::Stability => stability::value(tally),
        GoalName::Economy => economy::value(tally, goal.provider_cost),
    }
}

/// Coefficients of the goal: every column once at most.
pub(crate) fn terms(recount: &Recount<'_>, goal: &Goal) -> Vec<(usize, i64)> {
    let model = recount.model();
    match goal.goal {
        GoalName::Coverage => coverage::terms(recount, model),
        GoalName::Completed => completed::terms(recount, model),
        GoalName::Equity => equity::terms(model),
        GoalName::Synergy => synergy::terms(recount, model),
        GoalName::Sustainability => sustainability::terms(recount, model),
        GoalName::Stability => stability::terms(recount, model),
        GoalName::Economy => economy::terms(model, goal.provider_cost),
    }
}

/// The row of a goal behind a name; `None` where the problem has no such goal or the goal no such row.
pub(crate) fn row(recount: &Recount<'_>, model: &Model, row: Row, entities: &[usize]) -> Option<DerivedRow> {
    let name = match row {
        Row::FullComponent | Row::FullRequest | Row::FullChoice => GoalName::Completed,
        Row::Equity => GoalName::Equity,
        Row::SynergyTracing | Row::SynergyStockpile => GoalName::Synergy,
        Row::Stability => GoalName::Stability,
        Row::Economy => GoalName::Economy,
        _ => return None,
    };
    recount.problem.goals.iter().find(|goal| goal.goal == name)?;
    match row {
        Row::FullComponent => completed::component(recount, model, entities[0]),
        Row::FullRequest => completed::request(recount, model, entities[0]),
        Row::FullChoice => completed::choice(recount, model, entities[0], entities[1]),
        Row::Equity => equity::row(recount, model, entities[0]),
        Row::SynergyTracing | Row::SynergyStockpile => synergy::row(recount, model, row, entities[0]),
        Row::Stability => stability::row(recount, model, entities[0]),
        _ => Some(economy::row(recount, model)),
    }
}
