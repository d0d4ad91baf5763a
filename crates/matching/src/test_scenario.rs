//! Small scenarios for the tests of this crate: defaults that break no rule, changed where a test needs it.

use std::fmt::Debug;
use std::str::FromStr;

use needmatch_domain::area::{ComponentType, Context};
use needmatch_domain::ids::PeriodIndex;
use needmatch_domain::plan::Match;
use needmatch_domain::problem::Problem;
use needmatch_domain::rule::{Mode, Rule};
use needmatch_domain::scenario::{
    Component, Firmness, Form, Lock, LockKind, Offer, Programme, Request, Scenario, Settings, Visibility, Window,
};

/// A scenario in the making.
#[derive(Clone)]
pub(crate) struct ScenarioBuilder(Scenario);

/// An empty scenario in US dollars, dated 1 January 2026, with three periods `P1` to `P3`.
pub(crate) fn scenario() -> ScenarioBuilder {
    ScenarioBuilder(Scenario {
        settings: Settings::new("test", "USD", id("2026-01-01")),
        periods: vec![id("P1"), id("P2"), id("P3")],
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
    })
}

/// One request `R1` of Senegal for marking, with one component `C1` of ten places on a course at 100 dollars, and one
/// money offer `O1` of 1,000 dollars that may serve it.
pub(crate) fn one_pair() -> ScenarioBuilder {
    scenario().request("R1", |_| {}).component("C1", "R1", |_| {}).offer("O1", "D1", |_| {})
}

/// Any identifier, date or rate from its text.
pub(crate) fn id<T: FromStr<Err: Debug>>(text: &str) -> T {
    text.parse().expect("a test writes valid text")
}

/// A window from period numbers, counted from 1.
pub(crate) fn window(first: u32, last: u32) -> Window {
    Window { first: PeriodIndex(first - 1), last: PeriodIndex(last - 1) }
}

impl ScenarioBuilder {
    /// Adds a request of Senegal (Western Africa; LDC and ODA) for marking, at priority 3.
    pub(crate) fn request(mut self, name: &str, change: impl FnOnce(&mut Request)) -> Self {
        let mut request = Request {
            id: id(name),
            state: id("SEN"),
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
        self.0.requests.push(request);
        self
    }

    /// Adds a component of ten places on a course at 100 dollars, any time.
    pub(crate) fn component(mut self, name: &str, request: &str, change: impl FnOnce(&mut Component)) -> Self {
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
            window: window(1, 3),
            period_max: None,
            requires: [].into(),
            choice: None,
            covered_by: None,
            sustainability_points: 0,
        };
        change(&mut component);
        self.0.components.push(component);
        self
    }

    /// Adds a commitment of 1,000 dollars with no conditions, at any time.
    pub(crate) fn offer(mut self, name: &str, provider: &str, change: impl FnOnce(&mut Offer)) -> Self {
        let mut offer = Offer {
            id: id(name),
            provider: id(provider),
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
            window: window(1, 3),
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
        self.0.offers.push(offer);
        self
    }

    /// Adds a programme in Senegal for marking that covers all of any type, at any time.
    pub(crate) fn programme(mut self, name: &str, change: impl FnOnce(&mut Programme)) -> Self {
        let mut programme = Programme {
            id: id(name),
            state: id("SEN"),
            area: id("marking"),
            r#type: None,
            window: window(1, 3),
            amount: None,
            mitigates: [].into(),
            sdg_targets: [].into(),
            source: String::new(),
        };
        change(&mut programme);
        self.0.programmes.push(programme);
        self
    }

    /// Adds a lock; the period is counted from 1.
    pub(crate) fn lock(self, component: &str, offer: &str, period: u32, quantity: i64) -> Self {
        self.fixed(component, offer, Some(period), quantity, LockKind::Lock)
    }

    /// Adds a forbid of one period, counted from 1, or of all.
    pub(crate) fn forbid(self, component: &str, offer: &str, period: Option<u32>) -> Self {
        self.fixed(component, offer, period, 0, LockKind::Forbid)
    }

    fn fixed(mut self, component: &str, offer: &str, period: Option<u32>, quantity: i64, kind: LockKind) -> Self {
        let period = period.map(|number| PeriodIndex(number - 1));
        self.0.locks.push(Lock { component: id(component), offer: id(offer), period, quantity, kind });
        self
    }

    /// Sets the mode of a rule.
    pub(crate) fn mode(self, rule: Rule, mode: Mode) -> Self {
        self.with(|scenario| {
            scenario.settings.rules.modes.insert(rule, mode);
        })
    }

    /// Changes anything else.
    pub(crate) fn with(mut self, change: impl FnOnce(&mut Scenario)) -> Self {
        change(&mut self.0);
        self
    }

    /// The scenario.
    pub(crate) fn build(self) -> Scenario {
        self.0
    }

    /// The frozen problem.
    pub(crate) fn problem(self) -> Problem {
        crate::freeze::freeze(&self.0).expect("the test's scenario can be frozen").problem
    }
}

/// A match from positions; the period is counted from 0 as in the problem.
pub(crate) fn matched(component: u32, offer: u32, period: u32, quantity: i64) -> Match {
    Match::from((component, offer, period, quantity))
}
