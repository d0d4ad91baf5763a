//! For each component that goes without, or without some of it: the chain of reasons, most immediate first.

use std::collections::{BTreeMap, BTreeSet};

use needmatch_domain::ids::{ComponentIndex, OfferIndex, RequestIndex};
use needmatch_domain::reason::{Reason, UnservedReason};
use needmatch_domain::rule::Rule;

use super::binding::rules_against;
use crate::model::{Assignment, Model};

pub(super) fn unserved(model: &Model<'_>, assignment: &Assignment<'_, '_>) -> Vec<UnservedReason> {
    (0..model.problem.components.len())
        .map(ComponentIndex::of)
        .filter_map(|component| {
            let received: i64 = model.layout.of_component(component).map(|cell| assignment.values[cell]).sum();
            let missing = model.problem.components[component.at()].outstanding - received;
            (missing > 0).then(|| UnservedReason {
                component,
                missing,
                chain: chain(model, assignment, component, received, missing),
                unlock: None,
            })
        })
        .collect()
}

fn is_served(model: &Model<'_>, assignment: &Assignment<'_, '_>, component: ComponentIndex) -> bool {
    model.layout.served_component[component.at()].is_some_and(|column| assignment.values[column] == 1)
}

fn chain(
    model: &Model<'_>,
    assignment: &Assignment<'_, '_>,
    component: ComponentIndex,
    received: i64,
    missing: i64,
) -> Vec<Reason> {
    let details = &model.problem.components[component.at()];
    if details.pairs.is_empty() {
        return vec![Reason::NoEligibleOffer { refused: Vec::new() }];
    }
    let mut chain = Vec::new();
    if received == 0 {
        structural(model, assignment, component, &mut chain);
    }
    let least = if received == 0 { details.minimum } else { 1.min(missing) };
    let reachable = by_offer(model, assignment, component, least, &mut chain);
    if received == 0 && reachable < details.minimum {
        chain.push(Reason::MinimumUnreachable { reachable });
    }
    if chain.is_empty() {
        chain.push(Reason::RuleBinds { rule: Rule::Demand });
    }
    chain
}

/// Reasons that do not depend on how much is left anywhere.
fn structural(model: &Model<'_>, assignment: &Assignment<'_, '_>, component: ComponentIndex, chain: &mut Vec<Reason>) {
    let problem = model.problem;
    let details = &problem.components[component.at()];
    let request = &problem.requests[details.request.at()];
    if let Some(choice) = details.choice.as_ref().filter(|_| problem.enforces(Rule::Choice)) {
        let alternative = (0..problem.components.len()).map(ComponentIndex::of).find(|&other| {
            problem.components[other.at()].choice.as_ref() == Some(choice) && is_served(model, assignment, other)
        });
        chain.extend(alternative.map(|alternative| Reason::AlternativeServed { alternative }));
    }
    if problem.enforces(Rule::Bundle) {
        let missing = details.requires.iter().filter(|&&required| !is_served(model, assignment, required));
        chain.extend(missing.map(|&required| Reason::RequiredUnserved { required }));
    }
    let served_request =
        model.layout.served_request[details.request.at()].is_some_and(|column| assignment.values[column] == 1);
    if served_request {
        return;
    }
    if problem.enforces(Rule::Obstacle) {
        for (obstacle, entry) in (0_u32..).zip(&request.obstacles) {
            if !entry.mitigation.is_some_and(|mitigation| is_served(model, assignment, mitigation)) {
                chain.push(Reason::ObstacleUnmitigated { obstacle });
            }
        }
    }
    if problem.enforces(Rule::Sustainability) {
        let live = model.layout.components_by_request[details.request.at()]
            .iter()
            .filter(|other| model.layout.served_component[other.at()].is_some())
            .map(|other| problem.components[other.at()].sustainability_points)
            .sum::<i64>();
        let missing = request.sustainability_threshold - request.sustainability - live;
        if missing > 0 {
            chain.push(Reason::SustainabilityShort { missing });
        }
    }
    if let Some(package) = request.package.as_ref().filter(|_| problem.enforces(Rule::Package)) {
        let others = (0..problem.requests.len()).map(RequestIndex::of).filter(|&other| {
            other != details.request
                && problem.requests[other.at()].package.as_ref() == Some(package)
                && model.layout.served_request[other.at()].is_none()
        });
        chain.extend(others.map(|request| Reason::PackageUnserved { request }));
    }
}

/// What stands between each eligible offer and the component; returns what could be given at once.
fn by_offer(
    model: &Model<'_>,
    assignment: &Assignment<'_, '_>,
    component: ComponentIndex,
    least: i64,
    chain: &mut Vec<Reason>,
) -> i64 {
    let mut reachable = 0;
    let mut rules: BTreeSet<Rule> = BTreeSet::new();
    let mut outbid: BTreeMap<OfferIndex, i64> = BTreeMap::new();
    for cell in model.layout.of_component(component) {
        let details = model.layout.cells[cell];
        let against = rules_against(model, assignment, cell, least.min(details.upper).max(1));
        if against.is_empty() {
            reachable += details.upper - assignment.values[cell];
        }
        for rule in against {
            if rule == Rule::Capacity {
                outbid.entry(details.offer).or_insert_with(|| price(model, assignment, details.offer));
            } else if rule == Rule::Absorption {
                let state = model.problem.state_of(component);
                let reason = Reason::Absorption { state, period: details.period };
                if !chain.contains(&reason) {
                    chain.push(reason);
                }
            } else {
                rules.insert(rule);
            }
        }
    }
    chain.extend(outbid.into_iter().map(|(offer, price)| Reason::Outbid { offer, price, winning_priority: None }));
    chain.extend(rules.into_iter().map(|rule| Reason::RuleBinds { rule }));
    reachable
}

/// Least score per unit of the offer that something served by it brings: what a newcomer must beat.
fn price(model: &Model<'_>, assignment: &Assignment<'_, '_>, offer: OfferIndex) -> i64 {
    let winners = model.layout.by_offer[offer.at()].iter().filter(|&&cell| assignment.values[cell] > 0);
    winners
        .map(|&cell| {
            let details = &model.layout.cells[cell];
            i64::try_from(i128::from(details.score) * 1000 / i128::from(details.draw)).unwrap_or(i64::MAX)
        })
        .min()
        .unwrap_or(0)
}
