//! ¶92: the offer's most for one state.

use super::capacity::{part_draw, units};
use crate::code::Code;
use crate::recount::{Model, Recount};
use crate::report::{Breakage, Tell};
use crate::row::DerivedRow;
use crate::tally::Tally;

pub(crate) fn check(tally: &Tally<'_>, tell: Tell<'_>) {
    let limit = |offer: usize| tally.recount.problem.offers[offer].state_max;
    let draws = tally
        .sums(|delivery| limit(delivery.offer).map(|_| (delivery.offer, delivery.state)), |delivery| delivery.draw);
    for ((offer, state), draw) in draws {
        let most = i128::from(limit(offer).unwrap_or(i64::MAX));
        if draw > 1000 * most {
            tell(Breakage::of(Code::StateLimit, &[offer, state], units(draw), most));
        }
    }
}

pub(crate) fn row(recount: &Recount<'_>, model: &Model, offer: usize, state: usize) -> Option<DerivedRow> {
    let most = recount.problem.offers.get(offer)?.state_max?;
    recount.problem.states.get(state)?;
    let within = |part: &usize| recount.problem.requests[model.columns.parts[*part].1].state.at() == state;
    let parts = model.columns.parts_of_offer(offer).filter(within);
    let terms = parts.flat_map(|part| part_draw(recount, model, part, None, 1)).collect();
    let visited = model.columns.parts_of_offer(offer).len();
    Some(DerivedRow::at_most(terms, 1000 * i128::from(most)).after(visited))
}
