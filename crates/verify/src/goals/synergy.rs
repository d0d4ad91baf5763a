//! ¶97: tracing with stockpile management in one state. ¶90: help that serves a development target of both sides.

use needmatch_domain::area::Family;
use needmatch_domain::row::Row;

use crate::recount::{Model, Recount};
use crate::row::DerivedRow;
use crate::tally::Tally;

/// What a state with both families is worth.
const BOTH: i64 = 10;

pub(crate) fn value(tally: &Tally<'_>) -> i128 {
    let problem = tally.recount.problem;
    let mut families = vec![(false, false); problem.states.len()];
    for delivery in &tally.deliveries {
        match problem.requests[delivery.request].family {
            Some(Family::Tracing) => families[delivery.state].0 = true,
            Some(Family::Stockpile) => families[delivery.state].1 = true,
            None => {}
        }
    }
    let both = families.iter().filter(|(tracing, stockpile)| *tracing && *stockpile).count();
    let shared = tally.parts.keys().filter(|(offer, request)| shares_target(tally.recount, *offer, *request)).count();
    i128::from(BOTH) * both as i128 + shared as i128
}

fn shares_target(recount: &Recount<'_>, offer: usize, request: usize) -> bool {
    let wanted = &recount.problem.requests[request].sdg_targets;
    recount.problem.offers[offer].sdg_targets.iter().any(|target| wanted.binary_search(target).is_ok())
}

pub(crate) fn terms(recount: &Recount<'_>, model: &Model) -> Vec<(usize, i64)> {
    let states = recount.index.asks_both.iter().enumerate().filter(|(_, asks)| **asks);
    let mut terms: Vec<_> = states.map(|(state, _)| (model.columns.both(state), BOTH)).collect();
    let parts = model.columns.parts.iter().enumerate();
    let shared = parts.filter(|(_, (offer, request))| shares_target(recount, *offer, *request));
    terms.extend(shared.map(|(part, _)| (model.columns.takes_part(part), 1)));
    terms
}

pub(crate) fn row(recount: &Recount<'_>, model: &Model, row: Row, state: usize) -> Option<DerivedRow> {
    let family = if row == Row::SynergyTracing { Family::Tracing } else { Family::Stockpile };
    recount.index.asks_both.get(state).filter(|asks| **asks)?;
    let mut terms = vec![(model.columns.both(state), 1)];
    for request in &recount.index.requests_of[state] {
        if recount.problem.requests[*request].family == Some(family) {
            let components = recount.index.components_of[*request].iter();
            terms.extend(components.map(|component| (model.columns.served_component(*component), -1)));
        }
    }
    Some(DerivedRow::at_most(terms, 0))
}
