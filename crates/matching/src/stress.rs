//! What falls when offers never come: the problem without them, and who loses what.

use std::collections::BTreeSet;

use needmatch_domain::ids::OfferIndex;
use needmatch_domain::plan::Plan;
use needmatch_domain::problem::Problem;

/// What happens to a component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It had something and has nothing.
    Falls,
    /// It has less.
    Loses,
    /// It has what it had, from others at least in part.
    Holds,
    /// It has more: what it competed with has gone.
    Gains,
}

/// The problem without some offers. They stay in its tables, so that positions keep their meaning, but serve nothing;
/// locks of theirs are taken back.
pub fn without_offers(problem: &Problem, dropped: &BTreeSet<OfferIndex>) -> Problem {
    let mut left = problem.clone();
    for component in &mut left.components {
        component.pairs.retain(|pair| !dropped.contains(&pair.offer));
    }
    left.locks.retain(|lock| !dropped.contains(&lock.offer));
    left.baseline.retain(|row| !dropped.contains(&row.offer));
    left
}

/// Received before and after, and the fate, of every component that has something in either plan.
pub fn fates(problem: &Problem, before: &Plan, after: &Plan) -> Vec<(usize, i64, i64, Fate)> {
    let received = |plan: &Plan| {
        let mut received = vec![0_i64; problem.components.len()];
        for found in &plan.matches {
            received[found.component.at()] += found.quantity;
        }
        received
    };
    let (before, after) = (received(before), received(after));
    let fate = |at: usize| match (before[at], after[at]) {
        (0, 0) => None,
        (_, 0) => Some(Fate::Falls),
        (had, has) if has < had => Some(Fate::Loses),
        (had, has) if has == had => Some(Fate::Holds),
        _ => Some(Fate::Gains),
    };
    (0..before.len()).filter_map(|at| Some((at, before[at], after[at], fate(at)?))).collect()
}

#[cfg(test)]
mod tests {
    use needmatch_domain::ids::OfferIndex;
    use needmatch_domain::plan::Plan;

    use super::{Fate, fates, without_offers};
    use crate::test_scenario::{matched, one_pair};

    #[test]
    fn a_dropped_offer_serves_nothing_and_its_locks_go() {
        let problem = one_pair().offer("O2", "D2", |_| {}).lock("C1", "O1", 1, 4).problem();
        let left = without_offers(&problem, &[OfferIndex(0)].into());
        assert!(left.faults().is_empty());
        assert!(left.locks.is_empty());
        assert!(left.components[0].pairs.iter().all(|pair| pair.offer == OfferIndex(1)));
    }

    #[test]
    fn fates_follow_what_a_component_had() {
        let problem = one_pair().component("C2", "R1", |_| {}).component("C3", "R1", |_| {}).problem();
        let before = Plan::of(vec![matched(0, 0, 0, 5), matched(1, 0, 0, 5)]);
        let after = Plan::of(vec![matched(0, 0, 1, 4), matched(2, 0, 0, 1)]);
        let found = fates(&problem, &before, &after);
        assert_eq!(found, [(0, 5, 4, Fate::Loses), (1, 5, 0, Fate::Falls), (2, 0, 1, Fate::Gains)]);
    }
}
