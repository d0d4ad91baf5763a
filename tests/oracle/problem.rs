//! Small problems over every rule and goal: few cells, so that all plans can be tried.

#![expect(clippy::cast_possible_wrap, reason = "tables of a handful of rows")]

use needmatch_domain::area::Family;
use needmatch_domain::goal::{EquityBy, Goal, GoalName};
use needmatch_domain::ids::{ComponentIndex, OfferIndex, PeriodIndex, ProviderIndex, RequestIndex, StateIndex};
use needmatch_domain::plan::Match;
use needmatch_domain::problem::{
    Absorption, Channel, Component, FORMAT, Obstacle, Offer, Pair, Problem, RegionShare, Request, State, Step,
};
use needmatch_domain::rule::{Mode, Rule};

use crate::random::Random;

/// The problem of a case.
pub(crate) fn problem(case: u64) -> Problem {
    let random = &mut Random::of(case);
    let periods = count(random.between(1, 2));
    let states = count(random.between(1, 2));
    let providers = count(random.between(1, 2));
    let requests = count(random.between(1, 3));
    let offers = count(random.between(1, 3));
    let components = requests + count(random.between(0, 2));
    let mut problem = Problem {
        format: FORMAT.to_owned(),
        name: format!("case {case}"),
        currency: "USD".to_owned(),
        seed: case,
        periods: (0..periods).map(|period| id(&format!("T{period}"))).collect(),
        states: (0..states).map(|state| random_state(random, state, periods)).collect(),
        providers: (0..providers).map(|provider| id(&format!("P{provider}"))).collect(),
        requests: (0..requests).map(|request| random_request(random, request, states)).collect(),
        components: Vec::new(),
        offers: (0..offers).map(|offer| random_offer(random, offer, providers, periods)).collect(),
        channels: Vec::new(),
        regional_floors: Vec::new(),
        regional_ceilings: Vec::new(),
        rules: Rule::rows().map(|rule| (rule, mode(random, rule))).collect(),
        goals: goals(random),
        locks: Vec::new(),
        baseline: Vec::new(),
    };
    problem.components =
        (0..components).map(|component| random_component(random, component, requests, offers, periods)).collect();
    relate(random, &mut problem);
    limit(random, &mut problem);
    fix(random, &mut problem);
    problem
}

fn count(number: i64) -> usize {
    usize::try_from(number).expect("small and positive")
}

fn id<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().expect("generated identifiers are plain")
}

fn mode(random: &mut Random, rule: Rule) -> Mode {
    match rule {
        _ if rule.is_always_enforced() => Mode::Enforce,
        Rule::Precedence if random.once_in(3) => Mode::Enforce,
        Rule::Precedence => Mode::Off,
        _ if random.once_in(12) => Mode::Warn,
        _ if random.once_in(12) => Mode::Off,
        _ => Mode::Enforce,
    }
}

fn goals(random: &mut Random) -> Vec<Goal> {
    let wanted = count(random.between(1, 3));
    let mut goals: Vec<Goal> = Vec::new();
    while goals.len() < wanted {
        let name = match random.between(0, 9) {
            0..=2 => GoalName::Coverage,
            3 => GoalName::Completed,
            4 | 5 => GoalName::Equity,
            6 => GoalName::Synergy,
            7 => GoalName::Sustainability,
            8 => GoalName::Stability,
            _ => GoalName::Economy,
        };
        if goals.iter().any(|goal| goal.goal == name) {
            continue;
        }
        let by = if random.once_in(2) { EquityBy::State } else { EquityBy::Region };
        let give = u32::try_from(random.sometimes(2, 0, 400).unwrap_or(0)).expect("small");
        goals.push(Goal { goal: name, give, by, provider_cost: random.between(0, 5) });
    }
    goals
}

fn random_state(random: &mut Random, state: usize, periods: usize) -> State {
    let absorption = (0..periods)
        .filter_map(|period| {
            if !random.once_in(3) {
                return None;
            }
            Some(Absorption {
                period: PeriodIndex::of(period),
                amount: random.sometimes(2, 0, 12),
                requests: random.sometimes(2, 0, 2).map(|most| u32::try_from(most).expect("small")),
            })
        })
        .collect();
    let region = if random.once_in(2) { "North" } else { "South" };
    let regions = if random.once_in(6) { Vec::new() } else { vec![id(region)] };
    State { code: id(&format!("S{state}")), regions, absorption }
}

fn random_request(random: &mut Random, request: usize, states: usize) -> Request {
    let targets = ["16.4", "16.6"];
    Request {
        id: id(&format!("R{request}")),
        state: StateIndex::of(count(random.between(0, states as i64 - 1))),
        area: "marking".to_owned(),
        family: [None, Some(Family::Tracing), Some(Family::Stockpile)][count(random.between(0, 2))],
        step: [None, Some(Step::Legislation), Some(Step::RecordKeeping), Some(Step::Marking)]
            [count(random.between(0, 3))],
        priority_weight: random.between(0, 4),
        weight: random.between(0, 5),
        sustainability: random.between(0, 4),
        sustainability_threshold: if random.once_in(2) { random.between(0, 6) } else { 0 },
        max_providers: random.sometimes(3, 0, 2).map(|most| u32::try_from(most).expect("small")),
        package: random.once_in(3).then(|| id("joint")),
        sdg_targets: targets.into_iter().filter(|_| random.once_in(2)).map(id).collect(),
        obstacles: Vec::new(),
    }
}

fn random_offer(random: &mut Random, offer: usize, providers: usize, periods: usize) -> Offer {
    let targets = ["16.4", "16.6"];
    let quantity = random.between(0, 8);
    Offer {
        id: id(&format!("O{offer}")),
        provider: ProviderIndex::of(count(random.between(0, providers as i64 - 1))),
        quantity,
        per_period: random.once_in(4).then(|| (0..periods).map(|_| random.between(0, 5)).collect()),
        ticket_min: random.sometimes(4, 0, 4),
        ticket_max: random.sometimes(4, 1, 6),
        state_max: random.sometimes(4, 0, 6),
        max_requests: random.sometimes(4, 0, 2).map(|most| u32::try_from(most).expect("small")),
        channel: random.once_in(3).then(|| id("fund")),
        delivery_permille: [1000, 1000, 1250, 900][count(random.between(0, 3))],
        unit_value: None,
        pledge: random.once_in(3),
        sdg_targets: targets.into_iter().filter(|_| random.once_in(2)).map(id).collect(),
    }
}

fn random_component(
    random: &mut Random,
    component: usize,
    requests: usize,
    offers: usize,
    periods: usize,
) -> Component {
    let outstanding = random.between(1, 3);
    let request = if component < requests { component } else { count(random.between(0, requests as i64 - 1)) };
    let mut pairs = Vec::new();
    for offer in 0..offers {
        if !random.once_in(2) {
            continue;
        }
        let first = count(random.between(0, periods as i64 - 1));
        let last = count(random.between(first as i64, periods as i64 - 1));
        pairs.push(Pair {
            offer: OfferIndex::of(offer),
            first: PeriodIndex::of(first),
            last: PeriodIndex::of(last),
            draw_permille: [500, 1000, 1000, 1300, 2500][count(random.between(0, 4))],
            score: random.between(0, 9),
        });
    }
    Component {
        id: id(&format!("C{component}")),
        request: RequestIndex::of(request),
        outstanding,
        minimum: random.between(1, outstanding),
        divisible: !random.once_in(5),
        unit_cost: random.between(1, 5),
        period_max: random.sometimes(5, 0, 3),
        requires: Vec::new(),
        choice: random.once_in(5).then(|| id("either")),
        sustainability_points: random.between(0, 3),
        pairs,
    }
}

/// Bundles and obstacles, which name components.
fn relate(random: &mut Random, problem: &mut Problem) {
    let number = problem.components.len();
    for component in 0..number {
        if !problem.components[component].divisible {
            problem.components[component].minimum = problem.components[component].outstanding;
        }
        for other in 0..number {
            if other != component && random.once_in(7) {
                problem.components[component].requires.push(ComponentIndex::of(other));
            }
        }
    }
    for request in 0..problem.requests.len() {
        if random.once_in(5) {
            let own: Vec<_> =
                (0..number).filter(|&component| problem.components[component].request.at() == request).collect();
            let chosen = own[count(random.between(0, own.len() as i64 - 1))];
            let mitigation = (!random.once_in(4)).then(|| ComponentIndex::of(chosen));
            problem.requests[request].obstacles.push(Obstacle { code: "no_power".to_owned(), mitigation });
        }
    }
}

/// Channels, floors and ceilings.
fn limit(random: &mut Random, problem: &mut Problem) {
    let all: Vec<_> = (0..problem.states.len()).map(StateIndex::of).collect();
    for _ in 0..random.between(0, 2) {
        problem.channels.push(Channel {
            id: id("fund"),
            period: random
                .sometimes(3, 0, problem.periods.len() as i64 - 1)
                .map(|period| PeriodIndex::of(count(period))),
            states: random.once_in(3).then(|| vec![all[0]]),
            amount: random.between(0, 12),
        });
    }
    if random.once_in(6) {
        let share_permille = random.between(0, 700);
        problem.regional_floors.push(RegionShare { region: id("North"), states: vec![all[0]], share_permille });
    }
    if random.once_in(6) {
        let share_permille = random.between(200, 1000);
        problem.regional_ceilings.push(RegionShare { region: id("North"), states: vec![all[0]], share_permille });
    }
}

/// Locks and a baseline.
fn fix(random: &mut Random, problem: &mut Problem) {
    let mut pairs = Vec::new();
    for (position, component) in problem.components.iter().enumerate() {
        for pair in &component.pairs {
            pairs.extend(
                pair.periods().map(|period| (ComponentIndex::of(position), pair.offer, period, component.outstanding)),
            );
        }
    }
    for (component, offer, period, outstanding) in pairs {
        let quantity = random.between(1, outstanding);
        let fixed = Match { component, offer, period, quantity };
        if random.once_in(20) {
            problem.locks.push(fixed);
        }
        if random.once_in(4) {
            problem.baseline.push(fixed);
        }
    }
}
