//! The unknowns of the problem in one numbering, and which of them a name means.
//!
//! Pairs are numbered through all components; an offer that may serve a request is a *part*, a provider of such an
//! offer a *help*. Both exist only where there is a pair.

use std::ops::Range;

use needmatch_domain::column::{Column, ColumnKey};
use needmatch_domain::goal::GoalName;
use needmatch_domain::problem::{Pair, Problem, Step};

use crate::index::Index;

/// Tenths of a need that `equity` looks at.
pub(crate) const TENTHS: usize = 10;

/// Positions of all unknowns. One kind of column follows the other; `begin` of each is its first position.
#[derive(Debug)]
pub(crate) struct Columns {
    /// First pair of each component, and one past the last.
    pairs_from: Vec<usize>,
    component_of: Vec<usize>,
    /// First x of each pair, and one past the last.
    x_from: Vec<usize>,
    /// The part each pair belongs to.
    part_of: Vec<usize>,
    /// Offer and request of each part, sorted.
    pub(crate) parts: Vec<(usize, usize)>,
    /// Pairs sorted by part, and where each part begins among them.
    part_pairs: Vec<usize>,
    part_from: Vec<usize>,
    help_of: Vec<usize>,
    /// Request and provider of each help, sorted.
    pub(crate) helps: Vec<(usize, usize)>,
    /// Place of each component with a step among those whose arrival counts.
    arrival_of: Vec<Option<usize>>,
    periods: usize,
    requests: usize,
    components: usize,
    begin: [usize; Column::ALL.len() + 1],
    exists: [bool; Column::ALL.len()],
}

/// How many unknowns a problem has at most, without building anything.
pub(crate) fn count(problem: &Problem) -> u128 {
    let pairs = || problem.components.iter().flat_map(|component| &component.pairs);
    let x: u128 = pairs().map(|pair| u128::from(pair.last.0 - pair.first.0) + 1).sum();
    let periods = problem.periods.len() as u128;
    let rows = (problem.requests.len() * 2 + problem.components.len() * 2 + problem.baseline.len()) as u128;
    let tables = (problem.requests.len() + problem.components.len()) as u128 * periods;
    x + 2 * pairs().count() as u128 + rows + tables + (TENTHS as u128 + 1) * problem.states.len() as u128 + 1
}

impl Columns {
    pub(crate) fn of(problem: &Problem) -> Self {
        let (mut pairs_from, mut component_of, mut x_from) = (vec![0], Vec::new(), vec![0]);
        for (position, component) in problem.components.iter().enumerate() {
            for pair in &component.pairs {
                component_of.push(position);
                x_from.push(x_from[x_from.len() - 1] + pair.last.at() + 1 - pair.first.at());
            }
            pairs_from.push(component_of.len());
        }
        let key = |pair: usize| {
            let component = &problem.components[component_of[pair]];
            (component.pairs[pair - pairs_from[component_of[pair]]].offer.at(), component.request.at())
        };
        let mut part_pairs: Vec<usize> = (0..component_of.len()).collect();
        part_pairs.sort_by_cached_key(|pair| key(*pair));
        let (mut parts, mut part_from, mut part_of) = (Vec::new(), Vec::new(), vec![0; component_of.len()]);
        for (place, pair) in part_pairs.iter().enumerate() {
            if parts.last() != Some(&key(*pair)) {
                parts.push(key(*pair));
                part_from.push(place);
            }
            part_of[*pair] = parts.len() - 1;
        }
        part_from.push(part_pairs.len());
        let helper = |part: &(usize, usize)| (part.1, problem.offers[part.0].provider.at());
        let mut helps: Vec<_> = parts.iter().map(helper).collect();
        helps.sort_unstable();
        helps.dedup();
        let help_of = parts.iter().map(|part| helps.partition_point(|help| *help < helper(part))).collect();
        let mut arrivals = 0;
        let arrival_of = problem.components.iter().map(|component| {
            let step = problem.requests[component.request.at()].step;
            matches!(step, Some(Step::RecordKeeping | Step::Legislation)).then(|| {
                arrivals += 1;
                arrivals - 1
            })
        });
        let arrival_of: Vec<_> = arrival_of.collect();
        let mut columns = Self {
            pairs_from,
            component_of,
            x_from,
            part_of,
            parts,
            part_pairs,
            part_from,
            help_of,
            helps,
            arrival_of,
            periods: problem.periods.len(),
            requests: problem.requests.len(),
            components: problem.components.len(),
            begin: [0; Column::ALL.len() + 1],
            exists: [true; Column::ALL.len()],
        };
        for (place, column) in Column::ALL.iter().enumerate() {
            let size = columns.size(problem, *column, arrivals);
            let needed_by = goal_of(*column);
            columns.exists[place] = needed_by.is_none_or(|name| problem.goals.iter().any(|goal| goal.goal == name));
            columns.begin[place + 1] = columns.begin[place] + size;
        }
        columns
    }

    fn size(&self, problem: &Problem, column: Column, arrivals: usize) -> usize {
        match column {
            Column::X => self.x_from[self.x_from.len() - 1],
            Column::ServedComponent | Column::FullComponent => self.components,
            Column::ServedRequest | Column::FullRequest => self.requests,
            Column::TakesPart => self.parts.len(),
            Column::Helps => self.helps.len(),
            Column::Runs => self.requests * self.periods,
            Column::Arrived => arrivals * self.periods,
            // Regions are fewer than states: each stands for at least one.
            Column::Share => problem.states.len() * TENTHS,
            Column::Both => problem.states.len(),
            Column::Kept => problem.baseline.len(),
            Column::Delivery => 1,
        }
    }

    fn place(&self, column: Column, position: usize) -> usize {
        self.begin[column as usize] + position
    }

    /// Number of unknowns.
    pub(crate) fn len(&self) -> usize {
        self.begin[Column::ALL.len()]
    }

    /// Number of x, which come first.
    pub(crate) fn x_len(&self) -> usize {
        self.begin[1]
    }

    /// The pairs of a component, numbered through.
    pub(crate) fn pairs_of_component(&self, component: usize) -> Range<usize> {
        self.pairs_from[component]..self.pairs_from[component + 1]
    }

    /// The pairs of a part.
    pub(crate) fn pairs_of_part(&self, part: usize) -> &[usize] {
        &self.part_pairs[self.part_from[part]..self.part_from[part + 1]]
    }

    /// The parts of an offer.
    pub(crate) fn parts_of_offer(&self, offer: usize) -> Range<usize> {
        let from = self.parts.partition_point(|part| part.0 < offer);
        from..self.parts.partition_point(|part| part.0 <= offer)
    }

    /// The helps of a request.
    pub(crate) fn helps_of_request(&self, request: usize) -> Range<usize> {
        let from = self.helps.partition_point(|help| help.0 < request);
        from..self.helps.partition_point(|help| help.0 <= request)
    }

    /// Component of a pair.
    pub(crate) fn component_of(&self, pair: usize) -> usize {
        self.component_of[pair]
    }

    /// The pair at a number.
    pub(crate) fn pair<'p>(&self, problem: &'p Problem, pair: usize) -> &'p Pair {
        let component = self.component_of[pair];
        &problem.components[component].pairs[pair - self.pairs_from[component]]
    }

    /// Part of a pair.
    pub(crate) fn part_of(&self, pair: usize) -> usize {
        self.part_of[pair]
    }

    /// The pair of component and offer that holds the period, by number.
    pub(crate) fn find_pair(&self, problem: &Problem, component: usize, offer: usize, period: usize) -> Option<usize> {
        let pairs = &problem.components.get(component)?.pairs;
        let after = pairs.partition_point(|pair| (pair.offer.at(), pair.first.at()) <= (offer, period));
        let place = after.checked_sub(1)?;
        let holds = pairs[place].offer.at() == offer && pairs[place].last.at() >= period;
        holds.then(|| self.pairs_from[component] + place)
    }

    /// The x of a pair, in order of period.
    pub(crate) fn x_of_pair(&self, pair: usize) -> Range<usize> {
        self.x_from[pair]..self.x_from[pair + 1]
    }

    /// The pair an x belongs to.
    pub(crate) fn pair_of_x(&self, x: usize) -> usize {
        self.x_from.partition_point(|from| *from <= x) - 1
    }

    /// The x of a pair in a period of its range.
    pub(crate) fn x(&self, problem: &Problem, pair: usize, period: usize) -> usize {
        self.x_from[pair] + period - self.pair(problem, pair).first.at()
    }

    pub(crate) fn served_component(&self, component: usize) -> usize {
        self.place(Column::ServedComponent, component)
    }

    pub(crate) fn served_request(&self, request: usize) -> usize {
        self.place(Column::ServedRequest, request)
    }

    pub(crate) fn takes_part(&self, part: usize) -> usize {
        self.place(Column::TakesPart, part)
    }

    /// The part of an offer in a request.
    pub(crate) fn find_part(&self, offer: usize, request: usize) -> Option<usize> {
        self.parts.binary_search(&(offer, request)).ok()
    }

    pub(crate) fn helps(&self, help: usize) -> usize {
        self.place(Column::Helps, help)
    }

    /// The help a part implies.
    pub(crate) fn help_of(&self, part: usize) -> usize {
        self.help_of[part]
    }

    pub(crate) fn runs(&self, request: usize, period: usize) -> usize {
        self.place(Column::Runs, request * self.periods + period)
    }

    pub(crate) fn arrived(&self, component: usize, period: usize) -> Option<usize> {
        let place = (*self.arrival_of.get(component)?)?;
        (period < self.periods).then(|| self.place(Column::Arrived, place * self.periods + period))
    }

    pub(crate) fn full_component(&self, component: usize) -> usize {
        self.place(Column::FullComponent, component)
    }

    pub(crate) fn full_request(&self, request: usize) -> usize {
        self.place(Column::FullRequest, request)
    }

    pub(crate) fn share(&self, who: usize, tenth: usize) -> usize {
        self.place(Column::Share, who * TENTHS + tenth)
    }

    pub(crate) fn both(&self, state: usize) -> usize {
        self.place(Column::Both, state)
    }

    pub(crate) fn kept(&self, row: usize) -> usize {
        self.place(Column::Kept, row)
    }

    pub(crate) fn delivery(&self) -> usize {
        self.place(Column::Delivery, 0)
    }

    /// The position of a named column, where the problem has it.
    pub(crate) fn find(&self, problem: &Problem, index: &Index, whos: usize, key: &ColumnKey) -> Option<usize> {
        if !self.exists[key.column as usize] {
            return None;
        }
        let entities = positions(key.entities());
        let within = |limit: usize| Some(entities[0]).filter(|position| *position < limit);
        match key.column {
            Column::X => {
                let pair = self.find_pair(problem, entities[0], entities[1], entities[2])?;
                Some(self.x(problem, pair, entities[2]))
            }
            Column::ServedComponent => within(self.components).map(|found| self.served_component(found)),
            Column::ServedRequest => within(self.requests).map(|found| self.served_request(found)),
            Column::TakesPart => self.find_part(entities[0], entities[1]).map(|found| self.takes_part(found)),
            Column::Helps => {
                let found = self.helps.binary_search(&(entities[1], entities[0])).ok()?;
                Some(self.helps(found))
            }
            Column::Runs => {
                within(self.requests).filter(|_| entities[1] < self.periods).map(|found| self.runs(found, entities[1]))
            }
            Column::Arrived => self.arrived(entities[0], entities[1]),
            Column::FullComponent => within(self.components).map(|found| self.full_component(found)),
            Column::FullRequest => within(self.requests).map(|found| self.full_request(found)),
            Column::Share => within(whos).filter(|_| entities[1] < TENTHS).map(|found| self.share(found, entities[1])),
            Column::Both => {
                within(index.asks_both.len()).filter(|state| index.asks_both[*state]).map(|found| self.both(found))
            }
            Column::Kept => within(problem.baseline.len()).map(|found| self.kept(found)),
            Column::Delivery => Some(self.delivery()),
        }
    }
}

/// The entities of a key as positions; those it does not name are 0.
pub(crate) fn positions(entities: &[u32]) -> [usize; 3] {
    let mut filled = [0; 3];
    for (place, entity) in filled.iter_mut().zip(entities) {
        *place = *entity as usize;
    }
    filled
}

/// The goal without which a kind of column is not there.
fn goal_of(column: Column) -> Option<GoalName> {
    match column {
        Column::FullComponent | Column::FullRequest => Some(GoalName::Completed),
        Column::Share => Some(GoalName::Equity),
        Column::Both => Some(GoalName::Synergy),
        Column::Kept => Some(GoalName::Stability),
        Column::Delivery => Some(GoalName::Economy),
        _ => None,
    }
}
