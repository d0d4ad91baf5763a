//! `duplication` (¶94): a programme without an amount covers the component in a period of the pair. Programmes with an
//! amount refuse nothing; they lessen what is outstanding when the scenario is frozen.

use super::Pairing;

pub(super) fn refuses(pairing: &Pairing<'_>) -> bool {
    pairing
        .periods
        .is_some_and(|periods| pairing.subject.covered.iter().any(|covered| covered.intersection(periods).is_some()))
}

#[cfg(test)]
mod tests {
    use needmatch_domain::area::ComponentType;
    use needmatch_domain::rule::Rule;
    use needmatch_domain::scenario::Programme;

    use super::super::Verdict;
    use super::super::tests::{allows, follows_mode, refuses, verdict};
    use crate::test_scenario::{ScenarioBuilder, id, one_pair, window};

    fn covered(change: impl FnOnce(&mut Programme)) -> ScenarioBuilder {
        one_pair().programme("G1", change)
    }

    #[test]
    fn a_programme_that_covers_all_of_it_refuses_the_pair() {
        follows_mode(Rule::Duplication, &covered(|_| {}));
        refuses(Rule::Duplication, covered(|programme| programme.r#type = Some(ComponentType::Training)));
        refuses(Rule::Duplication, covered(|programme| programme.window = window(3, 3)));
    }

    #[test]
    fn another_state_area_type_or_time_or_a_known_amount_refuses_nothing() {
        allows(Rule::Duplication, covered(|programme| programme.state = id("KEN")));
        allows(Rule::Duplication, covered(|programme| programme.area = id("tracing")));
        allows(Rule::Duplication, covered(|programme| programme.r#type = Some(ComponentType::Equipment)));
        allows(Rule::Duplication, covered(|programme| programme.amount = Some(1_000_000)));
    }

    #[test]
    fn only_the_periods_of_the_pair_count() {
        let apart = covered(|programme| programme.window = window(1, 1))
            .with(|scenario| scenario.offers[0].window = window(2, 3))
            .build();
        assert_eq!(verdict(&apart), Verdict::Eligible { ranges: vec![window(2, 3)], warned: vec![] });
    }
}
