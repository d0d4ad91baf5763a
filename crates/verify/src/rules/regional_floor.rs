//! ¶92: the least share of what a region asked for.

use crate::code::Code;
use crate::recount::{Model, Recount};
use crate::report::{Breakage, Tell};
use crate::row::DerivedRow;
use crate::tally::Tally;

pub(crate) fn check(tally: &Tally<'_>, tell: Tell<'_>) {
    let costs = tally.cost_by_state();
    for (position, floor) in tally.recount.problem.regional_floors.iter().enumerate() {
        let cost: i128 = floor.states.iter().map(|state| costs[state.at()]).sum();
        let due = due(tally.recount, position);
        if cost < due {
            tell(Breakage::of(Code::RegionalFloor, &[position], cost, due));
        }
    }
}

/// ⌈share · asked / 1000⌉.
fn due(recount: &Recount<'_>, position: usize) -> i128 {
    let floor = &recount.problem.regional_floors[position];
    let asked = i128::from(recount.index.asked_in(&floor.states));
    (i128::from(floor.share_permille) * asked + 999).div_euclid(1000)
}

pub(crate) fn row(recount: &Recount<'_>, model: &Model, position: usize) -> Option<DerivedRow> {
    let floor = recount.problem.regional_floors.get(position)?;
    let mut terms = Vec::new();
    let requests = floor.states.iter().flat_map(|state| &recount.index.requests_of[state.at()]);
    for component in requests.flat_map(|request| &recount.index.components_of[*request]) {
        let cost = recount.problem.components[*component].unit_cost;
        terms.extend(model.x_of_component(recount, *component, None).map(|x| (x, -cost)));
    }
    Some(DerivedRow::at_most(terms, -due(recount, position)))
}
