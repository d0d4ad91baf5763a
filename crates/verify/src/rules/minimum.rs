//! ¶106: less than the least useful quantity is of no use.

use crate::code::Code;
use crate::recount::{Model, Recount};
use crate::report::{Breakage, Tell};
use crate::row::DerivedRow;
use crate::tally::Tally;

pub(crate) fn check(tally: &Tally<'_>, tell: Tell<'_>) {
    for (position, component) in tally.recount.problem.components.iter().enumerate() {
        let (received, minimum) = (tally.received[position], i128::from(component.minimum));
        if received > 0 && received < minimum {
            tell(Breakage::of(Code::Minimum, &[position], received, minimum));
        }
    }
}

pub(crate) fn row(recount: &Recount<'_>, model: &Model, position: usize) -> Option<DerivedRow> {
    let component = recount.problem.components.get(position)?;
    let mut terms: Vec<_> = model.x_of_component(recount, position, None).map(|x| (x, -1)).collect();
    terms.push((model.columns.served_component(position), component.minimum));
    Some(DerivedRow::at_most(terms, 0))
}
