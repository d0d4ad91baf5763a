//! Locks and forbids.

use needmatch_domain::rule::Rule;

use crate::freeze::freeze;
use crate::test_scenario::{ScenarioBuilder, id, matched, one_pair, window};

type Ranges = Vec<(u32, u32)>;
type Overridden = Vec<(String, Rule)>;

/// Ranges of the only component, and the rules its locks override.
fn ranges(scenario: ScenarioBuilder) -> (Ranges, Overridden) {
    let frozen = freeze(&scenario.build()).expect("can be frozen");
    let pairs = &frozen.problem.components[0].pairs;
    let overridden = frozen.report.overridden.iter().map(|row| (row.period.to_string(), row.rule));
    (pairs.iter().map(|pair| (pair.first.0, pair.last.0)).collect(), overridden.collect())
}

#[test]
fn a_forbid_of_one_period_splits_the_range_and_of_all_removes_the_pair() {
    assert_eq!(ranges(one_pair().forbid("C1", "O1", Some(2))), (vec![(0, 0), (2, 2)], vec![]));
    assert_eq!(ranges(one_pair().forbid("C1", "O1", None)), (vec![], vec![]));
}

#[test]
fn a_lock_inside_the_range_changes_no_pair() {
    let scenario = one_pair().lock("C1", "O1", 2, 4);
    assert_eq!(ranges(scenario.clone()), (vec![(0, 2)], vec![]));
    assert_eq!(scenario.problem().locks, [matched(0, 0, 1, 4)]);
}

#[test]
fn a_lock_beside_the_range_adds_its_period_as_a_range_of_its_own() {
    let scenario = one_pair().with(|scenario| scenario.offers[0].window = window(1, 2)).lock("C1", "O1", 3, 1);
    assert_eq!(ranges(scenario), (vec![(0, 1), (2, 2)], vec![("P3".into(), Rule::Window)]));
    let before = one_pair().with(|scenario| scenario.offers[0].window = window(3, 3)).lock("C1", "O1", 1, 1);
    assert_eq!(ranges(before), (vec![(0, 0), (2, 2)], vec![("P1".into(), Rule::Window)]));
}

#[test]
fn a_lock_overrides_a_refusal_in_its_period_alone() {
    let abroad = one_pair().with(|scenario| {
        scenario.offers[0].states = [id("KEN")].into();
        scenario.offers[0].min_sustainability = 50;
    });
    assert_eq!(ranges(abroad.lock("C1", "O1", 2, 1)), (vec![(1, 1)], vec![("P2".into(), Rule::Earmark)]));
}

#[test]
fn the_pair_of_a_lock_draws_and_scores_as_any_other() {
    let plain = one_pair().problem().components[0].pairs[0];
    let locked = one_pair().with(|scenario| scenario.offers[0].areas = [id("tracing")].into()).lock("C1", "O1", 1, 1);
    let pair = locked.problem().components[0].pairs[0];
    assert_eq!((pair.draw_permille, pair.score), (plain.draw_permille, plain.score));
}

#[test]
fn locks_are_sorted_whatever_their_order_in_the_file() {
    let scenario =
        one_pair().offer("O0", "D1", |_| {}).lock("C1", "O1", 3, 1).lock("C1", "O1", 1, 2).lock("C1", "O0", 2, 3);
    assert_eq!(scenario.problem().locks, [matched(0, 0, 1, 3), matched(0, 1, 0, 2), matched(0, 1, 2, 1)]);
}

#[test]
fn a_lock_beside_a_forbidden_period_stands() {
    assert_eq!(ranges(one_pair().forbid("C1", "O1", Some(2)).lock("C1", "O1", 3, 1)), (vec![(0, 0), (2, 2)], vec![]));
}
