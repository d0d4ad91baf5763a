//! ¶72, 92: of everybody's need the first tenth counts most.

use std::collections::BTreeSet;

use needmatch_domain::goal::{EquityBy, GoalName};
use needmatch_domain::problem::{Problem, State};

use crate::columns::TENTHS;
use crate::index::Index;
use crate::recount::{Model, Recount};
use crate::row::DerivedRow;
use crate::tally::Tally;

/// Permille in one tenth.
const TENTH: i128 = 100;

pub(crate) fn value(tally: &Tally<'_>, by: EquityBy) -> i128 {
    let recount = tally.recount;
    let places = places(recount.problem, by);
    let count = places.iter().flatten().max().map_or(0, |last| last + 1);
    let (mut asked, mut received) = (vec![0_i128; count], vec![0_i128; count]);
    let costs = tally.cost_by_state();
    for (state, place) in places.iter().enumerate() {
        if let Some(place) = place {
            asked[*place] += i128::from(recount.index.asked[state]);
            received[*place] += costs[state];
        }
    }
    let pairs = asked.into_iter().zip(received).filter(|(asked, _)| *asked > 0);
    pairs.map(|(asked, received)| worth((1000 * received / asked).min(1000))).sum()
}

/// What a share in permille is worth, each tenth less than the one before.
fn worth(share: i128) -> i128 {
    (0..TENTHS as i128).map(|tenth| (TENTHS as i128 - tenth) * (share - TENTH * tenth).clamp(0, TENTH)).sum()
}

/// Where each state counts: its own place, or that of its finest region among those regions sorted by name.
fn places(problem: &Problem, by: EquityBy) -> Vec<Option<usize>> {
    match by {
        EquityBy::State => (0..problem.states.len()).map(Some).collect(),
        EquityBy::Region => {
            let finest = |state: &State| state.regions.first().cloned();
            let names: Vec<_> = problem.states.iter().filter_map(finest).collect::<BTreeSet<_>>().into_iter().collect();
            let place = |state: &State| names.binary_search(state.regions.first()?).ok();
            problem.states.iter().map(place).collect()
        }
    }
}

/// Who is compared, and what each asked for; nobody when equity is no goal.
#[derive(Debug)]
pub(crate) struct Needs {
    /// Where each state counts.
    places: Vec<Option<usize>>,
    /// Σ `unit_cost` · outstanding of each place's components that have a pair.
    pub(crate) asked: Vec<i64>,
}

impl Needs {
    pub(crate) fn of(problem: &Problem, index: &Index) -> Self {
        let goal = problem.goals.iter().find(|goal| goal.goal == GoalName::Equity);
        let places = goal.map(|goal| places(problem, goal.by)).unwrap_or_default();
        let mut asked = vec![0_i64; places.iter().flatten().max().map_or(0, |last| last + 1)];
        for (state, place) in places.iter().enumerate() {
            if let Some(place) = place {
                asked[*place] = asked[*place].saturating_add(index.asked[state]);
            }
        }
        Self { places, asked }
    }
}

pub(crate) fn terms(model: &Model) -> Vec<(usize, i64)> {
    let who = model.needs.asked.iter().enumerate().filter(|(_, asked)| **asked > 0).map(|(who, _)| who);
    let tenth = |who: usize| (0..TENTHS).zip((1_i64..=10).rev()).map(move |(tenth, worth)| (who, tenth, worth));
    who.flat_map(tenth).map(|(who, tenth, worth)| (model.columns.share(who, tenth), worth)).collect()
}

pub(crate) fn row(recount: &Recount<'_>, model: &Model, who: usize) -> Option<DerivedRow> {
    let asked = *model.needs.asked.get(who).filter(|asked| **asked > 0)?;
    let mut terms: Vec<_> = (0..TENTHS).map(|tenth| (model.columns.share(who, tenth), asked)).collect();
    let places = &model.needs.places;
    let states = places.iter().enumerate().filter(|(_, place)| **place == Some(who));
    let requests = states.flat_map(|(state, _)| &recount.index.requests_of[state]);
    for component in requests.flat_map(|request| &recount.index.components_of[*request]) {
        let cost = 1000 * recount.problem.components[*component].unit_cost;
        terms.extend(model.x_of_component(recount, *component, None).map(|x| (x, -cost)));
    }
    Some(DerivedRow::at_most(terms, 0).after(places.len()))
}
