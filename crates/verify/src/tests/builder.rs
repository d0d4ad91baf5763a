//! Small problems. Tables start plain; a test changes what it is about.

use needmatch_domain::goal::{Goal, GoalName};
use needmatch_domain::ids::{ComponentIndex, OfferIndex, PeriodIndex, ProviderIndex, RequestIndex, StateIndex};
use needmatch_domain::plan::{Match, Plan};
use needmatch_domain::problem::{Component, FORMAT, Offer, Pair, Problem, Request, State};
use needmatch_domain::rule::Rule;

/// An identifier of any kind.
pub(super) fn id<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

/// A problem without requests: periods `P0`…, states `S0`…, one offer `O0`… from each provider `D0`….
pub(super) fn problem(periods: usize, states: usize, offers: usize) -> Problem {
    Problem {
        format: FORMAT.to_owned(),
        name: "small".to_owned(),
        currency: "USD".to_owned(),
        seed: 1,
        periods: (0..periods).map(|position| id(&format!("P{position}"))).collect(),
        states: (0..states).map(|position| state(&format!("S{position}"))).collect(),
        providers: (0..offers).map(|position| id(&format!("D{position}"))).collect(),
        requests: Vec::new(),
        components: Vec::new(),
        offers: (0..offers).map(offer).collect(),
        channels: Vec::new(),
        regional_floors: Vec::new(),
        regional_ceilings: Vec::new(),
        rules: Rule::rows().map(|rule| (rule, rule.default_mode())).collect(),
        goals: vec![Goal::plain(GoalName::Coverage)],
        locks: Vec::new(),
        baseline: Vec::new(),
    }
}

fn state(code: &str) -> State {
    State { code: id(code), regions: Vec::new(), absorption: Vec::new() }
}

fn offer(position: usize) -> Offer {
    Offer {
        id: id(&format!("O{position}")),
        provider: ProviderIndex::of(position),
        quantity: 1000,
        per_period: None,
        ticket_min: None,
        ticket_max: None,
        state_max: None,
        max_requests: None,
        channel: None,
        delivery_permille: 1000,
        unit_value: None,
        pledge: false,
        sdg_targets: Vec::new(),
    }
}

/// Adds a request of a state.
pub(super) fn request(problem: &mut Problem, state: usize) -> usize {
    problem.requests.push(Request {
        id: id(&format!("R{}", problem.requests.len())),
        state: StateIndex::of(state),
        area: "marking".to_owned(),
        family: None,
        step: None,
        priority_weight: 4,
        weight: 4,
        sustainability: 50,
        sustainability_threshold: 0,
        max_providers: None,
        package: None,
        sdg_targets: Vec::new(),
        obstacles: Vec::new(),
    });
    problem.requests.len() - 1
}

/// Adds a component of a request that every offer may serve in every period, unit by unit at cost 1 and score 1.
pub(super) fn component(problem: &mut Problem, request: usize, outstanding: i64) -> usize {
    let last = PeriodIndex::of(problem.periods.len() - 1);
    let pair =
        |offer| Pair { offer: OfferIndex::of(offer), first: PeriodIndex(0), last, draw_permille: 1000, score: 1 };
    problem.components.push(Component {
        id: id(&format!("C{}", problem.components.len())),
        request: RequestIndex::of(request),
        outstanding,
        minimum: 1,
        divisible: true,
        unit_cost: 1,
        period_max: None,
        requires: Vec::new(),
        choice: None,
        sustainability_points: 0,
        pairs: (0..problem.offers.len()).map(pair).collect(),
    });
    problem.components.len() - 1
}

/// A match.
pub(super) fn give(component: usize, offer: usize, period: usize, quantity: i64) -> Match {
    Match {
        component: ComponentIndex::of(component),
        offer: OfferIndex::of(offer),
        period: PeriodIndex::of(period),
        quantity,
    }
}

/// A plan from matches.
pub(super) fn plan(matches: &[Match]) -> Plan {
    Plan::of(matches.to_vec())
}
