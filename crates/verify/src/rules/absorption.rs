//! ¶83: what a state can take in during a period, in cost and in requests that run at once.

use std::collections::BTreeSet;

use needmatch_domain::problem::Absorption;

use crate::code::Code;
use crate::recount::{Model, Recount};
use crate::report::{Breakage, Tell};
use crate::row::DerivedRow;
use crate::tally::Tally;

pub(crate) fn check(tally: &Tally<'_>, tell: Tell<'_>) {
    let at = |state: usize, period: usize| limit(tally.recount, state, period);
    let costs = tally.sums(|delivery| Some((delivery.state, delivery.period)), |delivery| delivery.cost);
    for ((state, period), cost) in costs {
        let most = at(state, period).and_then(|limit| limit.amount).map(i128::from);
        if let Some(most) = most.filter(|most| cost > *most) {
            tell(Breakage::of(Code::AbsorptionAmount, &[state, period], cost, most));
        }
    }
    let running = tally.deliveries.iter().map(|delivery| (delivery.state, delivery.period, delivery.request));
    let running: Vec<_> = running.collect::<BTreeSet<_>>().into_iter().collect();
    for requests in running.chunk_by(|left, right| (left.0, left.1) == (right.0, right.1)) {
        let (state, period, _) = requests[0];
        let most = at(state, period).and_then(|limit| limit.requests).map(i128::from);
        if let Some(most) = most.filter(|most| requests.len() as i128 > *most) {
            tell(Breakage::of(Code::AbsorptionRequests, &[state, period], requests.len() as i128, most));
        }
    }
}

fn limit<'p>(recount: &Recount<'p>, state: usize, period: usize) -> Option<&'p Absorption> {
    let limits = &recount.problem.states.get(state)?.absorption;
    let place = limits.binary_search_by_key(&period, |limit| limit.period.at()).ok()?;
    limits.get(place)
}

pub(crate) fn amount(recount: &Recount<'_>, model: &Model, state: usize, period: usize) -> Option<DerivedRow> {
    let most = limit(recount, state, period)?.amount?;
    let (mut terms, mut visited) = (Vec::new(), 0);
    for component in recount.index.requests_of[state].iter().flat_map(|request| &recount.index.components_of[*request])
    {
        let cost = recount.problem.components[*component].unit_cost;
        visited += model.columns.pairs_of_component(*component).len() + 1;
        terms.extend(model.x_of_component(recount, *component, Some(period)).map(|x| (x, cost)));
    }
    Some(DerivedRow::at_most(terms, most.into()).after(visited))
}

pub(crate) fn requests(recount: &Recount<'_>, model: &Model, state: usize, period: usize) -> Option<DerivedRow> {
    let most = limit(recount, state, period)?.requests?;
    let requests = recount.index.requests_of[state].iter();
    let terms = requests.map(|request| (model.columns.runs(*request, period), 1)).collect();
    Some(DerivedRow::at_most(terms, most.into()))
}
