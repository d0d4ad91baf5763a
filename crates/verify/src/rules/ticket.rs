//! ¶103: an offer that takes part in a request gives it at least its smallest and at most its largest share.

use needmatch_domain::problem::Offer;

use super::capacity::{part_draw, units};
use crate::code::Code;
use crate::recount::{Model, Recount};
use crate::report::{Breakage, Tell};
use crate::row::DerivedRow;
use crate::tally::Tally;

pub(crate) fn check(tally: &Tally<'_>, tell: Tell<'_>) {
    for ((offer, request), draw) in &tally.parts {
        let limits = &tally.recount.problem.offers[*offer];
        if let Some(least) = limits.ticket_min.map(i128::from).filter(|least| *draw < 1000 * least) {
            tell(Breakage::of(Code::TicketLeast, &[*offer, *request], draw.div_euclid(1000), least));
        }
        if let Some(most) = limits.ticket_max.map(i128::from).filter(|most| *draw > 1000 * most) {
            tell(Breakage::of(Code::TicketMost, &[*offer, *request], units(*draw), most));
        }
    }
}

pub(crate) fn least(recount: &Recount<'_>, model: &Model, offer: usize, request: usize) -> Option<DerivedRow> {
    row(recount, model, (offer, request), |limits| limits.ticket_min, -1)
}

pub(crate) fn most(recount: &Recount<'_>, model: &Model, offer: usize, request: usize) -> Option<DerivedRow> {
    row(recount, model, (offer, request), |limits| limits.ticket_max, 1)
}

/// sign · (Σ draw · x − 1000 · limit · `takes_part`) ≤ 0.
fn row(
    recount: &Recount<'_>,
    model: &Model,
    (offer, request): (usize, usize),
    limit: impl Fn(&Offer) -> Option<i64>,
    sign: i64,
) -> Option<DerivedRow> {
    let part = model.columns.find_part(offer, request)?;
    let limit = limit(&recount.problem.offers[offer])?;
    let mut terms = part_draw(recount, model, part, None, sign);
    terms.push((model.columns.takes_part(part), -sign * 1000 * limit));
    Some(DerivedRow::at_most(terms, 0))
}
