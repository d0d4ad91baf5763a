//! ¶88: a request is served only with the component that removes its obstacle, and not at all where nothing does.

use crate::code::Code;
use crate::recount::{Model, Recount};
use crate::report::{Breakage, Tell};
use crate::row::DerivedRow;
use crate::tally::Tally;

pub(crate) fn check(tally: &Tally<'_>, tell: Tell<'_>) {
    for (position, request) in tally.recount.problem.requests.iter().enumerate() {
        if !tally.served_requests[position] {
            continue;
        }
        for (obstacle, found) in request.obstacles.iter().enumerate() {
            if !found.mitigation.is_some_and(|component| tally.served(component.at())) {
                tell(Breakage::of(Code::Obstacle, &[position, obstacle], 0, 1));
            }
        }
    }
}

pub(crate) fn row(recount: &Recount<'_>, model: &Model, request: usize, obstacle: usize) -> Option<DerivedRow> {
    let found = recount.problem.requests.get(request)?.obstacles.get(obstacle)?;
    let mut terms = vec![(model.columns.served_request(request), 1)];
    terms.extend(found.mitigation.map(|component| (model.columns.served_component(component.at()), -1)));
    Some(DerivedRow::at_most(terms, 0))
}
