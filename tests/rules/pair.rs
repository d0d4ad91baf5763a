//! The pair: one request of Senegal for marking, with one component of ten places on a course at 100 dollars, and one
//! money offer of 1,000 dollars. `docs/rules.md` starts every example from it.

use std::fmt::Debug;
use std::str::FromStr;

use needmatch_domain::area::{ComponentType, Context};
use needmatch_domain::ids::PeriodIndex;
use needmatch_domain::rule::{Mode, Rule};
use needmatch_domain::scenario::{
    Baseline, Component, Firmness, Form, Lock, LockKind, Offer, Programme, Request, Scenario, Settings, Visibility,
    Window,
};

/// Any identifier, date or rate from its text.
pub(crate) fn id<T: FromStr<Err: Debug>>(text: &str) -> T {
    text.parse().expect("a test writes valid text")
}

/// A window from period numbers, counted from 1.
pub(crate) fn window(first: u32, last: u32) -> Window {
    Window { first: PeriodIndex(first - 1), last: PeriodIndex(last - 1) }
}

/// A change to a scenario.
pub(crate) type Change = fn(&mut Scenario);

/// The pair, with periods enough for what comes in an order: `P1`, or `P1` and `P2`.
pub(crate) fn pair(periods: u32) -> Scenario {
    let mut scenario = Scenario {
        settings: Settings::new("the pair", "USD", id("2026-01-01")),
        periods: (1..=periods).map(|number| id(&format!("P{number}"))).collect(),
        states: [].into(),
        requests: Vec::new(),
        components: Vec::new(),
        offers: Vec::new(),
        offer_periods: Vec::new(),
        absorption: Vec::new(),
        channels: Vec::new(),
        programmes: Vec::new(),
        suitability: Vec::new(),
        locks: Vec::new(),
        baseline: Vec::new(),
    };
    request(&mut scenario, "R1", "SEN", |_| {});
    component(&mut scenario, "C1", "R1", |_| {});
    offer(&mut scenario, "O1", |_| {});
    scenario
}

fn horizon(scenario: &Scenario) -> Window {
    window(1, u32::try_from(scenario.periods.len()).expect("a short horizon"))
}

/// Adds a request for marking, at priority 3.
pub(crate) fn request(scenario: &mut Scenario, name: &str, state: &str, change: impl FnOnce(&mut Request)) {
    let mut request = Request {
        id: id(name),
        state: id(state),
        authority: String::new(),
        title: name.to_owned(),
        area: id("marking"),
        priority: 3,
        context: Context::None,
        action_plan_date: None,
        report_year: None,
        contribution_percent: 0,
        contribution_kinds: [].into(),
        sustainability: 0,
        max_providers: None,
        excluded_providers: [].into(),
        preferred_providers: [].into(),
        circulated_to: [].into(),
        sdg_targets: [].into(),
        package: None,
        obstacles: Vec::new(),
        source: String::new(),
    };
    change(&mut request);
    scenario.requests.push(request);
}

/// Adds a component of ten places on a course at 100 dollars, any time.
pub(crate) fn component(scenario: &mut Scenario, name: &str, request: &str, change: impl FnOnce(&mut Component)) {
    let mut component = Component {
        id: id(name),
        request: id(request),
        r#type: ComponentType::Training,
        item: None,
        unit: id("place"),
        quantity: 10,
        received: 0,
        minimum: 1,
        unit_cost: 100,
        divisible: true,
        window: horizon(scenario),
        period_max: None,
        requires: [].into(),
        choice: None,
        covered_by: None,
        sustainability_points: 0,
    };
    change(&mut component);
    scenario.components.push(component);
}

/// Adds a commitment of 1,000 dollars for anything, at any time, from a provider of its own: `D1` for `O1`.
pub(crate) fn offer(scenario: &mut Scenario, name: &str, change: impl FnOnce(&mut Offer)) {
    let mut offer = Offer {
        id: id(name),
        provider: id(&name.replace('O', "D")),
        title: name.to_owned(),
        form: Form::Money,
        types: [].into(),
        areas: [].into(),
        item: None,
        unit: id("currency"),
        quantity: 1000,
        unit_value: None,
        firmness: Firmness::Commitment,
        states: [].into(),
        regions: [].into(),
        groups: [].into(),
        excluded_states: [].into(),
        contexts: [].into(),
        window: horizon(scenario),
        ticket_min: None,
        ticket_max: None,
        state_max: None,
        max_requests: None,
        min_contribution_percent: 0,
        min_sustainability: 0,
        requires_action_plan: false,
        report_since: None,
        channel: None,
        delivery_permille: 1000,
        preferred_areas: [].into(),
        sdg_targets: [].into(),
        visibility: Visibility::Public,
    };
    change(&mut offer);
    scenario.offers.push(offer);
}

/// Adds a programme in Senegal for marking that covers all of any type, at any time.
pub(crate) fn programme(scenario: &mut Scenario, change: impl FnOnce(&mut Programme)) {
    let mut programme = Programme {
        id: id("G1"),
        state: id("SEN"),
        area: id("marking"),
        r#type: None,
        window: horizon(scenario),
        amount: None,
        mitigates: [].into(),
        sdg_targets: [].into(),
        source: String::new(),
    };
    change(&mut programme);
    scenario.programmes.push(programme);
}

/// Adds a lock in the first period.
pub(crate) fn lock(scenario: &mut Scenario, component: &str, offer: &str, quantity: i64) {
    let (component, offer, period) = (id(component), id(offer), Some(PeriodIndex(0)));
    scenario.locks.push(Lock { component, offer, period, quantity, kind: LockKind::Lock });
}

/// Rules a pair out.
pub(crate) fn forbid(scenario: &mut Scenario, component: &str, offer: &str) {
    let (component, offer) = (id(component), id(offer));
    scenario.locks.push(Lock { component, offer, period: None, quantity: 0, kind: LockKind::Forbid });
}

/// Adds a match of the first period to the earlier plan.
pub(crate) fn baseline(scenario: &mut Scenario, component: &str, offer: &str, quantity: i64) {
    scenario.baseline.push(Baseline { component: id(component), offer: id(offer), period: PeriodIndex(0), quantity });
}

/// Sets the mode of a rule.
pub(crate) fn set(scenario: &mut Scenario, rule: Rule, mode: Mode) {
    scenario.settings.rules.modes.insert(rule, mode);
}
