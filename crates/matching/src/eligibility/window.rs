//! `window`: component and offer share no period.

use super::Pairing;

pub(super) fn refuses(pairing: &Pairing<'_>) -> bool {
    pairing.subject.component.window.intersection(pairing.offer.window).is_none()
}

#[cfg(test)]
mod tests {
    use needmatch_domain::rule::{Mode, Rule};
    use needmatch_domain::scenario::Window;

    use super::super::Verdict;
    use super::super::tests::{follows_mode, verdict};
    use crate::test_scenario::{ScenarioBuilder, one_pair, window};

    fn windows(component: Window, offer: Window) -> ScenarioBuilder {
        one_pair().with(|scenario| {
            scenario.components[0].window = component;
            scenario.offers[0].window = offer;
        })
    }

    #[test]
    fn the_pair_has_the_periods_both_have_and_is_refused_without_any() {
        follows_mode(Rule::Window, &windows(window(1, 1), window(2, 3)));
        let shared = verdict(&windows(window(1, 2), window(2, 3)).build());
        assert_eq!(shared, Verdict::Eligible { ranges: vec![window(2, 2)], warned: vec![] });
    }

    #[test]
    fn where_the_rule_is_not_enforced_the_state_says_when() {
        for mode in [Mode::Warn, Mode::Off] {
            let apart = windows(window(1, 2), window(3, 3)).mode(Rule::Window, mode).build();
            assert!(matches!(verdict(&apart), Verdict::Eligible { ranges, .. } if ranges == [window(1, 2)]));
            let overlapping = windows(window(1, 2), window(2, 3)).mode(Rule::Window, mode).build();
            assert!(matches!(verdict(&overlapping), Verdict::Eligible { ranges, .. } if ranges == [window(2, 2)]));
        }
    }
}
