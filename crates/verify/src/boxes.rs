//! The box: the most every unknown can be. `docs/rules.md`, "The box", gives the formulas.
//!
//! What dies can make more die, so deaths are followed one by one, each pair and component being looked at again only
//! when something of its own changed.

use std::collections::BTreeMap;

use needmatch_domain::problem::{Component, Pair, Problem};
use needmatch_domain::rule::Rule;

use crate::columns::{Columns, TENTHS};
use crate::goals::economy;
use crate::goals::equity::Needs;
use crate::index::Index;

/// The upper bound of every column; lower bounds are 0.
pub(crate) fn upper_bounds(problem: &Problem, index: &Index, columns: &Columns, needs: &Needs) -> Vec<i64> {
    let mut upper = vec![1; columns.len()];
    for (position, component) in problem.components.iter().enumerate() {
        for pair in columns.pairs_of_component(position) {
            let found = columns.pair(problem, pair);
            let always = most(problem, component, found);
            for (x, period) in columns.x_of_pair(pair).zip(found.first.at()..) {
                upper[x] = whole(component, always.min(most_in(problem, component, found, period)));
            }
        }
    }
    Spread::of(problem, index, columns, &mut upper).run();
    for who in 0..problem.states.len() {
        let most = if needs.asked.get(who).is_some_and(|asked| *asked > 0) { 100 } else { 0 };
        upper[columns.share(who, 0)..=columns.share(who, TENTHS - 1)].fill(most);
        upper[columns.both(who)] = i64::from(index.asks_both[who]);
    }
    for (row, earlier) in problem.baseline.iter().enumerate() {
        let pair = columns.find_pair(problem, earlier.component.at(), earlier.offer.at(), earlier.period.at());
        let most = pair.map_or(0, |pair| upper[columns.x(problem, pair, earlier.period.at())]);
        upper[columns.kept(row)] = most.min(earlier.quantity);
    }
    upper[columns.delivery()] = economy::largest_delivery(problem);
    upper
}

/// u of a pair in any period, for all that does not depend on the period and before anything has died. Amounts are at
/// most 10^12, so a thousand of one fits.
fn most(problem: &Problem, component: &Component, pair: &Pair) -> i64 {
    let offer = &problem.offers[pair.offer.at()];
    let limits = [
        Some(offer.quantity),
        offer.ticket_max.filter(|_| problem.enforces(Rule::Ticket)),
        offer.state_max.filter(|_| problem.enforces(Rule::StateLimit)),
    ];
    let least = limits.into_iter().flatten().min().unwrap_or(i64::MAX / 1000);
    component.outstanding.min(component.period_max.unwrap_or(i64::MAX)).min(1000 * least / pair.draw_permille)
}

/// The part of u that depends on the period.
fn most_in(problem: &Problem, component: &Component, pair: &Pair, period: usize) -> i64 {
    let offer = &problem.offers[pair.offer.at()];
    let held = offer.per_period.as_ref().and_then(|held| held.get(period));
    let mut most = held.map_or(i64::MAX, |quantity| 1000 * quantity / pair.draw_permille);
    let limits = &problem.states[problem.requests[component.request.at()].state.at()].absorption;
    if let Ok(place) = limits.binary_search_by_key(&period, |limit| limit.period.at())
        && problem.enforces(Rule::Absorption)
    {
        most = most.min(limits[place].amount.map_or(i64::MAX, |amount| amount / component.unit_cost));
        if limits[place].requests == Some(0) {
            most = 0;
        }
    }
    most
}

fn whole(component: &Component, most: i64) -> i64 {
    match component.divisible {
        true => most,
        false if most >= component.outstanding => component.outstanding,
        false => 0,
    }
}

/// What is still to be looked at.
enum Task {
    /// The component cannot be served.
    Kill(usize),
    /// The u of the component have shrunk.
    Refill(usize),
    /// The u of the part have shrunk.
    Reticket(usize),
}

struct Spread<'s> {
    problem: &'s Problem,
    index: &'s Index,
    columns: &'s Columns,
    upper: &'s mut [i64],
    dead: Vec<bool>,
    /// Components that require each component.
    required_by: Vec<Vec<usize>>,
    /// Components that are the only cure of an obstacle of their own request.
    cures: Vec<bool>,
    /// Static score and points of the live components of each request.
    points: Vec<i128>,
    /// Live components of each request.
    alive: Vec<usize>,
    /// Σ draw · u of each part.
    draws: Vec<i128>,
    tasks: Vec<Task>,
}

impl<'s> Spread<'s> {
    fn of(problem: &'s Problem, index: &'s Index, columns: &'s Columns, upper: &'s mut [i64]) -> Self {
        let mut required_by = vec![Vec::new(); problem.components.len()];
        for (position, component) in problem.components.iter().enumerate() {
            for required in &component.requires {
                required_by[required.at()].push(position);
            }
        }
        let mut cures = vec![false; problem.components.len()];
        for cure in problem.requests.iter().flat_map(|request| &request.obstacles).filter_map(|found| found.mitigation)
        {
            cures[cure.at()] = true;
        }
        let mut points: Vec<i128> = problem.requests.iter().map(|request| request.sustainability.into()).collect();
        for component in &problem.components {
            points[component.request.at()] += i128::from(component.sustainability_points);
        }
        let mut draws = vec![0; columns.parts.len()];
        for (part, sum) in draws.iter_mut().enumerate() {
            for pair in columns.pairs_of_part(part) {
                let draw = i128::from(columns.pair(problem, *pair).draw_permille);
                *sum += columns.x_of_pair(*pair).map(|x| draw * i128::from(upper[x])).sum::<i128>();
            }
        }
        let alive = index.components_of.iter().map(Vec::len).collect();
        let dead = vec![false; problem.components.len()];
        Self { problem, index, columns, upper, dead, required_by, cures, points, alive, draws, tasks: Vec::new() }
    }

    fn run(mut self) {
        self.tasks.extend((0..self.problem.components.len()).map(Task::Refill));
        self.tasks.extend((0..self.columns.parts.len()).map(Task::Reticket));
        for request in 0..self.problem.requests.len() {
            let hopeless = self.problem.requests[request].obstacles.iter().any(|found| found.mitigation.is_none());
            if (hopeless && self.problem.enforces(Rule::Obstacle)) || self.falls_short(request) {
                self.kill_request(request);
            }
            if self.alive[request] == 0 {
                self.kill_package(request);
            }
        }
        while let Some(task) = self.tasks.pop() {
            match task {
                Task::Kill(component) => self.kill(component),
                Task::Refill(component) => {
                    if self.reach(component) < i128::from(self.problem.components[component].minimum) {
                        self.kill(component);
                    }
                }
                Task::Reticket(part) => self.check_ticket(part),
            }
        }
        self.close();
    }

    /// Most that can arrive of a component.
    fn reach(&self, component: usize) -> i128 {
        let pairs = self.columns.pairs_of_component(component);
        let Some(most) = self.problem.components[component].period_max else {
            return pairs.flat_map(|pair| self.columns.x_of_pair(pair)).map(|x| i128::from(self.upper[x])).sum();
        };
        let mut by_period: BTreeMap<usize, i128> = BTreeMap::new();
        for pair in pairs {
            let first = self.columns.pair(self.problem, pair).first.at();
            for (period, x) in (first..).zip(self.columns.x_of_pair(pair)) {
                *by_period.entry(period).or_default() += i128::from(self.upper[x]);
            }
        }
        by_period.into_values().map(|sum| sum.min(most.into())).sum()
    }

    fn falls_short(&self, request: usize) -> bool {
        self.problem.enforces(Rule::Sustainability)
            && self.points[request] < i128::from(self.problem.requests[request].sustainability_threshold)
    }

    fn kill(&mut self, component: usize) {
        if std::mem::replace(&mut self.dead[component], true) {
            return;
        }
        for pair in self.columns.pairs_of_component(component) {
            self.empty(pair);
        }
        let found = &self.problem.components[component];
        let request = found.request.at();
        self.alive[request] -= 1;
        self.points[request] -= i128::from(found.sustainability_points);
        if self.problem.enforces(Rule::Bundle) {
            self.tasks.extend(self.required_by[component].iter().map(|other| Task::Kill(*other)));
        }
        if (self.cures[component] && self.problem.enforces(Rule::Obstacle)) || self.falls_short(request) {
            self.kill_request(request);
        }
        if self.alive[request] == 0 {
            self.kill_package(request);
        }
    }

    fn kill_request(&mut self, request: usize) {
        if self.alive[request] > 0 {
            self.tasks.extend(self.index.components_of[request].iter().map(|component| Task::Kill(*component)));
        }
    }

    fn kill_package(&mut self, request: usize) {
        let Some(first) = self.index.package_of[request] else { return };
        if self.problem.enforces(Rule::Package) {
            for other in &self.index.packages[&first] {
                self.kill_request(*other);
            }
        }
    }

    /// Sets the u of a pair to 0.
    fn empty(&mut self, pair: usize) {
        let part = self.columns.part_of(pair);
        let draw = i128::from(self.columns.pair(self.problem, pair).draw_permille);
        let mut shrunk = false;
        for x in self.columns.x_of_pair(pair) {
            let before = std::mem::take(&mut self.upper[x]);
            self.draws[part] -= draw * i128::from(before);
            shrunk |= before > 0;
        }
        if shrunk {
            self.tasks.push(Task::Reticket(part));
        }
    }

    fn check_ticket(&mut self, part: usize) {
        let offer = &self.problem.offers[self.columns.parts[part].0];
        let Some(least) = offer.ticket_min.filter(|_| self.problem.enforces(Rule::Ticket)) else { return };
        if self.draws[part] > 0 && self.draws[part] < i128::from(least) * 1000 {
            for pair in self.columns.pairs_of_part(part) {
                self.empty(*pair);
                self.tasks.push(Task::Refill(self.columns.component_of(*pair)));
            }
        }
    }

    /// What the deaths mean for served and `takes_part`.
    fn close(self) {
        for (component, dead) in self.dead.iter().enumerate() {
            self.upper[self.columns.served_component(component)] = i64::from(!dead);
        }
        for (request, alive) in self.alive.iter().enumerate() {
            self.upper[self.columns.served_request(request)] = i64::from(*alive > 0);
        }
        for (part, draw) in self.draws.iter().enumerate() {
            self.upper[self.columns.takes_part(part)] = i64::from(*draw > 0);
        }
    }
}
