//! Small random problems in which every rule, limit and goal turns up, and few enough plans to look at all of them.

use needmatch_domain::area::Family;
use needmatch_domain::goal::{EquityBy, Goal, GoalName};
use needmatch_domain::ids::{ComponentIndex, PeriodIndex, ProviderIndex, StateIndex};
use needmatch_domain::plan::Match;
use needmatch_domain::problem::{Absorption, Channel, Obstacle, Problem, RegionShare, Step};
use needmatch_domain::rule::{Mode, Rule};

use super::builder::{component, give, id, problem, request};

/// Most plans of a random problem.
const MAX_PLANS: u64 = 3000;

/// Numbers that a seed decides (`SplitMix64`).
pub(super) struct Dice(pub(super) u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number in a range, both ends included.
    pub(super) fn of(&mut self, low: i64, high: i64) -> i64 {
        low + i64::try_from(self.next() % u64::try_from(high - low + 1).unwrap()).unwrap()
    }

    pub(super) fn position(&mut self, length: usize) -> usize {
        usize::try_from(self.of(0, i64::try_from(length).unwrap() - 1)).unwrap()
    }

    /// True once in so many times.
    pub(super) fn once_in(&mut self, times: i64) -> bool {
        self.of(1, times) == 1
    }

    fn perhaps<T>(&mut self, times: i64, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.once_in(times).then(|| make(self))
    }
}

/// The problem of a seed.
pub(super) fn random(seed: u64) -> Problem {
    let mut dice = Dice(seed);
    let (periods, states, offers) = (1 + dice.position(2), 1 + dice.position(2), 1 + dice.position(2));
    let mut problem = problem(periods, states, offers);
    for position in 0..=dice.position(3) {
        let state = dice.position(states);
        request(&mut problem, state);
        ask(&mut problem, position, &mut dice);
    }
    for _ in 0..=dice.position(3) {
        let owner = dice.position(problem.requests.len());
        let outstanding = dice.of(1, 3);
        component(&mut problem, owner, outstanding);
    }
    for position in 0..problem.components.len() {
        want(&mut problem, position, &mut dice);
    }
    for position in 0..offers {
        offer(&mut problem, position, &mut dice);
    }
    surround(&mut problem, &mut dice);
    while cells(&problem).iter().map(|cell| most(&problem, cell) + 1).product::<u64>() > MAX_PLANS {
        let fullest = problem.components.iter_mut().max_by_key(|component| component.pairs.len()).unwrap();
        fullest.pairs.pop();
        problem.locks.clear();
    }
    let rules: Vec<Rule> = Rule::rows().filter(|rule| !rule.is_always_enforced()).collect();
    for rule in rules {
        let mode = if dice.once_in(6) { Mode::Off } else { Mode::Enforce };
        problem.rules.insert(rule, mode);
    }
    strive(&mut problem, &mut dice);
    assert_eq!(problem.faults(), []);
    problem
}

fn ask(problem: &mut Problem, position: usize, dice: &mut Dice) {
    let found = &mut problem.requests[position];
    found.family = [None, Some(Family::Tracing), Some(Family::Stockpile)][dice.position(3)];
    found.step = dice.perhaps(2, |dice| [Step::Legislation, Step::RecordKeeping, Step::Marking][dice.position(3)]);
    found.priority_weight = dice.of(0, 3);
    found.sustainability = dice.of(0, 2);
    found.sustainability_threshold = dice.perhaps(3, |dice| dice.of(0, 4)).unwrap_or(0);
    found.max_providers = dice.perhaps(3, |dice| u32::try_from(dice.of(0, 1)).unwrap());
    found.package = dice.perhaps(4, |_| id("joint"));
    found.sdg_targets = dice.perhaps(2, |_| vec![id("16.4")]).unwrap_or_default();
}

fn want(problem: &mut Problem, position: usize, dice: &mut Dice) {
    let others: Vec<usize> = (0..problem.components.len()).filter(|other| *other != position).collect();
    let found = &mut problem.components[position];
    found.minimum = if dice.once_in(2) { 1 } else { dice.of(1, found.outstanding) };
    found.unit_cost = dice.of(1, 4);
    found.period_max = dice.perhaps(4, |dice| dice.of(0, 3));
    found.choice = dice.perhaps(4, |_| id("either"));
    found.sustainability_points = dice.of(0, 2);
    if dice.once_in(5) {
        found.divisible = false;
        found.minimum = found.outstanding;
    }
    if let Some(required) = dice.perhaps(4, |dice| others.get(dice.position(others.len().max(1)))).flatten() {
        found.requires = vec![ComponentIndex::of(*required)];
    }
    let last = problem.periods.len() - 1;
    found.pairs.retain(|_| !dice.once_in(5));
    for pair in &mut found.pairs {
        pair.first = PeriodIndex::of(dice.position(last + 1));
        pair.last = PeriodIndex::of(pair.first.at() + dice.position(last + 1 - pair.first.at()));
        pair.draw_permille = [1000, 700, 2500][dice.position(3)];
        pair.score = dice.of(0, 6) * 2;
    }
    let owner = found.request.at();
    if dice.once_in(6) {
        let mitigation = dice.perhaps(2, |_| ComponentIndex::of(position));
        problem.requests[owner].obstacles.push(Obstacle { code: "no_power".to_owned(), mitigation });
    }
}

fn offer(problem: &mut Problem, position: usize, dice: &mut Dice) {
    let (periods, providers) = (problem.periods.len(), problem.providers.len());
    let found = &mut problem.offers[position];
    found.provider = ProviderIndex::of(dice.position(providers));
    found.quantity = dice.of(1, 8);
    found.per_period = dice.perhaps(4, |dice| (0..periods).map(|_| dice.of(0, 5)).collect());
    found.ticket_min = dice.perhaps(3, |dice| dice.of(0, 4));
    found.ticket_max = dice.perhaps(3, |dice| dice.of(1, 5));
    found.state_max = dice.perhaps(3, |dice| dice.of(0, 6));
    found.max_requests = dice.perhaps(3, |dice| u32::try_from(dice.of(0, 1)).unwrap());
    found.channel = dice.perhaps(2, |_| id("fund"));
    found.delivery_permille = [1000, 1250, 900][dice.position(3)];
    found.sdg_targets = dice.perhaps(2, |_| vec![id("16.4")]).unwrap_or_default();
}

fn surround(problem: &mut Problem, dice: &mut Dice) {
    let (periods, states) = (problem.periods.len(), problem.states.len());
    for state in &mut problem.states {
        state.regions = dice.perhaps(2, |dice| vec![id(["North", "South"][dice.position(2)])]).unwrap_or_default();
        state.absorption = (0..periods)
            .filter_map(|period| {
                dice.perhaps(4, |dice| Absorption {
                    period: PeriodIndex::of(period),
                    amount: dice.perhaps(2, |dice| dice.of(0, 12)),
                    requests: dice.perhaps(2, |dice| u32::try_from(dice.of(0, 1)).unwrap()),
                })
            })
            .collect();
    }
    if dice.once_in(3) {
        problem.channels = vec![Channel {
            id: id("fund"),
            period: dice.perhaps(2, |dice| PeriodIndex::of(dice.position(periods))),
            states: dice.perhaps(2, |dice| vec![StateIndex::of(dice.position(states))]),
            amount: dice.of(0, 10),
        }];
    }
    let share = |dice: &mut Dice| RegionShare {
        region: id("North"),
        states: vec![StateIndex::of(dice.position(states))],
        share_permille: dice.of(0, 1000),
    };
    problem.regional_floors = dice.perhaps(5, share).into_iter().collect();
    problem.regional_ceilings = dice.perhaps(5, share).into_iter().collect();
    let cells = cells(problem);
    let fixed = |dice: &mut Dice| {
        let cell = cells.get(dice.position(cells.len().max(1)))?;
        Some(give(cell.0, cell.1, cell.2, dice.of(1, 3)))
    };
    problem.locks = dice.perhaps(6, fixed).flatten().into_iter().collect();
    problem.baseline = dice.perhaps(2, fixed).flatten().into_iter().collect();
}

fn strive(problem: &mut Problem, dice: &mut Dice) {
    let mut goals = GoalName::ALL.to_vec();
    for last in (1..goals.len()).rev() {
        goals.swap(last, dice.position(last + 1));
    }
    problem.goals = goals
        .into_iter()
        .map(|goal| Goal {
            give: u32::try_from(dice.of(0, 300)).unwrap(),
            by: if dice.once_in(2) { EquityBy::State } else { EquityBy::Region },
            provider_cost: dice.of(0, 4),
            ..Goal::plain(goal)
        })
        .collect();
}

/// Component, offer and period of everything that could be given.
pub(super) fn cells(problem: &Problem) -> Vec<(usize, usize, usize)> {
    let mut cells = Vec::new();
    for (position, component) in problem.components.iter().enumerate() {
        for pair in &component.pairs {
            cells.extend(pair.periods().map(|period| (position, pair.offer.at(), period.at())));
        }
    }
    cells
}

/// Most that a cell may hold, for all that the component alone says.
fn most(problem: &Problem, cell: &(usize, usize, usize)) -> u64 {
    problem.components[cell.0].outstanding.try_into().unwrap()
}

/// Every plan of the problem, allowed or not, as long as no cell passes what its component lacks.
pub(super) fn plans(problem: &Problem) -> Vec<Vec<Match>> {
    let mut plans = vec![Vec::new()];
    for cell in cells(problem) {
        let outstanding = problem.components[cell.0].outstanding;
        plans = plans
            .into_iter()
            .flat_map(|plan: Vec<Match>| {
                (0..=outstanding).map(move |quantity| {
                    let more = (quantity > 0).then(|| give(cell.0, cell.1, cell.2, quantity));
                    plan.iter().copied().chain(more).collect()
                })
            })
            .collect();
    }
    plans
}
