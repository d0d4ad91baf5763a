//! What a request is compared with: the scenario around it, indexed once for any number of requests.

use std::collections::HashMap;

use needmatch_domain::area::ComponentType;
use needmatch_domain::ids::{AreaCode, ItemCode, RequestId, StateCode, UnitCode};
use needmatch_domain::scenario::{Component, Request, Scenario, Window};

use super::draft::{Draft, horizon};
use crate::eligibility::Lookup;

/// Components of a kind needed before their median says anything.
const ENOUGH: usize = 5;

type Kind<'a> = (ComponentType, &'a UnitCode, Option<&'a ItemCode>);

/// A scenario that holds what the reader may see, indexed. Building it costs one pass.
pub struct Surroundings<'a> {
    pub(super) lookup: Lookup<'a>,
    components: HashMap<&'a RequestId, Vec<&'a Component>>,
    requests: HashMap<(&'a StateCode, &'a AreaCode), Vec<&'a Request>>,
    asked: HashMap<&'a StateCode, Asked>,
    /// Costs and quantities of each kind, each sorted.
    kinds: HashMap<Kind<'a>, (Vec<i64>, Vec<i64>)>,
}

/// What a state asks for.
#[derive(Clone, Copy, Default)]
struct Asked {
    requests: u32,
    cost: i128,
    first_priority: i128,
}

impl Asked {
    fn add(&mut self, priority: u8, cost: i128, sign: i128) {
        self.cost += sign * cost;
        self.first_priority += if priority == 1 { sign * cost } else { 0 };
    }
}

impl<'a> Surroundings<'a> {
    /// Indexes a scenario.
    pub fn of(scenario: &'a Scenario) -> Self {
        let mut around = Self {
            lookup: Lookup::of(scenario),
            components: HashMap::new(),
            requests: HashMap::new(),
            asked: HashMap::new(),
            kinds: HashMap::new(),
        };
        for component in &scenario.components {
            around.components.entry(&component.request).or_default().push(component);
            let (costs, quantities) = around.kinds.entry(kind(component)).or_default();
            costs.push(component.unit_cost);
            quantities.push(component.quantity);
        }
        for (costs, quantities) in around.kinds.values_mut() {
            costs.sort_unstable();
            quantities.sort_unstable();
        }
        for request in &scenario.requests {
            around.requests.entry((&request.state, &request.area)).or_default().push(request);
            let cost = around.cost(&request.id);
            let asked = around.asked.entry(&request.state).or_default();
            asked.requests += 1;
            asked.add(request.priority, cost, 1);
        }
        around
    }

    /// Components of a request, in the scenario's order.
    pub(super) fn components(&self, request: &RequestId) -> Vec<&'a Component> {
        self.components.get(request).cloned().unwrap_or_default()
    }

    /// Other requests of the state in the area.
    pub(super) fn others(&self, request: &Request) -> impl Iterator<Item = &'a Request> {
        let found = self.requests.get(&(&request.state, &request.area)).cloned().unwrap_or_default();
        let own = request.id.clone();
        found.into_iter().filter(move |other| other.id != own)
    }

    /// The whole horizon, where it has more than one period.
    pub(super) fn horizon(&self) -> Option<Window> {
        horizon(self.lookup.scenario.periods.len())
    }

    /// Median cost of a unit of the component's kind: same type, unit and item.
    pub(super) fn median_cost(&self, component: &Component) -> Option<i64> {
        self.kinds.get(&kind(component)).and_then(|(costs, _)| median(costs))
    }

    /// Median quantity of the component's kind.
    pub(super) fn median_quantity(&self, component: &Component) -> Option<i64> {
        self.kinds.get(&kind(component)).and_then(|(_, quantities)| median(quantities))
    }

    /// How much of the cost that the state requests is at priority 1, in permille, where it is more than a third; with
    /// the draft in place of what the scenario holds of it. A state with one request has nothing to rank.
    pub(super) fn first_priority_excess(&self, draft: &Draft) -> Option<i128> {
        let mut asked = self.asked.get(&draft.request.state).copied().unwrap_or_default();
        match self.lookup.request(&draft.request.id) {
            Some(known) if known.state == draft.request.state => asked.add(known.priority, self.cost(&known.id), -1),
            _ => asked.requests += 1,
        }
        asked.add(draft.request.priority, draft.cost(), 1);
        (asked.requests > 1 && 3 * asked.first_priority > asked.cost).then(|| asked.first_priority * 1000 / asked.cost)
    }

    fn cost(&self, request: &RequestId) -> i128 {
        let cost = |component: &&Component| i128::from(component.quantity) * i128::from(component.unit_cost);
        self.components.get(request).map_or(0, |components| components.iter().map(cost).sum())
    }
}

fn kind(component: &Component) -> Kind<'_> {
    (component.r#type, &component.unit, component.item.as_ref())
}

/// The middle one, the lower of two; `None` for too few.
fn median(sorted: &[i64]) -> Option<i64> {
    (sorted.len() >= ENOUGH).then(|| sorted[(sorted.len() - 1) / 2])
}
