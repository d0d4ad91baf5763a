//! `sustainability_required` (¶83, 88): the request's static score is below the offer's minimum.

use super::Pairing;

pub(super) fn refuses(pairing: &Pairing<'_>) -> bool {
    pairing.subject.request.sustainability < pairing.offer.min_sustainability
}

#[cfg(test)]
mod tests {
    use needmatch_domain::rule::Rule;

    use super::super::tests::{allows, follows_mode};
    use crate::test_scenario::one_pair;

    #[test]
    fn a_static_score_below_what_the_offer_wants_is_refused_whatever_the_components_add() {
        let scored = |score: u8| {
            one_pair().with(|scenario| {
                scenario.requests[0].sustainability = score;
                scenario.components[0].sustainability_points = 100;
                scenario.offers[0].min_sustainability = 40;
            })
        };
        follows_mode(Rule::SustainabilityRequired, &scored(39));
        allows(Rule::SustainabilityRequired, scored(40));
    }
}
