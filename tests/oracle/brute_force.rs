//! The truth about a small problem: every plan is tried.
//!
//! Plans that break `demand`, `minimum`, `capacity` or `locked`, which no scenario may relax, are never built: each
//! component is served in every way that these allow, and all ways are combined. Every other rule is left to the
//! check of the whole plan.

use std::collections::BTreeSet;

use needmatch_domain::ids::ComponentIndex;
use needmatch_domain::plan::{Match, Plan};
use needmatch_domain::problem::{Component, Problem};
use needmatch_verify::Recount;

/// Plans above which a case is left out, and counted as left out.
const MOST_PLANS: u64 = 60_000;

/// Ways to serve one component above which a case is left out.
const MOST_WAYS: usize = 20_000;

/// The goal values of all plans that satisfy the rules.
#[derive(Debug)]
pub(crate) struct Plans {
    values: BTreeSet<Vec<i64>>,
    /// Plans that were looked at.
    pub(crate) tried: u64,
}

impl Plans {
    /// `None` when there are too many plans to try.
    pub(crate) fn of(problem: &Problem, recount: &Recount<'_>) -> Option<Self> {
        let ways: Vec<_> = (0..problem.components.len())
            .map(|position| ways(problem, ComponentIndex::of(position)))
            .collect::<Option<_>>()?;
        let mut search = Search {
            problem,
            recount,
            ways,
            drawn: vec![0; problem.offers.len()],
            plan: Vec::new(),
            found: Self { values: BTreeSet::new(), tried: 0 },
        };
        search.from(0).then_some(search.found)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The best of a goal over the plans that hold the earlier ones; `None` when no plan does.
    pub(crate) fn best(&self, goal: usize, held: &[i64]) -> Option<i64> {
        let holds = |values: &&Vec<i64>| values.iter().zip(held).all(|(value, held)| value >= held);
        self.values.iter().filter(holds).map(|values| values[goal]).max()
    }

    /// The best of each goal in order, the earlier ones held; empty when no plan satisfies the rules.
    pub(crate) fn in_order(&self, problem: &Problem) -> Vec<i64> {
        let mut best = Vec::new();
        for goal in 0..problem.goals.len() {
            match self.best(goal, &held(problem, &best)) {
                Some(value) => best.push(value),
                None => return Vec::new(),
            }
        }
        best
    }
}

/// What the goals before the next one are held at (`docs/rules.md`, give).
pub(crate) fn held(problem: &Problem, best: &[i64]) -> Vec<i64> {
    let stage = best.len();
    let given =
        |earlier: usize| problem.goals[earlier + 1..=stage].iter().map(|goal| i64::from(goal.give)).sum::<i64>();
    best.iter().enumerate().map(|(earlier, value)| value - value.abs() * given(earlier) / 1000).collect()
}

struct Search<'a> {
    problem: &'a Problem,
    recount: &'a Recount<'a>,
    ways: Vec<Vec<Vec<Match>>>,
    /// Thousandths of each offer's unit that the plan at hand takes.
    drawn: Vec<i64>,
    plan: Vec<Match>,
    found: Plans,
}

impl Search<'_> {
    /// Combines the components from a position on; false when there are too many plans.
    fn from(&mut self, position: usize) -> bool {
        if position == self.ways.len() {
            return self.look();
        }
        for way in 0..self.ways[position].len() {
            let matches = self.ways[position][way].clone();
            self.draw(&matches, 1);
            let fits = matches
                .iter()
                .all(|found| self.drawn[found.offer.at()] <= 1000 * self.problem.offers[found.offer.at()].quantity);
            self.plan.extend_from_slice(&matches);
            let went_on = !fits || self.from(position + 1);
            self.plan.truncate(self.plan.len() - matches.len());
            self.draw(&matches, -1);
            if !went_on {
                return false;
            }
        }
        true
    }

    fn draw(&mut self, matches: &[Match], sign: i64) {
        for found in matches {
            let pair = self.problem.components[found.component.at()].pair(found.offer, found.period);
            self.drawn[found.offer.at()] += sign * found.quantity * pair.map_or(0, |pair| pair.draw_permille);
        }
    }

    fn look(&mut self) -> bool {
        self.found.tried += 1;
        let plan = Plan::of(self.plan.clone());
        if self.recount.findings(&plan.matches).is_empty() {
            let values = self.problem.goals.iter().map(|goal| self.recount.evaluate(&plan.matches, goal));
            self.found.values.insert(values.collect());
        }
        self.found.tried <= MOST_PLANS
    }
}

/// Every way to serve a component, or not to, by its own limits and locks; `None` when there are too many.
fn ways(problem: &Problem, index: ComponentIndex) -> Option<Vec<Vec<Match>>> {
    let component = &problem.components[index.at()];
    let mut ways = vec![(Vec::new(), 0)];
    for pair in &component.pairs {
        for period in pair.periods() {
            let cell = Match { component: index, offer: pair.offer, period, quantity: 0 };
            let mut longer = Vec::new();
            for (way, given) in ways {
                for quantity in quantities(problem, component, cell, given) {
                    let mut way: Vec<Match> = way.clone();
                    way.extend((quantity > 0).then_some(Match { quantity, ..cell }));
                    longer.push((way, given + quantity));
                }
            }
            if longer.len() > MOST_WAYS {
                return None;
            }
            ways = longer;
        }
    }
    let useful = |given: i64| given == 0 || given >= component.minimum;
    Some(ways.into_iter().filter(|(_, given)| useful(*given)).map(|(way, _)| way).collect())
}

/// What one cell may give a component that has received something already.
fn quantities(problem: &Problem, component: &Component, cell: Match, given: i64) -> Vec<i64> {
    let same = |lock: &&Match| (lock.component, lock.offer, lock.period) == (cell.component, cell.offer, cell.period);
    let locked = problem.locks.iter().find(same).map(|lock| lock.quantity);
    let possible = |quantity: &i64| {
        locked.is_none_or(|locked| *quantity == locked)
            && (component.divisible || *quantity == 0 || *quantity == component.outstanding)
    };
    (0..=component.outstanding - given).filter(possible).collect()
}
