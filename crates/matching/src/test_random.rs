//! Small random scenarios from a list of bytes, so that a property test shrinks them by shrinking the list.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::str::FromStr;

use needmatch_domain::area::{ComponentType, Context};
use needmatch_domain::geography::Group;
use needmatch_domain::ids::PeriodIndex;
use needmatch_domain::rule::{Mode, Rule};
use needmatch_domain::scenario::{
    Absorption, Baseline, ChannelLimit, Component, Firmness, Form, Obstacle, Offer, OfferPeriod, Request, Scenario,
    Suitability, Window,
};

use crate::test_scenario::{ScenarioBuilder, id, scenario};

/// Bytes as choices; when they run out, the first alternative is taken for good.
struct Choices<'a>(std::slice::Iter<'a, u8>);

impl Choices<'_> {
    fn below(&mut self, limit: u32) -> u32 {
        u32::from(self.0.next().copied().unwrap_or(0)) % limit
    }

    /// True once in `limit` times; false for a zero byte.
    fn once_in(&mut self, limit: u32) -> bool {
        self.below(limit) == 1
    }

    fn of<T: Copy>(&mut self, alternatives: &[T]) -> T {
        let limit = u32::try_from(alternatives.len()).expect("a few alternatives");
        alternatives[self.below(limit) as usize]
    }

    fn id<T: FromStr<Err: Debug>>(&mut self, alternatives: &[&str]) -> T {
        id(self.of(alternatives))
    }

    fn ids<T: FromStr<Err: Debug> + Ord>(&mut self, one_in: u32, alternatives: &[&str]) -> BTreeSet<T> {
        if self.once_in(one_in) { [self.id(alternatives), self.id(alternatives)].into() } else { BTreeSet::new() }
    }

    fn set<T: Copy + Ord>(&mut self, one_in: u32, alternatives: &[T]) -> BTreeSet<T> {
        if self.once_in(one_in) { [self.of(alternatives), self.of(alternatives)].into() } else { BTreeSet::new() }
    }

    fn window(&mut self) -> Window {
        let (first, last) = (self.below(3), 2 - self.below(3));
        Window { first: PeriodIndex(first.min(last)), last: PeriodIndex(last.max(first)) }
    }

    fn period(&mut self) -> PeriodIndex {
        PeriodIndex(self.below(3))
    }
}

const STATES: [&str; 4] = ["SEN", "KEN", "FJI", "MLI"];
const AREAS: [&str; 3] = ["marking", "record_keeping", "legislation"];
const REGIONS: [&str; 4] = ["Africa", "Western Africa", "Oceania", "Asia"];
const PROVIDERS: [&str; 3] = ["D1", "D2", "D3"];
const UNITS: [&str; 3] = ["place", "machine", "year"];
const TYPES: [ComponentType; 4] =
    [ComponentType::Training, ComponentType::Equipment, ComponentType::Maintenance, ComponentType::Technology];
const CONTEXTS: [Context; 3] = [Context::None, Context::Conflict, Context::PostConflict];
const OBSTACLES: [&str; 2] = ["no_power", "no_law"];

/// A scenario of up to five requests, eight components and six offers that uses every rule now and then. Freezing may
/// refuse it for its locks alone.
pub(crate) fn random_scenario(bytes: &[u8]) -> Scenario {
    let mut choices = Choices(bytes.iter());
    let choices = &mut choices;
    let (requests, components, offers) = (1 + choices.below(5), 1 + choices.below(8), 1 + choices.below(6));
    let mut built = scenario();
    for at in 0..requests {
        built = built.request(&format!("R{at}"), |request| fill_request(choices, request));
    }
    for at in 0..components {
        let request = format!("R{}", choices.below(requests));
        built =
            built.component(&format!("C{at}"), &request, |component| fill_component(choices, component, components));
    }
    for at in 0..offers {
        let provider = choices.of(&PROVIDERS);
        built = built.offer(&format!("O{at}"), provider, |offer| fill_offer(choices, offer));
    }
    fill_tables(choices, built, components, offers).build()
}

fn fill_request(choices: &mut Choices<'_>, request: &mut Request) {
    request.state = choices.id(&STATES);
    request.area = choices.id(&AREAS);
    request.priority = u8::try_from(1 + choices.below(5)).expect("at most 5");
    request.context = choices.of(&CONTEXTS);
    request.action_plan_date = choices.of(&[None, Some("2020-05-05"), Some("2025-05-05")]).map(id);
    request.report_year = choices.of(&[None, Some(2020), Some(2025)]);
    request.contribution_percent = choices.of(&[0, 10, 20]);
    request.sustainability = choices.of(&[0, 30, 60]);
    request.excluded_providers = choices.ids(6, &PROVIDERS);
    request.preferred_providers = choices.ids(6, &PROVIDERS);
    request.circulated_to = choices.ids(6, &PROVIDERS);
    request.package = choices.once_in(5).then(|| id("K1"));
    if choices.once_in(4) {
        request.obstacles = vec![Obstacle { code: choices.of(&OBSTACLES).to_owned(), mitigation: None }];
    }
}

fn fill_component(choices: &mut Choices<'_>, component: &mut Component, components: u32) {
    component.r#type = choices.of(&TYPES);
    component.unit = choices.id(&UNITS);
    component.item = choices.of(&[None, None, Some("laser"), Some("press")]).map(id);
    component.quantity = i64::from(1 + choices.below(12));
    component.received = i64::from(choices.below(16).saturating_sub(9));
    component.minimum = component.quantity.min(i64::from(1 + choices.below(3)));
    component.unit_cost = choices.of(&[100, 7, 1, 12_345]);
    component.divisible = !choices.once_in(4);
    component.window = choices.window();
    component.choice = choices.once_in(4).then(|| id("A1"));
    component.sustainability_points = choices.of(&[0, 5, 20]);
    component.covered_by = choices.once_in(5).then(|| "national".to_owned());
    if choices.once_in(3) {
        let required = id(&format!("C{}", choices.below(components)));
        if required != component.id {
            component.requires = [required].into();
        }
    }
}

fn fill_offer(choices: &mut Choices<'_>, offer: &mut Offer) {
    if choices.once_in(2) {
        offer.form = Form::InKind;
        offer.unit = choices.id(&UNITS);
        offer.item = choices.of(&[None, None, Some("laser")]).map(id);
        offer.unit_value = choices.of(&[None, Some(50), Some(0)]);
    } else {
        offer.unit = choices.id(&["currency", "USD", "EUR"]);
        offer.unit_value = choices.of(&[None, Some(3)]);
    }
    offer.quantity = choices.of(&[1000, 17, 5]);
    offer.types = choices.set(3, &TYPES);
    offer.areas = choices.ids(3, &AREAS);
    offer.states = choices.ids(4, &STATES);
    offer.regions = choices.ids(4, &REGIONS);
    offer.groups = choices.set(6, &Group::ALL);
    offer.excluded_states = choices.ids(6, &STATES);
    offer.contexts = choices.set(5, &CONTEXTS);
    offer.window = choices.window();
    offer.ticket_min = choices.of(&[None, Some(3)]);
    offer.state_max = choices.of(&[None, Some(500)]);
    offer.min_contribution_percent = choices.of(&[0, 0, 15]);
    offer.min_sustainability = choices.of(&[0, 0, 50]);
    offer.requires_action_plan = choices.once_in(6);
    offer.report_since = choices.of(&[None, None, Some(2024)]);
    offer.firmness = choices.of(&[Firmness::Commitment, Firmness::Pledge]);
    offer.channel = choices.of(&[None, None, Some("F1"), Some("F2")]).map(id);
    offer.delivery_permille = choices.of(&[1000, 1250, 999]);
    offer.preferred_areas = choices.ids(4, &AREAS);
}

fn fill_tables(choices: &mut Choices<'_>, mut built: ScenarioBuilder, components: u32, offers: u32) -> ScenarioBuilder {
    for at in 0..choices.below(3) {
        built = built.programme(&format!("G{at}"), |programme| {
            programme.state = choices.id(&STATES);
            programme.area = choices.id(&AREAS);
            programme.r#type = choices.once_in(2).then(|| choices.of(&TYPES));
            programme.window = choices.window();
            programme.amount = choices.of(&[Some(500), None, Some(60)]);
            if choices.once_in(2) {
                programme.mitigates = [choices.of(&OBSTACLES).to_owned()].into();
            }
        });
    }
    let pairs = components * offers;
    let mut taken = BTreeSet::new();
    for _ in 0..choices.below(4) {
        let pair = (choices.below(components), choices.below(offers));
        if !taken.insert(pair) {
            continue;
        }
        let (component, offer) = (format!("C{}", pair.0), format!("O{}", pair.1));
        built = match choices.below(4) {
            0 => built.lock(&component, &offer, 1 + choices.below(3), 1),
            1 => built.forbid(&component, &offer, None),
            _ => built.forbid(&component, &offer, Some(1 + choices.below(3))),
        };
        let judged = Suitability {
            component: id(&component),
            offer: id(&offer),
            fit: choices.of(&[None, Some(0), Some(777)]),
            draw_permille: choices.of(&[None, Some(1), Some(2_000)]),
            eligible: choices.of(&[None, Some(true), Some(false)]),
            reason: String::new(),
        };
        let earlier = Baseline { component: id(&component), offer: id(&offer), period: choices.period(), quantity: 2 };
        built = built.with(|scenario| {
            scenario.suitability.push(judged);
            scenario.baseline.push(earlier);
        });
    }
    assert!(taken.len() <= pairs as usize, "pairs are listed once");
    built.with(|scenario| {
        fill_limits(choices, scenario, offers);
        fill_settings(choices, scenario);
    })
}

fn fill_limits(choices: &mut Choices<'_>, scenario: &mut Scenario, offers: u32) {
    if choices.once_in(3) {
        let offer = id(&format!("O{}", choices.below(offers)));
        scenario.offer_periods.push(OfferPeriod { offer, period: choices.period(), quantity: 3 });
    }
    if choices.once_in(3) {
        let (state, period) = (choices.id(&STATES), choices.period());
        scenario.absorption.push(Absorption {
            state,
            period,
            amount: Some(1000),
            requests: choices.of(&[None, Some(1)]),
        });
    }
    for _ in 0..choices.below(3) {
        let row = ChannelLimit {
            id: choices.id(&["F1", "F2"]),
            regions: choices.ids(2, &REGIONS),
            period: choices.once_in(2).then(|| choices.period()),
            amount: choices.of(&[None, Some(900)]),
        };
        scenario.channels.push(row);
    }
}

fn fill_settings(choices: &mut Choices<'_>, scenario: &mut Scenario) {
    let settings = &mut scenario.settings;
    settings.rates.insert("EUR".to_owned(), id("1.09"));
    for rule in Rule::ALL {
        let mode =
            choices.of(&[None, None, None, None, None, None, Some(Mode::Warn), Some(Mode::Off), Some(Mode::Enforce)]);
        if let Some(mode) = mode {
            settings.rules.modes.insert(*rule, mode);
        }
    }
    settings.rules.contribution.threshold = choices.of(&[0, 0, 10]);
    settings.rules.contribution.by_group = [(Group::Ldc, choices.of(&[0, 20]))].into();
    settings.rules.sustainability.threshold = choices.of(&[0, 40]);
    settings.rules.embargo_states = choices.ids(4, &STATES);
    settings.rules.embargo_types = choices.set(2, &TYPES);
    settings.rules.regional_floor = choices.ids(3, &REGIONS).into_iter().map(|region| (region, 100)).collect();
    settings.rules.regional_ceiling = choices.ids(3, &REGIONS).into_iter().map(|region| (region, 900)).collect();
    settings.weights.group = [(Group::Ldc, choices.of(&[1000, 1200]))].into();
    settings.weights.area = [(id("marking"), choices.of(&[1000, 1333]))].into();
    settings.weights.context = [(Context::Conflict, choices.of(&[1000, 1500]))].into();
}
