//! What only the scenario knows: which rules refuse how many offers, and the priority at which a request would win.

use std::collections::HashMap;

use needmatch_domain::geography::Group;
use needmatch_domain::problem::Problem;
use needmatch_domain::reason::{Explanations, Reason};
use needmatch_domain::scenario::{Request, Scenario};

use crate::eligibility::{Lookup, refusals};

/// Unserved components × offers above which refusals are left to be asked for one by one.
const MOST_JUDGEMENTS: usize = 20_000_000;

/// Fills the refusals of components that no offer may serve, and the winning priorities of those outbid.
///
/// Cost: offers × components without an eligible offer; nothing above [`MOST_JUDGEMENTS`].
pub fn enrich(explanations: &mut Explanations, scenario: &Scenario, problem: &Problem) {
    let lookup = Lookup::of(scenario);
    let components: HashMap<_, _> = scenario.components.iter().map(|component| (&component.id, component)).collect();
    let requests: HashMap<_, _> = scenario.requests.iter().map(|request| (&request.id, request)).collect();
    let without =
        explanations.unserved.iter().filter(|reason| problem.components[reason.component.at()].pairs.is_empty());
    let affordable = without.count().saturating_mul(scenario.offers.len()) <= MOST_JUDGEMENTS;
    for unserved in &mut explanations.unserved {
        let details = &problem.components[unserved.component.at()];
        let Some(component) = components.get(&details.id) else { continue };
        for reason in &mut unserved.chain {
            match reason {
                Reason::NoEligibleOffer { refused } if affordable => {
                    *refused = lookup.subject(&component.id).map(|subject| refusals(&subject)).unwrap_or_default();
                }
                Reason::Outbid { offer, price, winning_priority } => {
                    let pairs = details.pairs.iter().filter(|pair| pair.offer == *offer);
                    let per_weight =
                        pairs.map(|pair| i128::from(pair.score) * 1000 / i128::from(pair.draw_permille)).max();
                    let weight = problem.requests[details.request.at()].weight;
                    let request = requests.get(&component.request);
                    *winning_priority = per_weight
                        .zip(request)
                        .and_then(|(value, request)| winning(scenario, request, weight, value, *price));
                }
                _ => {}
            }
        }
    }
}

/// The lowest priority (largest number) at which the value passes the price.
fn winning(scenario: &Scenario, request: &Request, weight: i64, value: i128, price: i64) -> Option<u8> {
    let groups: Vec<Group> = scenario.state(&request.state)?.groups;
    (1..=5_u8).rev().find(|&priority| {
        let at = weight_at(scenario, request, &groups, priority);
        weight > 0 && value * i128::from(at) / i128::from(weight) > i128::from(price)
    })
}

/// A request's weight if its priority were another (`docs/rules.md`, Freezing).
fn weight_at(scenario: &Scenario, request: &Request, groups: &[Group], priority: u8) -> i64 {
    let weights = &scenario.settings.weights;
    let permille = |given: Option<&u32>| i128::from(given.copied().unwrap_or(1000));
    let group = groups.iter().filter_map(|group| weights.group.get(group)).max();
    let product = i128::from(weights.priority[usize::from(priority) - 1])
        * permille(weights.area.get(&request.area))
        * permille(weights.context.get(&request.context))
        * permille(group);
    i64::try_from(product / 1_000_000).unwrap_or(i64::MAX)
}
