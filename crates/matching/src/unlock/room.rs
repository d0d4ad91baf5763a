//! Whether an offer could give a component so much beside everything a plan gives already, and what would have to be
//! changed for that.

use std::collections::{BTreeMap, BTreeSet};

use needmatch_domain::ids::{ComponentIndex, OfferIndex, PeriodIndex, ProviderIndex, RequestIndex, StateIndex};
use needmatch_domain::plan::Plan;
use needmatch_domain::problem::Problem;
use needmatch_domain::rule::Rule;

use super::edit::Edit;
use crate::model::absorption_of;

/// What a plan takes of every limit. Draws are in thousandths of an offer's unit.
#[derive(Debug, Clone)]
pub(super) struct Usage<'p> {
    problem: &'p Problem,
    pub(super) received: Vec<i64>,
    in_period: BTreeMap<(ComponentIndex, PeriodIndex), i64>,
    drawn: Vec<i64>,
    drawn_in_period: BTreeMap<(OfferIndex, PeriodIndex), i64>,
    drawn_by_request: BTreeMap<(OfferIndex, RequestIndex), i64>,
    drawn_by_state: BTreeMap<(OfferIndex, StateIndex), i64>,
    requests: Vec<BTreeSet<RequestIndex>>,
    providers: Vec<BTreeSet<ProviderIndex>>,
    absorbed: BTreeMap<(StateIndex, PeriodIndex), i64>,
    running: BTreeMap<(StateIndex, PeriodIndex), BTreeSet<RequestIndex>>,
    carried: Vec<i64>,
}

impl<'p> Usage<'p> {
    pub(super) fn of(problem: &'p Problem, plan: &Plan) -> Self {
        let mut usage = Self {
            problem,
            received: vec![0; problem.components.len()],
            in_period: BTreeMap::new(),
            drawn: vec![0; problem.offers.len()],
            drawn_in_period: BTreeMap::new(),
            drawn_by_request: BTreeMap::new(),
            drawn_by_state: BTreeMap::new(),
            requests: vec![BTreeSet::new(); problem.offers.len()],
            providers: vec![BTreeSet::new(); problem.requests.len()],
            absorbed: BTreeMap::new(),
            running: BTreeMap::new(),
            carried: vec![0; problem.channels.len()],
        };
        for found in &plan.matches {
            usage.add(found.component, found.offer, found.period, found.quantity);
        }
        usage
    }

    pub(super) fn add(&mut self, component: ComponentIndex, offer: OfferIndex, period: PeriodIndex, quantity: i64) {
        let details = &self.problem.components[component.at()];
        let Some(pair) = details.pair(offer, period) else { return };
        let (request, draw, cost) = (details.request, pair.draw_permille * quantity, details.unit_cost * quantity);
        let state = self.problem.requests[request.at()].state;
        self.received[component.at()] += quantity;
        *self.in_period.entry((component, period)).or_default() += quantity;
        self.drawn[offer.at()] += draw;
        *self.drawn_in_period.entry((offer, period)).or_default() += draw;
        *self.drawn_by_request.entry((offer, request)).or_default() += draw;
        *self.drawn_by_state.entry((offer, state)).or_default() += draw;
        self.requests[offer.at()].insert(request);
        self.providers[request.at()].insert(self.problem.offers[offer.at()].provider);
        *self.absorbed.entry((state, period)).or_default() += cost;
        self.running.entry((state, period)).or_default().insert(request);
        for (at, channel) in self.problem.channels.iter().enumerate() {
            if self.counts(channel, offer, state, period) {
                self.carried[at] += cost;
            }
        }
    }

    fn counts(
        &self,
        channel: &needmatch_domain::problem::Channel,
        offer: OfferIndex,
        state: StateIndex,
        period: PeriodIndex,
    ) -> bool {
        self.problem.offers[offer.at()].channel.as_ref() == Some(&channel.id)
            && channel.period.is_none_or(|when| when == period)
            && channel.states.as_ref().is_none_or(|states| states.binary_search(&state).is_ok())
    }

    /// What an offer has left, in thousandths of its unit.
    pub(super) fn left(&self, offer: OfferIndex) -> i64 {
        self.problem.offers[offer.at()].quantity * 1000 - self.drawn[offer.at()]
    }

    /// The most of `wanted` units that fits without any change.
    pub(super) fn fits(&self, component: ComponentIndex, offer: OfferIndex, period: PeriodIndex, wanted: i64) -> i64 {
        let (mut low, mut high) = (0, wanted);
        let smallest_is_enough =
            |quantity| self.needed(component, offer, period, quantity, false).is_some_and(|edits| edits.is_empty());
        while low < high {
            let middle = low + (high - low + 1) / 2;
            if smallest_is_enough(middle) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        let whole = low > 0 && self.needed(component, offer, period, low, true).is_some_and(|edits| edits.is_empty());
        if whole { low } else { 0 }
    }

    /// The changes that let the offer give `quantity` more; `None` when the pair does not exist. Without `least`,
    /// smallest tickets are not looked at.
    pub(super) fn needed(
        &self,
        component: ComponentIndex,
        offer: OfferIndex,
        period: PeriodIndex,
        quantity: i64,
        least: bool,
    ) -> Option<Vec<Edit>> {
        let problem = self.problem;
        let details = &problem.components[component.at()];
        let pair = details.pair(offer, period)?;
        let request = details.request;
        let state = problem.requests[request.at()].state;
        let terms = &problem.offers[offer.at()];
        let draw = pair.draw_permille * quantity;
        let mut edits = Vec::new();
        let units = |thousandths: i64| thousandths / 1000 + i64::from(thousandths % 1000 > 0);

        let total = (draw - self.left(offer)).max(0);
        let drawn = self.drawn_in_period.get(&(offer, period)).copied().unwrap_or(0);
        let held = terms.per_period.as_ref().map(|held| held[period.at()] * 1000 - drawn);
        let short = held.map_or(0, |held| draw - held).max(total);
        if short > 0 {
            edits.push(Edit::More(terms.id.clone(), held.map(|_| period), units(short)));
        }
        let most = details.period_max.unwrap_or(i64::MAX);
        let in_period = self.in_period.get(&(component, period)).copied().unwrap_or(0) + quantity;
        if in_period > most {
            edits.push(Edit::PeriodMax(details.id.clone(), in_period));
        }
        if problem.enforces(Rule::Ticket) {
            let given = self.drawn_by_request.get(&(offer, request)).copied().unwrap_or(0) + draw;
            if terms.ticket_max.is_some_and(|most| given > most * 1000) {
                edits.push(Edit::TicketMax(terms.id.clone(), units(given)));
            }
            if least && terms.ticket_min.is_some_and(|least| given < least * 1000) {
                edits.push(Edit::TicketMin(terms.id.clone(), given / 1000));
            }
        }
        let given = self.drawn_by_state.get(&(offer, state)).copied().unwrap_or(0) + draw;
        if problem.enforces(Rule::StateLimit) && terms.state_max.is_some_and(|most| given > most * 1000) {
            edits.push(Edit::StateMax(terms.id.clone(), units(given)));
        }
        let taking = &self.requests[offer.at()];
        let count = |set: usize| u32::try_from(set).unwrap_or(u32::MAX);
        if problem.enforces(Rule::Reach)
            && !taking.contains(&request)
            && terms.max_requests.is_some_and(|most| count(taking.len()) >= most)
        {
            edits.push(Edit::MaxRequests(terms.id.clone(), count(taking.len() + 1)));
        }
        let helping = &self.providers[request.at()];
        if problem.enforces(Rule::Fragmentation)
            && !helping.contains(&terms.provider)
            && problem.requests[request.at()].max_providers.is_some_and(|most| count(helping.len()) >= most)
        {
            edits.push(Edit::MaxProviders(problem.requests[request.at()].id.clone(), count(helping.len() + 1)));
        }
        self.limits(component, offer, period, quantity, &mut edits);
        Some(edits)
    }

    /// Limits of the state and of the channel.
    fn limits(
        &self,
        component: ComponentIndex,
        offer: OfferIndex,
        period: PeriodIndex,
        quantity: i64,
        edits: &mut Vec<Edit>,
    ) {
        let problem = self.problem;
        let details = &problem.components[component.at()];
        let state = problem.requests[details.request.at()].state;
        let code = &problem.states[state.at()].code;
        let cost = details.unit_cost * quantity;
        if let Some(limit) = absorption_of(problem, state, period).filter(|_| problem.enforces(Rule::Absorption)) {
            let arrives = self.absorbed.get(&(state, period)).copied().unwrap_or(0) + cost;
            if limit.amount.is_some_and(|most| arrives > most) {
                edits.push(Edit::AbsorptionAmount(code.clone(), period, arrives));
            }
            let running = self.running.get(&(state, period));
            let runs = running.is_some_and(|running| running.contains(&details.request));
            let count = u32::try_from(running.map_or(0, BTreeSet::len)).unwrap_or(u32::MAX);
            if !runs && limit.requests.is_some_and(|most| count >= most) {
                edits.push(Edit::AbsorptionRequests(code.clone(), period, count.saturating_add(1)));
            }
        }
        if problem.enforces(Rule::Channel) {
            for (at, channel) in problem.channels.iter().enumerate() {
                let short = self.carried[at] + cost - channel.amount;
                if self.counts(channel, offer, state, period) && short > 0 {
                    edits.push(Edit::Channel(channel.id.clone(), channel.period, short));
                }
            }
        }
    }
}
