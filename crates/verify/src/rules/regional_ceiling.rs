//! ¶92: the largest share of the plan that goes to a region.

use crate::code::Code;
use crate::recount::{Model, Recount};
use crate::report::{Breakage, Tell};
use crate::row::DerivedRow;
use crate::tally::Tally;

pub(crate) fn check(tally: &Tally<'_>, tell: Tell<'_>) {
    let costs = tally.cost_by_state();
    let all: i128 = costs.iter().sum();
    for (position, ceiling) in tally.recount.problem.regional_ceilings.iter().enumerate() {
        let cost: i128 = ceiling.states.iter().map(|state| costs[state.at()]).sum();
        let share = i128::from(ceiling.share_permille);
        if 1000 * cost > share * all {
            tell(Breakage::of(Code::RegionalCeiling, &[position], cost, (share * all).div_euclid(1000)));
        }
    }
}

pub(crate) fn row(recount: &Recount<'_>, model: &Model, position: usize) -> Option<DerivedRow> {
    let problem = recount.problem;
    let ceiling = problem.regional_ceilings.get(position)?;
    let mut terms = Vec::new();
    for (component, found) in problem.components.iter().enumerate() {
        let inside = ceiling.states.binary_search(&problem.requests[found.request.at()].state).is_ok();
        let factor = if inside { 1000 - ceiling.share_permille } else { -ceiling.share_permille };
        terms.extend(model.x_of_component(recount, component, None).map(|x| (x, factor * found.unit_cost)));
    }
    Some(DerivedRow::at_most(terms, 0))
}
