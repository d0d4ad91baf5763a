//! How much is asked per state, area and type: what an offer's earmark reaches is a sum over this table.

use std::collections::HashMap;

use needmatch_domain::area::{BUILT_IN_AREAS, ComponentType};
use needmatch_domain::ids::{RegionName, StateCode};
use needmatch_domain::scenario::{Component, Request};

use super::Place;

const AREAS: usize = BUILT_IN_AREAS.len();
const TYPES: usize = ComponentType::ALL.len();

/// Components, units and cost asked somewhere.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Asked {
    pub(super) components: u64,
    pub(super) units: i64,
    pub(super) cost: i64,
}

impl Asked {
    fn add(&mut self, other: Self) {
        self.components += other.components;
        self.units = self.units.saturating_add(other.units);
        self.cost = self.cost.saturating_add(other.cost);
    }
}

/// What is asked, by state, area and type.
pub(super) struct Demand {
    pub(super) states: Vec<StateCode>,
    /// Finest region of each state.
    pub(super) regions: Vec<RegionName>,
    pub(super) requests: Vec<u64>,
    table: Vec<[Asked; AREAS * TYPES]>,
}

/// Areas and types, as positions; an offer of goods has one type.
#[derive(Debug, Clone, Default)]
pub(super) struct Kinds {
    pub(super) areas: Vec<usize>,
    pub(super) types: Vec<usize>,
}

impl Kinds {
    /// Areas and types of every kind.
    pub(super) fn all() -> Self {
        Self { areas: (0..AREAS).collect(), types: (0..TYPES).collect() }
    }

    pub(super) fn has_all_areas(&self) -> bool {
        self.areas.len() == AREAS
    }

    pub(super) fn has_all_types(&self) -> bool {
        self.types.len() == TYPES
    }
}

impl Demand {
    pub(super) fn of(states: &[Place], requests: &[Request], components: &[Component]) -> Self {
        let position: HashMap<&str, usize> =
            states.iter().enumerate().map(|(at, place)| (place.code.as_str(), at)).collect();
        let mut demand = Self {
            states: states.iter().map(|place| place.code.clone()).collect(),
            regions: states.iter().map(|place| place.profile.regions[0].clone()).collect(),
            requests: vec![0; states.len()],
            table: vec![[Asked::default(); AREAS * TYPES]; states.len()],
        };
        let mut place_of = HashMap::with_capacity(requests.len());
        for request in requests {
            let state = position[request.state.as_str()];
            let area = BUILT_IN_AREAS.iter().position(|area| *area == request.area.as_str()).unwrap_or(0);
            demand.requests[state] += 1;
            place_of.insert(&request.id, (state, area));
        }
        for component in components {
            let (state, area) = place_of[&component.request];
            let kind = ComponentType::ALL.iter().position(|kind| *kind == component.r#type).unwrap_or(0);
            let units = component.quantity - component.received;
            let asked = Asked { components: 1, units, cost: units.saturating_mul(component.unit_cost) };
            demand.table[state][area * TYPES + kind].add(asked);
        }
        demand
    }

    /// What one state asks of these kinds.
    pub(super) fn of_state(&self, state: usize, kinds: &Kinds) -> Asked {
        let row = &self.table[state];
        let mut sum = Asked::default();
        for area in &kinds.areas {
            for kind in &kinds.types {
                sum.add(row[area * TYPES + kind]);
            }
        }
        sum
    }

    /// What all states ask of these kinds.
    pub(super) fn total(&self, kinds: &Kinds) -> Asked {
        let mut sum = Asked::default();
        for state in 0..self.table.len() {
            sum.add(self.of_state(state, kinds));
        }
        sum
    }

    /// What these states ask of these kinds.
    pub(super) fn within(&self, states: &[usize], kinds: &Kinds) -> Asked {
        let mut sum = Asked::default();
        for state in states {
            sum.add(self.of_state(*state, kinds));
        }
        sum
    }
}
