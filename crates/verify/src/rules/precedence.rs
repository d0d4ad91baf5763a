//! Law before register before marking: in one state a step begins only when something of the step before has arrived.

use std::collections::BTreeMap;

use needmatch_domain::problem::Step;

use crate::code::Code;
use crate::recount::{Model, Recount};
use crate::report::{Breakage, Tell};
use crate::row::DerivedRow;
use crate::tally::Tally;

pub(crate) fn check(tally: &Tally<'_>, tell: Tell<'_>) {
    let problem = tally.recount.problem;
    let index = &tally.recount.index;
    let first_arrival = |before: &[usize]| before.iter().filter_map(|component| tally.first_arrival[*component]).min();
    let mut begun: BTreeMap<(usize, Step), Option<usize>> = BTreeMap::new();
    for delivery in &tally.deliveries {
        let Some(step) = index.step_before(problem, delivery.component) else { continue };
        let begun = *begun.entry(step).or_insert_with(|| first_arrival(index.components_at(step)));
        if begun.is_none_or(|begun| begun > delivery.period) {
            let entities = [delivery.component, delivery.offer, delivery.period];
            tell(Breakage::of(Code::Precedence, &entities, delivery.quantity.into(), 0));
        }
    }
}

pub(crate) fn row(recount: &Recount<'_>, model: &Model, entities: &[usize]) -> Option<DerivedRow> {
    let (x, _) = model.x(recount, entities)?;
    let before = recount.index.components_at(recount.index.step_before(recount.problem, entities[0])?);
    let mut terms = vec![(x, 1)];
    for component in before {
        terms.push((model.columns.arrived(*component, entities[2])?, -model.upper[x]));
    }
    Some(DerivedRow::at_most(terms, 0))
}
