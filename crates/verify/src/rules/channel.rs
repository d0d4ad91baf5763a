//! ¶109: what a funding channel can carry, in its states and its period.

use needmatch_domain::ids::StateIndex;
use needmatch_domain::problem::Channel;

use crate::code::Code;
use crate::recount::{Model, Recount};
use crate::report::{Breakage, Tell};
use crate::row::DerivedRow;
use crate::tally::Tally;

pub(crate) fn check(tally: &Tally<'_>, tell: Tell<'_>) {
    let problem = tally.recount.problem;
    // Summed once by channel, state and period: limits may be many, and each looks at few of these.
    let carried = tally.sums(
        |delivery| {
            let channel = problem.offers[delivery.offer].channel.as_ref();
            channel.map(|channel| (channel, delivery.period, delivery.state))
        },
        |delivery| delivery.cost,
    );
    for (position, channel) in problem.channels.iter().enumerate() {
        let of_channel = carried.range((&channel.id, 0, 0)..);
        let of_channel = of_channel.take_while(|((id, ..), _)| **id == channel.id);
        let counted = of_channel.filter(|((_, period, state), _)| {
            channel.period.is_none_or(|only| only.at() == *period) && counts(channel, *state)
        });
        let cost: i128 = counted.map(|(_, cost)| *cost).sum();
        if cost > i128::from(channel.amount) {
            tell(Breakage::of(Code::Channel, &[position], cost, channel.amount.into()));
        }
    }
}

/// Whether the limit counts what goes to a state.
fn counts(channel: &Channel, state: usize) -> bool {
    let listed = |states: &Vec<StateIndex>| states.binary_search_by_key(&state, |listed| listed.at()).is_ok();
    channel.states.as_ref().is_none_or(listed)
}

pub(crate) fn row(recount: &Recount<'_>, model: &Model, position: usize) -> Option<DerivedRow> {
    let problem = recount.problem;
    let channel = problem.channels.get(position)?;
    let (mut terms, mut visited) = (Vec::new(), model.columns.parts.len());
    for (part, (offer, request)) in model.columns.parts.iter().enumerate() {
        let carried = problem.offers[*offer].channel.as_ref() == Some(&channel.id);
        if !carried || !counts(channel, problem.requests[*request].state.at()) {
            continue;
        }
        visited += model.columns.pairs_of_part(part).len();
        for pair in model.columns.pairs_of_part(part) {
            let cost = problem.components[model.columns.component_of(*pair)].unit_cost;
            let period = channel.period.map(needmatch_domain::ids::PeriodIndex::at);
            terms.extend(model.x_within(recount, *pair, period).map(|x| (x, cost)));
        }
    }
    Some(DerivedRow::at_most(terms, channel.amount.into()).after(visited))
}
