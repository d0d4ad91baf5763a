//! The two readings of the rules are one: over every plan of thousands of small problems, the plan breaks a rule
//! exactly when its unknowns break a row or leave the box, and a goal's terms give the goal's value.

use std::collections::BTreeMap;

use needmatch_domain::area::Family;
use needmatch_domain::column::{Column, ColumnKey};
use needmatch_domain::goal::{EquityBy, GoalName};
use needmatch_domain::plan::Match;
use needmatch_domain::problem::{Problem, Step};
use needmatch_domain::row::{Row, RowKey};
use proptest::prelude::*;

use super::random::{plans, random};
use crate::{DerivedRow, Recount, goals};

/// Every key whose entities are small.
pub(super) fn keys<K>(arity: usize, key: impl Fn(&[u32]) -> K) -> Vec<K> {
    let range = 0..12_u32;
    match arity {
        0 => vec![key(&[])],
        1 => range.map(|first| key(&[first])).collect(),
        2 => range
            .clone()
            .flat_map(|first| range.clone().map(move |second| [first, second]))
            .map(|two| key(&two))
            .collect(),
        _ => (0..4_u32)
            .flat_map(|first| (0..3_u32).flat_map(move |second| (0..3_u32).map(move |third| [first, second, third])))
            .map(|three| key(&three))
            .collect(),
    }
}

/// Every row of a small problem.
pub(super) fn rows(recount: &Recount<'_>, held: &[i64]) -> Vec<(RowKey, DerivedRow)> {
    let all = Row::ALL.iter().flat_map(|row| keys(row.arity(), |entities| RowKey::of(*row, entities)));
    all.filter_map(|key| recount.row(held, &key).map(|row| (key, row))).collect()
}

/// Every column of a small problem, with its position.
pub(super) fn columns(recount: &Recount<'_>) -> Vec<(ColumnKey, usize)> {
    let all = Column::ALL.iter().flat_map(|column| keys(column.arity(), |entities| ColumnKey::of(*column, entities)));
    all.filter_map(|key| recount.column(&key).map(|position| (key, position))).collect()
}

/// What a plan makes of an unknown, by its definition in words.
fn meaning(problem: &Problem, plan: &[Match], key: &ColumnKey) -> i64 {
    let entities: Vec<usize> = key.entities().iter().map(|entity| *entity as usize).collect();
    let request = |found: &Match| problem.components[found.component.at()].request.at();
    let state = |found: &Match| problem.requests[request(found)].state.at();
    let some = |matters: &dyn Fn(&Match) -> bool| i64::from(plan.iter().any(matters));
    let full = |component: usize| {
        let given: i64 =
            plan.iter().filter(|found| found.component.at() == component).map(|found| found.quantity).sum();
        given >= problem.components[component].outstanding
    };
    match key.column {
        Column::X => plan
            .iter()
            .filter(|found| [found.component.at(), found.offer.at(), found.period.at()] == entities[..])
            .map(|found| found.quantity)
            .sum(),
        Column::ServedComponent => some(&|found| found.component.at() == entities[0]),
        Column::ServedRequest => some(&|found| request(found) == entities[0]),
        Column::TakesPart => some(&|found| found.offer.at() == entities[0] && request(found) == entities[1]),
        Column::Helps => some(&|found| {
            problem.offers[found.offer.at()].provider.at() == entities[0] && request(found) == entities[1]
        }),
        Column::Runs => some(&|found| request(found) == entities[0] && found.period.at() == entities[1]),
        Column::Arrived => some(&|found| found.component.at() == entities[0] && found.period.at() <= entities[1]),
        Column::FullComponent => i64::from(full(entities[0])),
        Column::FullRequest => {
            let own = || problem.components.iter().enumerate().filter(|(_, one)| one.request.at() == entities[0]);
            i64::from(own().all(|(position, one)| {
                full(position) || (one.choice.is_some() && own().any(|(at, two)| two.choice == one.choice && full(at)))
            }))
        }
        Column::Share => {
            let by = problem.goals.iter().find(|goal| goal.goal == GoalName::Equity).unwrap().by;
            let asked = |one: &needmatch_domain::problem::Component| {
                if one.pairs.is_empty() { 0 } else { one.unit_cost * one.outstanding }
            };
            let mut needs: BTreeMap<String, (i64, i64)> = BTreeMap::new();
            for (position, found) in problem.states.iter().enumerate() {
                let name = match by {
                    EquityBy::State => Some(found.code.to_string()),
                    EquityBy::Region => found.regions.first().map(ToString::to_string),
                };
                let Some(name) = name else { continue };
                let need = needs.entry(name).or_default();
                let inside = |one: &needmatch_domain::problem::Component| {
                    problem.requests[one.request.at()].state.at() == position
                };
                need.0 += problem.components.iter().filter(|one| inside(one)).map(asked).sum::<i64>();
                need.1 += plan
                    .iter()
                    .filter(|found| state(found) == position)
                    .map(|found| found.quantity * problem.components[found.component.at()].unit_cost)
                    .sum::<i64>();
            }
            let (asked, cost) = *needs.values().nth(entities[0]).unwrap();
            let share = if asked == 0 { 0 } else { (1000 * cost / asked).min(1000) };
            (share - 100 * i64::try_from(entities[1]).unwrap()).clamp(0, 100)
        }
        Column::Both => {
            let family = |wanted| {
                some(&|found| state(found) == entities[0] && problem.requests[request(found)].family == Some(wanted))
            };
            family(Family::Tracing).min(family(Family::Stockpile))
        }
        Column::Kept => {
            let earlier = &problem.baseline[entities[0]];
            let is_earlier = |found: &&Match| {
                (found.component, found.offer, found.period) == (earlier.component, earlier.offer, earlier.period)
            };
            plan.iter().find(is_earlier).map_or(0, |found| found.quantity.min(earlier.quantity))
        }
        Column::Delivery => {
            let spent: i64 = plan
                .iter()
                .map(|found| {
                    let excess = (problem.offers[found.offer.at()].delivery_permille - 1000).max(0);
                    found.quantity * problem.components[found.component.at()].unit_cost * excess
                })
                .sum();
            (spent + 999) / 1000
        }
    }
}

/// The values of all columns that a plan means.
pub(super) fn assignment(
    recount: &Recount<'_>,
    columns: &[(ColumnKey, usize)],
    plan: &[Match],
) -> BTreeMap<usize, i64> {
    columns.iter().map(|(key, position)| (*position, meaning(recount.problem(), plan, key))).collect()
}

pub(super) fn satisfied(row: &DerivedRow, values: &BTreeMap<usize, i64>) -> bool {
    let left: i128 = row.terms.iter().map(|(column, factor)| i128::from(*factor) * i128::from(values[column])).sum();
    if row.equality { left == row.right } else { left <= row.right }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn rules_and_rows_agree_on_every_plan(seed: u64) {
        let problem = random(seed);
        let recount = Recount::of(&problem).unwrap();
        let (columns, rows) = (columns(&recount), rows(&recount, &[]));
        for plan in plans(&problem) {
            let values = assignment(&recount, &columns, &plan);
            let found = recount.findings(&plan);
            let outside = columns.iter().find(|(key, position)| values[position] > recount.upper(key).unwrap());
            let whole = plan.iter().all(|given| {
                let component = &problem.components[given.component.at()];
                component.divisible || given.quantity == component.outstanding
            });
            let broken = rows.iter().find(|(_, row)| !satisfied(row, &values));
            if found.is_empty() {
                prop_assert!(outside.is_none(), "{plan:?} stands, but leaves the box: {outside:?}");
                prop_assert!(broken.is_none(), "{plan:?} stands, but breaks {broken:?}");
            } else {
                prop_assert!(outside.is_some() || broken.is_some() || !whole, "{plan:?} falls for {found:?} alone");
            }
            for goal in &problem.goals {
                let terms = goals::terms(&recount, goal);
                let sum: i64 = terms.iter().map(|(column, factor)| factor * values[column]).sum();
                prop_assert_eq!(sum, recount.evaluate(&plan, goal), "{} of {:?}", goal.goal, plan);
            }
        }
    }
}

#[test]
fn every_rule_decides_over_some_random_plan() {
    let mut seen = std::collections::BTreeSet::new();
    for seed in 0..400 {
        let problem = random(seed);
        let recount = Recount::of(&problem).unwrap();
        for plan in plans(&problem) {
            seen.extend(recount.findings(&plan).into_iter().map(|found| found.code));
        }
    }
    let missing: Vec<_> =
        crate::Code::ALL.iter().filter(|code| code.rule().is_some() && !seen.contains(code)).collect();
    assert!(missing.is_empty(), "no random plan breaks {missing:?}: the comparison says nothing about them");
    let problems = (0..400).map(random);
    let steps = problems.filter(|problem| problem.requests.iter().any(|request| request.step == Some(Step::Marking)));
    assert!(steps.count() > 50);
}
