//! Counts and sums of a plan.

use std::collections::{BTreeMap, BTreeSet};

use needmatch_domain::plan::Plan;
use needmatch_domain::problem::Problem;
use needmatch_domain::run::Totals;

/// Counts and sums, from the matches alone.
pub fn totals(problem: &Problem, plan: &Plan) -> Totals {
    let mut received = vec![0_i64; problem.components.len()];
    for found in &plan.matches {
        received[found.component.at()] += found.quantity;
    }
    let served: Vec<_> = (0..received.len()).filter(|&component| received[component] > 0).collect();
    let requests: BTreeSet<_> = served.iter().map(|&component| problem.components[component].request).collect();
    let completed = problem.components_by_request().into_iter().filter(|components| {
        let mut met: BTreeMap<_, bool> = BTreeMap::new();
        for component in components {
            let details = &problem.components[component.at()];
            let key = details.choice.as_ref().ok_or(*component);
            *met.entry(key).or_default() |= received[component.at()] >= details.outstanding;
        }
        met.values().all(|&full| full)
    });
    Totals {
        matches: plan.matches.len() as u64,
        requests_served: requests.len() as u64,
        requests_completed: completed.count() as u64,
        components_served: served.len() as u64,
        cost: served.iter().map(|&component| problem.components[component].unit_cost * received[component]).sum(),
    }
}
