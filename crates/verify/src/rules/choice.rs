//! ¶106: at most one of several alternatives is served.

use crate::code::Code;
use crate::recount::{Model, Recount};
use crate::report::{Breakage, Tell};
use crate::row::DerivedRow;
use crate::tally::Tally;

pub(crate) fn check(tally: &Tally<'_>, tell: Tell<'_>) {
    for (first, alternatives) in &tally.recount.index.choices {
        let served = alternatives.iter().filter(|component| tally.served(**component)).count();
        if served > 1 {
            tell(Breakage::of(Code::Choice, &[*first], served as i128, 1));
        }
    }
}

pub(crate) fn row(recount: &Recount<'_>, model: &Model, first: usize) -> Option<DerivedRow> {
    let alternatives = recount.index.choices.get(&first)?;
    let terms = alternatives.iter().map(|component| (model.columns.served_component(*component), 1)).collect();
    Some(DerivedRow::at_most(terms, 1))
}
