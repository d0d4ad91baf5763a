//! What a scenario insists on and could take back, and the problem without some of it.

use std::collections::BTreeSet;

use needmatch_domain::ids::{OfferIndex, RequestIndex, StateIndex};
use needmatch_domain::problem::Problem;
use needmatch_domain::reason::Demand;
use needmatch_domain::rule::{Mode, Rule};

/// Rules that are taken back as a whole. Limits of single offers, requests, states, channels and regions are demands of
/// their own.
const WHOLE: [Rule; 6] =
    [Rule::Bundle, Rule::Choice, Rule::Sustainability, Rule::Obstacle, Rule::Package, Rule::Precedence];

/// Every demand of a problem: agreed matches and floors first, then limits, then rules.
pub(super) fn of(problem: &Problem) -> Vec<Demand> {
    let mut demands: Vec<Demand> = problem
        .locks
        .iter()
        .map(|lock| Demand::Lock {
            component: lock.component,
            offer: lock.offer,
            period: lock.period,
            quantity: lock.quantity,
        })
        .collect();
    if problem.enforces(Rule::RegionalFloor) {
        demands.extend(problem.regional_floors.iter().map(|floor| Demand::Floor { region: floor.region.clone() }));
    }
    if problem.enforces(Rule::Absorption) {
        for (at, state) in problem.states.iter().enumerate() {
            let state_index = StateIndex::of(at);
            let limits = state.absorption.iter().map(|limit| limit.period);
            demands.extend(limits.map(|period| Demand::Absorption { state: state_index, period }));
        }
    }
    if problem.enforces(Rule::Channel) {
        let channels: BTreeSet<_> = problem.channels.iter().map(|channel| channel.id.clone()).collect();
        demands.extend(channels.into_iter().map(|channel| Demand::Channel { channel }));
    }
    let terms = problem.offers.iter().enumerate().filter(|(_, offer)| {
        offer.ticket_min.is_some()
            || offer.ticket_max.is_some()
            || offer.state_max.is_some()
            || offer.max_requests.is_some()
    });
    demands.extend(terms.map(|(at, _)| Demand::OfferTerms { offer: OfferIndex::of(at) }));
    if problem.enforces(Rule::Fragmentation) {
        let limited = problem.requests.iter().enumerate().filter(|(_, request)| request.max_providers.is_some());
        demands.extend(limited.map(|(at, _)| Demand::Providers { request: RequestIndex::of(at) }));
    }
    if problem.enforces(Rule::RegionalCeiling) {
        let regions = problem.regional_ceilings.iter().map(|ceiling| ceiling.region.clone());
        demands.extend(regions.map(|region| Demand::Ceiling { region }));
    }
    demands.extend(WHOLE.into_iter().filter(|rule| problem.enforces(*rule)).map(|rule| Demand::Rule { rule }));
    demands
}

/// The problem without some of its demands.
pub(super) fn without(problem: &Problem, demands: &[&Demand]) -> Problem {
    let mut left = problem.clone();
    for demand in demands {
        match demand {
            Demand::Lock { component, offer, period, .. } => {
                let same = (*component, *offer, *period);
                left.locks.retain(|lock| (lock.component, lock.offer, lock.period) != same);
            }
            Demand::Floor { region } => left.regional_floors.retain(|floor| floor.region != *region),
            Demand::Ceiling { region } => left.regional_ceilings.retain(|ceiling| ceiling.region != *region),
            Demand::Absorption { state, period } => {
                left.states[state.at()].absorption.retain(|limit| limit.period != *period);
            }
            Demand::Channel { channel } => left.channels.retain(|limit| limit.id != *channel),
            Demand::OfferTerms { offer } => {
                let terms = &mut left.offers[offer.at()];
                (terms.ticket_min, terms.ticket_max, terms.state_max, terms.max_requests) = (None, None, None, None);
            }
            Demand::Providers { request } => left.requests[request.at()].max_providers = None,
            Demand::Rule { rule } => {
                left.rules.insert(*rule, Mode::Off);
            }
        }
    }
    left
}
