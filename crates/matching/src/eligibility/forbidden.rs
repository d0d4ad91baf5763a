//! `forbidden` (¶104): a forbid of the pair leaves it no period. One that leaves some splits the range.

use needmatch_domain::ids::PeriodIndex;
use needmatch_domain::scenario::Window;

use super::Pairing;

pub(super) fn refuses(pairing: &Pairing<'_>) -> bool {
    let forbids = pairing.subject.forbids(&pairing.offer.id);
    let everywhere = forbids.contains(&None);
    everywhere || (!forbids.is_empty() && pairing.periods.is_some() && remaining(pairing).is_empty())
}

/// The periods of the pair that no forbid takes, as ranges in order.
pub(super) fn remaining(pairing: &Pairing<'_>) -> Vec<Window> {
    let Some(periods) = pairing.periods else { return Vec::new() };
    let forbids = pairing.subject.forbids(&pairing.offer.id);
    if forbids.is_empty() {
        return vec![periods];
    }
    let mut ranges: Vec<Window> = Vec::new();
    for period in (periods.first.0..=periods.last.0).map(PeriodIndex) {
        if pairing.subject.is_forbidden(&pairing.offer.id, period) {
            continue;
        }
        match ranges.last_mut() {
            Some(range) if range.last.0 + 1 == period.0 => range.last = period,
            _ => ranges.push(Window { first: period, last: period }),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use needmatch_domain::rule::Rule;

    use super::super::tests::{allows, ignores_mode, verdict};
    use super::super::{Lookup, Verdict, pair_detail};
    use crate::test_scenario::{ScenarioBuilder, id, one_pair, window};

    #[test]
    fn a_forbid_that_leaves_no_period_refuses_the_pair_in_every_mode() {
        ignores_mode(Rule::Forbidden, &one_pair().forbid("C1", "O1", None));
        let each = (1..=3).fold(one_pair(), |scenario, period| scenario.forbid("C1", "O1", Some(period)));
        ignores_mode(Rule::Forbidden, &each);
        allows(Rule::Forbidden, one_pair().forbid("C1", "O2", None).forbid("C2", "O1", None));
    }

    #[test]
    fn a_forbid_of_one_period_splits_the_range() {
        let ranges = |period| verdict(&one_pair().forbid("C1", "O1", Some(period)).build());
        let eligible = |ranges| Verdict::Eligible { ranges, warned: vec![] };
        assert_eq!(ranges(1), eligible(vec![window(2, 3)]));
        assert_eq!(ranges(2), eligible(vec![window(1, 1), window(3, 3)]));
        assert_eq!(ranges(3), eligible(vec![window(1, 2)]));
    }

    #[test]
    fn without_a_common_period_only_a_forbid_of_all_periods_counts() {
        let apart = |scenario: ScenarioBuilder| {
            let scenario = scenario.with(|scenario| {
                scenario.components[0].window = window(1, 1);
                scenario.offers[0].window = window(2, 3);
            });
            let scenario = scenario.build();
            let lookup = Lookup::of(&scenario);
            pair_detail(&lookup.subject(&id("C1")).unwrap(), &scenario.offers[0])
        };
        assert_eq!(apart(one_pair().forbid("C1", "O1", Some(1))), [Rule::Window]);
        assert_eq!(apart(one_pair().forbid("C1", "O1", None)), [Rule::Window, Rule::Forbidden]);
    }
}
