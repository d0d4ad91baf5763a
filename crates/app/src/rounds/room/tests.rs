//! What an earlier round agreed and any plan of the next one together break no rule that was not broken before, on the
//! register as it stands without either.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::str::FromStr;

use needmatch_domain::area::{ComponentType, Context};
use needmatch_domain::goal::Gap;
use needmatch_domain::ids::{ComponentIndex, OfferIndex, PeriodIndex};
use needmatch_domain::plan::{Match, Plan};
use needmatch_domain::problem::Problem;
use needmatch_domain::run::Status;
use needmatch_domain::scenario::{
    Absorption, ChannelLimit, Component, Firmness, Form, Offer, OfferPeriod, Request, Scenario, Settings, Visibility,
    Window,
};
use needmatch_matching::freeze::freeze;
use needmatch_matching::propose::{Options, Watch, propose};

use super::{Held, leave_room};

const REGISTERS: u64 = 250;

fn id<T: FromStr<Err: Debug>>(text: &str) -> T {
    text.parse().expect("a test writes valid text")
}

/// The generator of Steele, Lea and Flood.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }

    fn amount(&mut self, least: i64, most: u64) -> i64 {
        least + i64::try_from(self.below(most)).expect("small")
    }

    fn perhaps<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.below(2) == 0).then(|| make(self))
    }

    fn count(&mut self, most: u64) -> u32 {
        u32::try_from(1 + self.below(most)).expect("small")
    }
}

fn whole() -> Window {
    Window { first: PeriodIndex(0), last: PeriodIndex(2) }
}

fn register(dice: &mut Dice) -> Scenario {
    let mut scenario = Scenario {
        settings: Settings::new("register", "USD", id("2026-01-01")),
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
    };
    for at in 0..=dice.below(4) {
        scenario.requests.push(request(dice, at));
        for part in 0..=dice.below(2) {
            scenario.components.push(component(dice, at, part));
        }
    }
    for at in 0..=dice.below(4) {
        let offer = offer(dice, at);
        if dice.below(3) == 0 {
            let held = (0..3).map(|period| (period, dice.amount(0, 9))).filter(|(_, quantity)| *quantity > 0);
            let rows = held.map(|(period, quantity)| OfferPeriod {
                offer: offer.id.clone(),
                period: PeriodIndex(period),
                quantity,
            });
            scenario.offer_periods.extend(rows.collect::<Vec<_>>());
        }
        scenario.offers.push(offer);
    }
    for state in ["SEN", "KEN"] {
        for period in 0..3 {
            if dice.below(4) == 0 {
                let (amount, requests) = (dice.perhaps(|dice| dice.amount(0, 12)), dice.perhaps(|dice| dice.count(2)));
                scenario.absorption.push(Absorption {
                    state: id(state),
                    period: PeriodIndex(period),
                    amount,
                    requests,
                });
            }
        }
    }
    let regions = [&[][..], &["Western Africa"]];
    for (at, regions) in regions.into_iter().enumerate() {
        let period = dice.perhaps(|dice| PeriodIndex(dice.count(3) - 1));
        let (regions, amount) = (regions.iter().map(|name| id(name)).collect(), Some(dice.amount(4, 20)));
        scenario.channels.push(ChannelLimit { id: id(&format!("F{at}")), regions, period, amount });
    }
    scenario
}

fn request(dice: &mut Dice, at: u64) -> Request {
    Request {
        id: id(&format!("R{at}")),
        state: id(["SEN", "KEN"][usize::try_from(dice.below(2)).expect("small")]),
        authority: String::new(),
        title: String::new(),
        area: id("marking"),
        priority: u8::try_from(dice.count(5)).expect("at most 5"),
        context: Context::None,
        action_plan_date: None,
        report_year: None,
        contribution_percent: 0,
        contribution_kinds: [].into(),
        sustainability: 0,
        max_providers: dice.perhaps(|dice| dice.count(2)),
        excluded_providers: [].into(),
        preferred_providers: [].into(),
        circulated_to: if dice.below(5) == 0 { [id("D0")].into() } else { [].into() },
        sdg_targets: [].into(),
        package: None,
        obstacles: Vec::new(),
        source: String::new(),
    }
}

fn component(dice: &mut Dice, request: u64, at: u64) -> Component {
    let quantity = dice.amount(1, 10);
    Component {
        id: id(&format!("R{request}-{at}")),
        request: id(&format!("R{request}")),
        r#type: ComponentType::Training,
        item: None,
        unit: id(["place", "machine"][usize::from(dice.below(4) == 0)]),
        quantity,
        received: 0,
        minimum: dice.amount(1, 2).min(quantity),
        unit_cost: dice.amount(1, 2),
        divisible: dice.below(5) > 0,
        window: whole(),
        period_max: dice.perhaps(|dice| dice.amount(1, 5)),
        requires: [].into(),
        choice: (dice.below(5) == 0).then(|| id("A")),
        covered_by: None,
        sustainability_points: 0,
    }
}

fn offer(dice: &mut Dice, at: u64) -> Offer {
    let is_money = dice.below(2) == 0;
    Offer {
        id: id(&format!("O{at}")),
        provider: id(&format!("D{}", dice.below(3))),
        title: String::new(),
        form: if is_money { Form::Money } else { Form::InKind },
        types: [].into(),
        areas: [].into(),
        item: None,
        unit: id(if is_money { "currency" } else { "place" }),
        quantity: dice.amount(1, 20),
        unit_value: None,
        firmness: Firmness::Commitment,
        states: [].into(),
        regions: if dice.below(4) == 0 { [id("Western Africa")].into() } else { [].into() },
        groups: [].into(),
        excluded_states: [].into(),
        contexts: [].into(),
        window: whole(),
        ticket_min: (dice.below(4) == 0).then(|| dice.amount(1, 3)),
        ticket_max: dice.perhaps(|dice| dice.amount(2, 6)),
        state_max: dice.perhaps(|dice| dice.amount(3, 10)),
        max_requests: dice.perhaps(|dice| dice.count(2)),
        min_contribution_percent: 0,
        min_sustainability: 0,
        requires_action_plan: false,
        report_since: None,
        channel: dice.perhaps(|dice| id(&format!("F{}", dice.below(2)))),
        delivery_permille: [1000, 1000, 1250][usize::try_from(dice.below(3)).expect("small")],
        preferred_areas: [].into(),
        sdg_targets: [].into(),
        visibility: Visibility::Public,
    }
}

fn plan_of(problem: &Problem) -> Vec<Match> {
    let options = Options { work: 2_000, ..Options::new(Gap { thousandths: 0 }, 5.0) };
    let mut watch = Watch { elapsed: &|| 0.0, cancelled: &|| false, progress: &mut |_| {} };
    let outcome = propose(problem, &options, &mut watch).expect("a small problem is decided");
    assert_ne!(outcome.status, Status::Infeasible, "to give nothing is always possible here");
    outcome.plan.matches
}

/// A match of a plan, as the ledger would hold it.
fn held(problem: &Problem, register: &Scenario, found: &Match) -> Held {
    let (component, offer) = (&problem.components[found.component.at()], &problem.offers[found.offer.at()]);
    let asked = register.components.iter().find(|row| row.id == component.id).expect("it was frozen");
    let draw = component.pair(found.offer, found.period).expect("a pair of the problem").draw_permille;
    Held {
        component: component.id.clone(),
        choice: asked.choice.clone(),
        request: asked.request.clone(),
        state: problem.states[problem.requests[component.request.at()].state.at()].code.clone(),
        offer: offer.id.clone(),
        provider: problem.providers[offer.provider.at()].clone(),
        channel: offer.channel.clone(),
        period: Some(found.period),
        quantity: found.quantity,
        draw: (found.quantity * draw + 999) / 1000,
        cost: found.quantity * component.unit_cost,
    }
}

/// The register when the next round is frozen.
fn next(register: &Scenario, held: &[Held]) -> Scenario {
    let mut next = register.clone();
    for row in held {
        let component = next.components.iter_mut().find(|component| component.id == row.component);
        component.expect("of the register").received += row.quantity;
        next.offers.iter_mut().find(|offer| offer.id == row.offer).expect("of the register").quantity -= row.draw;
    }
    next.offers.retain(|offer| offer.quantity > 0);
    let offers: BTreeSet<_> = next.offers.iter().map(|offer| offer.id.clone()).collect();
    next.offer_periods.retain(|row| offers.contains(&row.offer));
    leave_room(&mut next, held);
    next
}

/// Matches of another problem by the positions of this one.
fn together(problem: &Problem, agreed: &[Match], other: &Problem, more: &[Match]) -> Plan {
    let mut sum: BTreeMap<_, i64> = BTreeMap::new();
    for found in agreed {
        *sum.entry((found.component, found.offer, found.period)).or_default() += found.quantity;
    }
    for found in more {
        let component = &other.components[found.component.at()].id;
        let offer = &other.offers[found.offer.at()].id;
        let component = problem.components.iter().position(|row| row.id == *component).expect("asked before");
        let offer = problem.offers.iter().position(|row| row.id == *offer).expect("offered before");
        let key = (ComponentIndex::of(component), OfferIndex::of(offer), found.period);
        *sum.entry(key).or_default() += found.quantity;
    }
    let matches =
        sum.into_iter().map(|((component, offer, period), quantity)| Match { component, offer, period, quantity });
    Plan { matches: matches.collect() }
}

/// What a plan breaks, without by how much.
fn broken(problem: &Problem, plan: &Plan) -> BTreeSet<(String, Vec<String>)> {
    let found = needmatch_verify::findings(problem, plan);
    found.into_iter().map(|finding| (format!("{:?}", finding.code), finding.entities)).collect()
}

#[test]
fn what_was_agreed_and_the_next_plan_together_keep_every_rule_of_the_register() {
    let (mut given, mut held_back) = (0, 0);
    for seed in 0..REGISTERS {
        let dice = &mut Dice(seed);
        let register = register(dice);
        let problem = freeze(&register).expect("a register that can be frozen").problem;
        let first = plan_of(&problem);
        // Some are declined, and some are agreed on with less; what cannot be divided stays whole.
        let mut agreed: Vec<Match> = first.into_iter().filter(|_| dice.below(4) > 0).collect();
        for found in &mut agreed {
            if problem.components[found.component.at()].divisible && dice.below(3) == 0 {
                found.quantity = dice.amount(1, u64::try_from(found.quantity).expect("at least 1"));
            }
        }
        let held: Vec<Held> = agreed.iter().map(|found| held(&problem, &register, found)).collect();
        let next = next(&register, &held);
        let later = freeze(&next).expect("the next round can be frozen").problem;
        let second = if later.components.is_empty() { Vec::new() } else { plan_of(&later) };
        let alone = broken(&problem, &Plan { matches: agreed.clone() });
        let both = broken(&problem, &together(&problem, &agreed, &later, &second));
        let new: Vec<_> = both.difference(&alone).collect();
        assert!(new.is_empty(), "register {seed}: {new:?}\nheld {held:?}\nsecond {second:?}\n{register:#?}");
        given += usize::from(!second.is_empty());
        held_back += usize::from(!agreed.is_empty());
    }
    assert!(given > 25 && held_back > 100, "{given} and {held_back} registers with something to keep");
}
