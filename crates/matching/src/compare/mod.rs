//! Two runs side by side: what they were told differently, what changed match by match, and which difference explains
//! each change.
//!
//! A change is explained by the nearest difference: one of its own component, request, offer or state; else one of
//! something it competes with, reached over changed matches that share an offer or a component; else one that concerns
//! everything, such as goals or weights. Entities are compared by name, so two rounds need not have the same tables.

mod facts;

use std::collections::{BTreeMap, BTreeSet};

use needmatch_domain::plan::Plan;
use needmatch_domain::problem::Problem;
use serde::Serialize;

/// Something that two problems say differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Table of the problem, such as `offers`; `settings` for what concerns everything.
    pub table: String,
    /// Its entity.
    pub id: String,
    /// Its member.
    pub field: String,
    /// In the first; `None`: not there.
    pub before: Option<String>,
    /// In the second; `None`: not there.
    pub after: Option<String>,
}

/// How a change is explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Explained {
    /// By a difference of the match's own component, request, offer or state.
    Own,
    /// By a difference of something it competes with.
    Competition,
    /// By a difference that concerns everything.
    General,
    /// By none: both runs were told the same, and stopped at different plans.
    Search,
}

/// A match that is not the same in both plans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// The component.
    pub component: String,
    /// The offer.
    pub offer: String,
    /// The period.
    pub period: String,
    /// Quantity in the first.
    pub before: i64,
    /// Quantity in the second.
    pub after: i64,
    /// How it is explained.
    pub explained: Explained,
    /// Positions of the differences that explain it.
    pub by: Vec<usize>,
}

/// Everything that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// What was told differently.
    pub differences: Vec<Difference>,
    /// What came out differently, by component, offer and period.
    pub matches: Vec<Changed>,
    /// Matches that are the same.
    pub same: usize,
}

/// Names of component, offer and period.
type Key = (String, String, String);

/// Compares two plans of two problems.
pub fn compare(first: (&Problem, &Plan), second: (&Problem, &Plan)) -> Comparison {
    let differences = differences(first.0, second.0);
    let (before, after) = (quantities(first), quantities(second));
    let keys: BTreeSet<&Key> = before.keys().chain(after.keys()).collect();
    let quantity = |plan: &BTreeMap<Key, i64>, key: &Key| plan.get(key).copied().unwrap_or(0);
    let (changed, same): (Vec<&Key>, Vec<&Key>) =
        keys.into_iter().partition(|key| quantity(&before, key) != quantity(&after, key));
    let owners = owners([first.0, second.0]);
    let own: Vec<Vec<usize>> = changed.iter().map(|key| own(&differences, &owners, key)).collect();
    let general: Vec<usize> = positions(&differences, |difference| difference.table == "settings");
    let matches = changed
        .iter()
        .enumerate()
        .map(|(at, key)| {
            let (explained, by) = explain(at, &changed, &own, &general);
            Changed {
                component: key.0.clone(),
                offer: key.1.clone(),
                period: key.2.clone(),
                before: quantity(&before, key),
                after: quantity(&after, key),
                explained,
                by,
            }
        })
        .collect();
    Comparison { differences, matches, same: same.len() }
}

fn differences(first: &Problem, second: &Problem) -> Vec<Difference> {
    let (before, after) = (facts::of(first), facts::of(second));
    let keys: BTreeSet<&facts::Place> = before.keys().chain(after.keys()).collect();
    keys.into_iter()
        .filter(|place| before.get(*place) != after.get(*place))
        .map(|place| Difference {
            table: place.0.to_owned(),
            id: place.1.clone(),
            field: place.2.clone(),
            before: before.get(place).cloned(),
            after: after.get(place).cloned(),
        })
        .collect()
}

fn quantities((problem, plan): (&Problem, &Plan)) -> BTreeMap<Key, i64> {
    let name = |found: &needmatch_domain::plan::Match| {
        (
            problem.components[found.component.at()].id.to_string(),
            problem.offers[found.offer.at()].id.to_string(),
            problem.periods[found.period.at()].to_string(),
        )
    };
    plan.matches.iter().map(|found| (name(found), found.quantity)).collect()
}

/// Request and state of each component.
fn owners(problems: [&Problem; 2]) -> BTreeMap<String, (String, String)> {
    let of = |problem: &Problem| -> Vec<(String, (String, String))> {
        let named = |component: &needmatch_domain::problem::Component| {
            let request = &problem.requests[component.request.at()];
            let state = problem.states[request.state.at()].code.to_string();
            (component.id.to_string(), (request.id.to_string(), state))
        };
        problem.components.iter().map(named).collect()
    };
    problems.into_iter().flat_map(of).collect()
}

fn positions(differences: &[Difference], holds: impl Fn(&Difference) -> bool) -> Vec<usize> {
    (0..differences.len()).filter(|&at| holds(&differences[at])).collect()
}

fn own(differences: &[Difference], owners: &BTreeMap<String, (String, String)>, key: &Key) -> Vec<usize> {
    let (request, state) = owners.get(&key.0).cloned().unwrap_or_default();
    positions(differences, |difference| match difference.table.as_str() {
        "components" => difference.id == key.0,
        "requests" => difference.id == request,
        "offers" => difference.id == key.1,
        "states" => difference.id == state,
        "pairs" | "locks" => {
            let mut parts = difference.id.split('@');
            parts.next() == Some(&key.0) && parts.next() == Some(&key.1)
        }
        _ => false,
    })
}

/// The nearest differences over changed matches that share an offer or a component.
fn explain(start: usize, changed: &[&Key], own: &[Vec<usize>], general: &[usize]) -> (Explained, Vec<usize>) {
    let mut reached = BTreeSet::from([start]);
    let mut ring = vec![start];
    let mut distance = 0;
    while !ring.is_empty() {
        let by: BTreeSet<usize> = ring.iter().flat_map(|&at| own[at].iter().copied()).collect();
        if !by.is_empty() {
            let explained = if distance == 0 { Explained::Own } else { Explained::Competition };
            return (explained, by.into_iter().collect());
        }
        let touches = |other: usize| {
            ring.iter().any(|&at| changed[at].0 == changed[other].0 || changed[at].1 == changed[other].1)
        };
        let next: Vec<usize> = (0..changed.len()).filter(|other| !reached.contains(other) && touches(*other)).collect();
        reached.extend(&next);
        ring = next;
        distance += 1;
    }
    let explained = if general.is_empty() { Explained::Search } else { Explained::General };
    (explained, general.to_vec())
}

#[cfg(test)]
mod tests {
    use needmatch_domain::plan::Plan;

    use super::{Explained, compare};
    use crate::test_scenario::{id, matched, one_pair};

    #[test]
    fn a_change_is_explained_by_its_own_offer_then_by_its_rivals_then_by_the_search() {
        let two = || one_pair().request("R2", |request| request.state = id("KEN")).component("C2", "R2", |_| {});
        let before = two().problem();
        let after = two().with(|scenario| scenario.requests[0].priority = 1).problem();
        let (first, second) = (Plan::of(vec![matched(1, 0, 0, 10)]), Plan::of(vec![matched(0, 0, 0, 10)]));
        let found = compare((&before, &first), (&after, &second));
        let how: Vec<_> = found.matches.iter().map(|change| (change.component.as_str(), change.explained)).collect();
        assert_eq!(how, [("C1", Explained::Own), ("C2", Explained::Competition)]);
        assert!(found.differences.iter().any(|difference| difference.id == "R1" && difference.field == "weight"));

        let found = compare((&before, &first), (&before, &second));
        assert!(found.differences.is_empty());
        assert!(found.matches.iter().all(|change| change.explained == Explained::Search));
    }

    #[test]
    fn entities_are_compared_by_name() {
        let before = one_pair().problem();
        let after = one_pair().offer("A1", "D2", |_| {}).problem();
        let found =
            compare((&before, &Plan::of(vec![matched(0, 0, 0, 10)])), (&after, &Plan::of(vec![matched(0, 1, 0, 10)])));
        assert_eq!((found.matches.len(), found.same), (0, 1));
        assert!(found.differences.iter().all(|difference| difference.id.contains("A1")), "{:?}", found.differences);
    }
}
