//! `contribution` (¶105): the state's own contribution is below the offer's minimum, or below the scenario's threshold
//! for the state's groups.

use super::Pairing;

pub(super) fn refuses(pairing: &Pairing<'_>) -> bool {
    let given = u32::from(pairing.subject.request.contribution_percent);
    given < u32::from(pairing.offer.min_contribution_percent) || given < pairing.subject.contribution_threshold
}

#[cfg(test)]
mod tests {
    use needmatch_domain::geography::Group;
    use needmatch_domain::rule::Rule;
    use needmatch_domain::scenario::Thresholds;

    use super::super::tests::{allows, follows_mode, refuses};
    use crate::test_scenario::one_pair;

    #[test]
    fn less_than_the_offer_wants_is_refused() {
        let offered = |given: u8| {
            one_pair().with(|scenario| {
                scenario.requests[0].contribution_percent = given;
                scenario.offers[0].min_contribution_percent = 10;
            })
        };
        follows_mode(Rule::Contribution, &offered(9));
        allows(Rule::Contribution, offered(10));
    }

    #[test]
    fn the_scenario_asks_least_of_a_state_in_several_groups() {
        let asked = |ldc: u32, oda: u32| {
            one_pair().with(|scenario| {
                scenario.requests[0].contribution_percent = 5;
                let by_group = [(Group::Ldc, ldc), (Group::Oda, oda)].into();
                scenario.settings.rules.contribution = Thresholds { threshold: 20, by_group };
            })
        };
        refuses(Rule::Contribution, asked(6, 10));
        allows(Rule::Contribution, asked(5, 10));
        allows(Rule::Contribution, asked(10, 5));
    }
}
