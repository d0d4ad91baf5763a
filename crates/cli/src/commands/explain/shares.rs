//! What was asked and what is served, by region and by area.

use std::collections::BTreeMap;

use needmatch_domain::ids::ComponentIndex;
use needmatch_domain::plan::Plan;
use needmatch_domain::problem::Problem;
use serde::Serialize;

#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Share {
    pub(crate) name: String,
    pub(crate) components: usize,
    pub(crate) components_served: usize,
    /// Cost of what is asked, accounting currency.
    pub(crate) asked: i64,
    /// Cost of what is served.
    pub(crate) served: i64,
}

/// By the finest region of each state.
pub(crate) fn by_region(problem: &Problem, plan: &Plan) -> Vec<Share> {
    by(problem, plan, |component| {
        let state = &problem.states[problem.state_of(component).at()];
        state.regions.first().map_or_else(|| state.code.to_string(), ToString::to_string)
    })
}

pub(crate) fn by_area(problem: &Problem, plan: &Plan) -> Vec<Share> {
    by(problem, plan, |component| problem.requests[problem.components[component.at()].request.at()].area.clone())
}

fn by(problem: &Problem, plan: &Plan, name: impl Fn(ComponentIndex) -> String) -> Vec<Share> {
    let mut received = vec![0_i64; problem.components.len()];
    for found in &plan.matches {
        received[found.component.at()] += found.quantity;
    }
    let mut shares: BTreeMap<String, Share> = BTreeMap::new();
    for (at, component) in problem.components.iter().enumerate() {
        let name = name(ComponentIndex::of(at));
        let share = shares.entry(name.clone()).or_insert_with(|| Share { name, ..Share::default() });
        share.components += 1;
        share.components_served += usize::from(received[at] > 0);
        share.asked = share.asked.saturating_add(component.unit_cost.saturating_mul(component.outstanding));
        share.served = share.served.saturating_add(component.unit_cost.saturating_mul(received[at]));
    }
    shares.into_values().collect()
}
