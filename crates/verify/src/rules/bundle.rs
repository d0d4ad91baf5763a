//! ¶85, 100–102: what a component requires is served with it.

use needmatch_domain::ids::ComponentIndex;

use crate::code::Code;
use crate::recount::{Model, Recount};
use crate::report::{Breakage, Tell};
use crate::row::DerivedRow;
use crate::tally::Tally;

pub(crate) fn check(tally: &Tally<'_>, tell: Tell<'_>) {
    for (position, component) in tally.recount.problem.components.iter().enumerate() {
        if !tally.served(position) {
            continue;
        }
        for required in component.requires.iter().filter(|required| !tally.served(required.at())) {
            tell(Breakage::of(Code::Bundle, &[position, required.at()], 0, 1));
        }
    }
}

pub(crate) fn row(recount: &Recount<'_>, model: &Model, position: usize, required: usize) -> Option<DerivedRow> {
    let component = recount.problem.components.get(position)?;
    component.requires.binary_search_by_key(&required, |other: &ComponentIndex| other.at()).ok()?;
    let served = |component| model.columns.served_component(component);
    Some(DerivedRow::at_most(vec![(served(position), 1), (served(required), -1)], 0))
}
