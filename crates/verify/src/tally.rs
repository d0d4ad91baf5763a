//! A plan counted once: what arrives where, who takes part, who helps, what runs. Every rule and goal reads this.

use std::collections::{BTreeMap, BTreeSet};

use needmatch_domain::plan::Match;
use needmatch_domain::problem::Pair;
use needmatch_domain::run::Totals;

use crate::recount::{Recount, saturated};

/// A match with what follows from it. Amounts below 10^12 · 10^15 sum up in 128 bits for any plan that fits a memory.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Delivery {
    pub(crate) component: usize,
    pub(crate) offer: usize,
    pub(crate) period: usize,
    pub(crate) request: usize,
    pub(crate) state: usize,
    pub(crate) quantity: i64,
    /// Thousandths of the offer's unit.
    pub(crate) draw: i128,
    /// `unit_cost` · quantity.
    pub(crate) cost: i128,
    pub(crate) score: i128,
}

/// A plan, counted.
#[derive(Debug)]
pub(crate) struct Tally<'r> {
    pub(crate) recount: &'r Recount<'r>,
    pub(crate) deliveries: Vec<Delivery>,
    /// Σ quantity of each component.
    pub(crate) received: Vec<i128>,
    pub(crate) served_requests: Vec<bool>,
    /// Σ draw of each offer in each request that it takes part in.
    pub(crate) parts: BTreeMap<(usize, usize), i128>,
    /// Requests and providers who help there, sorted.
    pub(crate) helps: Vec<(usize, usize)>,
    /// First period in which something of each component arrives.
    pub(crate) first_arrival: Vec<Option<usize>>,
}

impl<'r> Tally<'r> {
    pub(crate) fn of(recount: &'r Recount<'_>, matches: Vec<(Match, &Pair)>) -> Self {
        let problem = recount.problem;
        let mut tally = Self {
            recount,
            deliveries: Vec::with_capacity(matches.len()),
            received: vec![0; problem.components.len()],
            served_requests: vec![false; problem.requests.len()],
            parts: BTreeMap::new(),
            helps: Vec::new(),
            first_arrival: vec![None; problem.components.len()],
        };
        for (found, pair) in matches {
            let component = &problem.components[found.component.at()];
            let quantity = i128::from(found.quantity);
            let delivery = Delivery {
                component: found.component.at(),
                offer: found.offer.at(),
                period: found.period.at(),
                request: component.request.at(),
                state: problem.requests[component.request.at()].state.at(),
                quantity: found.quantity,
                draw: quantity * i128::from(pair.draw_permille),
                cost: quantity * i128::from(component.unit_cost),
                score: quantity * i128::from(pair.score),
            };
            tally.received[delivery.component] += quantity;
            tally.served_requests[delivery.request] = true;
            *tally.parts.entry((delivery.offer, delivery.request)).or_default() += delivery.draw;
            let arrival = &mut tally.first_arrival[delivery.component];
            *arrival = Some(arrival.map_or(delivery.period, |earlier| earlier.min(delivery.period)));
            tally.deliveries.push(delivery);
        }
        let helper = |part: &(usize, usize)| (part.1, problem.offers[part.0].provider.at());
        tally.helps = tally.parts.keys().map(helper).collect();
        tally.helps.sort_unstable();
        tally.helps.dedup();
        tally
    }

    pub(crate) fn served(&self, component: usize) -> bool {
        self.received[component] > 0
    }

    /// Whether the component receives all that is outstanding.
    pub(crate) fn full(&self, component: usize) -> bool {
        self.received[component] >= i128::from(self.recount.problem.components[component].outstanding)
    }

    /// Whether every component of the request is full, of a choice any one of them.
    pub(crate) fn full_request(&self, request: usize) -> bool {
        let components = &self.recount.problem.components;
        let members = &self.recount.index.components_of[request];
        let full = members.iter().filter(|component| self.full(**component));
        let chosen: BTreeSet<_> = full.filter_map(|component| components[*component].choice.as_ref()).collect();
        members.iter().all(|component| match &components[*component].choice {
            None => self.full(*component),
            Some(choice) => chosen.contains(choice),
        })
    }

    /// Sums of deliveries by a key.
    pub(crate) fn sums<K: Ord>(
        &self,
        key: impl Fn(&Delivery) -> Option<K>,
        amount: impl Fn(&Delivery) -> i128,
    ) -> BTreeMap<K, i128> {
        let mut sums = BTreeMap::new();
        for delivery in &self.deliveries {
            if let Some(key) = key(delivery) {
                *sums.entry(key).or_default() += amount(delivery);
            }
        }
        sums
    }

    /// Cost arriving in each state.
    pub(crate) fn cost_by_state(&self) -> Vec<i128> {
        let mut costs = vec![0; self.recount.problem.states.len()];
        for delivery in &self.deliveries {
            costs[delivery.state] += delivery.cost;
        }
        costs
    }

    /// Counts and sums, as a run file states them.
    pub(crate) fn totals(&self) -> Totals {
        let requests = 0..self.recount.problem.requests.len();
        Totals {
            matches: self.deliveries.len() as u64,
            requests_served: self.served_requests.iter().filter(|served| **served).count() as u64,
            requests_completed: requests.filter(|request| self.full_request(*request)).count() as u64,
            components_served: self.received.iter().filter(|received| **received > 0).count() as u64,
            cost: saturated(self.deliveries.iter().map(|delivery| delivery.cost).sum()),
        }
    }
}
