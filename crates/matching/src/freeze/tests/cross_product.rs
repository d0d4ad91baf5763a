//! Freezing random scenarios: the same pairs as judging every component with every offer, the same problem whatever
//! the order of rows, and never a problem with a fault.

use std::collections::BTreeMap;

use needmatch_domain::ids::{ComponentId, OfferId};
use needmatch_domain::rule::Rule;
use needmatch_domain::scenario::{Form, LockKind, Scenario, Window};
use proptest::prelude::*;

use crate::eligibility::{Lookup, Verdict, judge};
use crate::freeze::{FreezeFault, Frozen, freeze};
use crate::test_random::random_scenario;

fn scenarios() -> impl Strategy<Value = Scenario> {
    prop::collection::vec(any::<u8>(), 0..900).prop_map(|bytes| random_scenario(&bytes))
}

/// Draw and score by the text of `docs/rules.md`, for the settings random scenarios use.
fn draw_and_score(scenario: &Scenario, component: &ComponentId, offer: &OfferId) -> (i64, i64) {
    let component = scenario.components.iter().find(|row| row.id == *component).unwrap();
    let request = scenario.requests.iter().find(|row| row.id == component.request).unwrap();
    let offer = scenario.offers.iter().find(|row| row.id == *offer).unwrap();
    let judged = scenario.suitability.iter().find(|row| row.component == component.id && row.offer == offer.id);
    let groups = scenario.state(&request.state).unwrap().groups;
    let weights = &scenario.settings.weights;
    let listed = groups.iter().filter_map(|group| weights.group.get(group)).max();
    let factors = [
        weights.priority[usize::from(request.priority) - 1],
        weights.area.get(&request.area).copied().unwrap_or(1000),
        weights.context.get(&request.context).copied().unwrap_or(1000),
        listed.copied().unwrap_or(1000),
    ];
    let weight = factors.into_iter().map(i64::from).product::<i64>() / 1_000_000;
    let worth =
        if offer.form == Form::InKind { offer.unit_value.unwrap_or(component.unit_cost) } else { component.unit_cost };
    let fit = judged.and_then(|row| row.fit).map_or(1000, i64::from);
    let p = if offer.preferred_areas.is_empty() || offer.preferred_areas.contains(&request.area) { 1000 } else { 900 };
    let named = &request.preferred_providers;
    let q = if named.is_empty() || named.contains(&offer.provider) { 1000 } else { 950 };
    let draw = if offer.form == Form::Money { component.unit_cost * offer.delivery_permille } else { 1000 };
    (judged.and_then(|row| row.draw_permille).unwrap_or(draw), weight * worth * (fit * p * q / 1_000_000))
}

type Pairs = BTreeMap<(ComponentId, OfferId), Vec<Window>>;

/// Every pair by judging all, locks added.
fn judged(scenario: &Scenario, frozen: &Frozen) -> (Pairs, BTreeMap<(ComponentId, Rule), u32>) {
    let lookup = Lookup::of(scenario);
    let (mut pairs, mut warnings) = (Pairs::new(), BTreeMap::new());
    for component in &frozen.problem.components {
        let subject = lookup.subject(&component.id).unwrap();
        for offer in &scenario.offers {
            if let Verdict::Eligible { ranges, warned } = judge(&subject, offer) {
                pairs.insert((component.id.clone(), offer.id.clone()), ranges);
                for rule in warned {
                    *warnings.entry((component.id.clone(), rule)).or_default() += 1;
                }
            }
        }
    }
    for lock in scenario.locks.iter().filter(|row| row.kind == LockKind::Lock) {
        let period = lock.period.unwrap();
        let ranges = pairs.entry((lock.component.clone(), lock.offer.clone())).or_default();
        if !ranges.iter().any(|range| range.contains(period)) {
            ranges.push(Window { first: period, last: period });
            ranges.sort();
        }
    }
    (pairs, warnings)
}

fn turn<T>(rows: &mut [T], turns: usize) {
    rows.reverse();
    if !rows.is_empty() {
        rows.rotate_left(turns % rows.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn freezing_finds_the_pairs_that_judging_every_pair_finds(scenario in scenarios()) {
        match freeze(&scenario) {
            Err(errors) => for error in errors {
                let locks = [FreezeFault::LockOnMet, FreezeFault::LockOnSettled, FreezeFault::LockedAndForbidden];
                prop_assert!(locks.contains(&error.fault), "{}", error);
            },
            Ok(frozen) => {
                prop_assert_eq!(frozen.problem.faults(), vec![]);
                let mut found = Pairs::new();
                for component in &frozen.problem.components {
                    for pair in &component.pairs {
                        let offer = &frozen.problem.offers[pair.offer.at()].id;
                        let expected = draw_and_score(&scenario, &component.id, offer);
                        prop_assert_eq!((pair.draw_permille, pair.score), expected);
                        let ranges = found.entry((component.id.clone(), offer.clone())).or_default();
                        ranges.push(Window { first: pair.first, last: pair.last });
                    }
                }
                let (expected, warnings) = judged(&scenario, &frozen);
                prop_assert_eq!(found, expected);
                let reported = frozen.report.warned.into_iter().map(|row| ((row.component, row.rule), row.offers));
                prop_assert_eq!(reported.collect::<BTreeMap<_, _>>(), warnings);
            }
        }
    }

    #[test]
    fn the_order_of_rows_changes_nothing(scenario in scenarios(), turns in any::<usize>()) {
        let mut shuffled = scenario.clone();
        turn(&mut shuffled.requests, turns);
        turn(&mut shuffled.components, turns);
        turn(&mut shuffled.offers, turns);
        turn(&mut shuffled.offer_periods, turns);
        turn(&mut shuffled.absorption, turns);
        turn(&mut shuffled.channels, turns);
        turn(&mut shuffled.programmes, turns);
        turn(&mut shuffled.suitability, turns);
        turn(&mut shuffled.locks, turns);
        turn(&mut shuffled.baseline, turns);
        match (freeze(&scenario), freeze(&shuffled)) {
            (Ok(left), Ok(right)) => {
                prop_assert_eq!(left.problem.sha256(), right.problem.sha256());
                prop_assert_eq!(left, right);
            }
            (left, right) => prop_assert_eq!(left.is_err(), right.is_err()),
        }
    }
}
