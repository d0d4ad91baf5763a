//! Plans made under different settings, beside one another: each measured by the goals and weights of one problem, and
//! those told that no other beats.

use needmatch_domain::ids::{ComponentIndex, OfferIndex, PeriodIndex};
use needmatch_domain::plan::Match;
use needmatch_domain::problem::Problem;
use needmatch_verify::Recount;

/// The goals of `base`, in order, as the matches of a plan for another problem reach them. What `base` would not allow
/// counts nothing.
///
/// Cost: linear in the pairs of `base`, and a search for each match.
///
/// # Panics
/// When the base is no frozen problem: those that freezing made or `Problem`'s own checks let through are.
pub fn measure(base: &Problem, varied: &Problem, matches: &[Match]) -> Vec<i64> {
    let placed = in_base(base, varied, matches);
    let recount = Recount::of(base).expect("a frozen problem has no faults");
    base.goals.iter().map(|goal| recount.evaluate(&placed, goal)).collect()
}

/// The matches by their places in the base.
fn in_base(base: &Problem, varied: &Problem, matches: &[Match]) -> Vec<Match> {
    let place = |found: &Match| {
        let component = &varied.components[found.component.at()].id;
        let offer = &varied.offers[found.offer.at()].id;
        let period = &varied.periods[found.period.at()];
        Some(Match {
            component: ComponentIndex::of(base.components.binary_search_by(|other| other.id.cmp(component)).ok()?),
            offer: OfferIndex::of(base.offers.binary_search_by(|other| other.id.cmp(offer)).ok()?),
            period: PeriodIndex::of(base.periods.iter().position(|other| other == period)?),
            quantity: found.quantity,
        })
    };
    let mut placed: Vec<Match> = matches.iter().filter_map(place).collect();
    placed.sort_unstable();
    placed
}

/// At least as good in every goal, better in one.
fn beats(one: &[i64], other: &[i64]) -> bool {
    one.iter().zip(other).all(|(one, other)| one >= other) && one.iter().zip(other).any(|(one, other)| one > other)
}

/// Of each plan whether no other beats it; of what has no plan, `None`, that it is out of the question.
pub fn not_beaten(values: &[Option<&[i64]>]) -> Vec<bool> {
    let stands = |own: &[i64]| !values.iter().flatten().any(|other| beats(other, own));
    values.iter().map(|own| own.is_some_and(stands)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{beats, measure, not_beaten};
    use crate::test_scenario::{matched, one_pair};

    #[test]
    fn a_plan_beats_another_only_when_nothing_is_worse() {
        assert!(beats(&[2, 1], &[1, 1]));
        assert!(!beats(&[2, 0], &[1, 1]));
        assert!(!beats(&[1, 1], &[1, 1]));
    }

    #[test]
    fn what_the_base_does_not_know_counts_nothing() {
        let base = one_pair().problem();
        let varied = one_pair().component("C0", "R1", |_| {}).problem();
        // The new component comes first: the known one has moved to the second place.
        let known = measure(&base, &varied, &[matched(1, 0, 0, 5)]);
        assert_eq!(known, measure(&base, &base, &[matched(0, 0, 0, 5)]));
        assert_eq!(measure(&base, &varied, &[matched(0, 0, 0, 5), matched(1, 0, 0, 5)]), known);
        assert!(known[0] > 0);
    }

    proptest! {
        #[test]
        fn what_is_not_beaten_is_what_nobody_would_give_up(
            plans in prop::collection::vec(prop::option::of(prop::collection::vec(0_i64..4, 3)), 0..12)
        ) {
            let values: Vec<Option<&[i64]>> = plans.iter().map(|plan| plan.as_deref()).collect();
            let marks = not_beaten(&values);
            prop_assert_eq!(marks.len(), values.len());
            for (place, own) in values.iter().enumerate() {
                let Some(own) = own else {
                    prop_assert!(!marks[place]);
                    continue;
                };
                // By the definition, written out: another that is nowhere lower and somewhere higher.
                let better = |other: &[i64]| (0..3).all(|goal| other[goal] >= own[goal]) && other != *own;
                prop_assert_eq!(marks[place], !values.iter().flatten().any(|other| better(other)));
                if !marks[place] {
                    // Whatever is beaten is beaten by something that stands.
                    let standing = values.iter().zip(&marks).filter(|(_, mark)| **mark).filter_map(|(plan, _)| *plan);
                    prop_assert!(standing.clone().any(better));
                }
            }
            let has_plan = values.iter().any(Option::is_some);
            prop_assert_eq!(has_plan, marks.contains(&true));
            let backwards: Vec<_> = values.iter().rev().copied().collect();
            let mut turned = not_beaten(&backwards);
            turned.reverse();
            prop_assert_eq!(marks, turned);
        }
    }
}
