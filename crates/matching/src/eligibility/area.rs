//! `area` (¶93–100): the offer names areas and the request's is none of them.

use needmatch_domain::ids::AreaCode;
use needmatch_domain::scenario::Offer;

use super::Pairing;

pub(super) fn refuses(pairing: &Pairing<'_>) -> bool {
    !accepts(pairing.offer, &pairing.subject.request.area)
}

pub(crate) fn accepts(offer: &Offer, area: &AreaCode) -> bool {
    offer.areas.is_empty() || offer.areas.contains(area)
}

#[cfg(test)]
mod tests {
    use needmatch_domain::rule::Rule;

    use super::super::tests::{allows, follows_mode};
    use crate::test_scenario::{id, one_pair};

    #[test]
    fn an_offer_for_other_areas_is_refused() {
        follows_mode(Rule::Area, &one_pair().with(|scenario| scenario.offers[0].areas = [id("tracing")].into()));
        let both = [id("tracing"), id("marking")];
        allows(Rule::Area, one_pair().with(|scenario| scenario.offers[0].areas = both.into()));
    }
}
