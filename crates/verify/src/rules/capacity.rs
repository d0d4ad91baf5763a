//! ¶92: never more than the offer holds, in all and in each period it lists.

use crate::code::Code;
use crate::recount::{Model, Recount};
use crate::report::{Breakage, Tell};
use crate::row::DerivedRow;
use crate::tally::Tally;

pub(crate) fn check(tally: &Tally<'_>, tell: Tell<'_>) {
    let offers = &tally.recount.problem.offers;
    for (offer, draw) in tally.sums(|delivery| Some(delivery.offer), |delivery| delivery.draw) {
        let quantity = i128::from(offers[offer].quantity);
        if draw > 1000 * quantity {
            tell(Breakage::of(Code::CapacityTotal, &[offer], units(draw), quantity));
        }
    }
    let listed = |offer: usize| offers[offer].per_period.as_ref();
    let by_period = tally
        .sums(|delivery| listed(delivery.offer).map(|_| (delivery.offer, delivery.period)), |delivery| delivery.draw);
    for ((offer, period), draw) in by_period {
        let quantity = i128::from(listed(offer).and_then(|held| held.get(period)).copied().unwrap_or(0));
        if draw > 1000 * quantity {
            tell(Breakage::of(Code::CapacityPeriod, &[offer, period], units(draw), quantity));
        }
    }
}

/// Thousandths in whole units, rounded up.
pub(crate) fn units(draw: i128) -> i128 {
    (draw + 999).div_euclid(1000)
}

pub(crate) fn total(recount: &Recount<'_>, model: &Model, offer: usize) -> Option<DerivedRow> {
    let quantity = recount.problem.offers.get(offer)?.quantity;
    Some(DerivedRow::at_most(drawn(recount, model, offer, None), 1000 * i128::from(quantity)))
}

pub(crate) fn period(recount: &Recount<'_>, model: &Model, offer: usize, period: usize) -> Option<DerivedRow> {
    let quantity = recount.problem.offers.get(offer)?.per_period.as_ref()?.get(period)?;
    let visited = model.columns.parts_of_offer(offer).map(|part| model.columns.pairs_of_part(part).len()).sum();
    let terms = drawn(recount, model, offer, Some(period));
    Some(DerivedRow::at_most(terms, 1000 * i128::from(*quantity)).after(visited))
}

fn drawn(recount: &Recount<'_>, model: &Model, offer: usize, period: Option<usize>) -> Vec<(usize, i64)> {
    let parts = model.columns.parts_of_offer(offer);
    parts.flat_map(|part| part_draw(recount, model, part, period, 1)).collect()
}

/// Draw of a part, each coefficient times a sign.
pub(crate) fn part_draw(
    recount: &Recount<'_>,
    model: &Model,
    part: usize,
    period: Option<usize>,
    sign: i64,
) -> Vec<(usize, i64)> {
    let mut terms = Vec::new();
    for pair in model.columns.pairs_of_part(part) {
        let draw = sign * model.columns.pair(recount.problem, *pair).draw_permille;
        terms.extend(model.x_within(recount, *pair, period).map(|x| (x, draw)));
    }
    terms
}
