//! `type` (¶102): the offer names types and the component's is none of them.

use needmatch_domain::area::ComponentType;
use needmatch_domain::scenario::Offer;

use super::Pairing;

pub(super) fn refuses(pairing: &Pairing<'_>) -> bool {
    !accepts(pairing.offer, pairing.subject.component.r#type)
}

pub(crate) fn accepts(offer: &Offer, kind: ComponentType) -> bool {
    offer.types.is_empty() || offer.types.contains(&kind)
}

#[cfg(test)]
mod tests {
    use needmatch_domain::area::ComponentType;
    use needmatch_domain::rule::Rule;

    use super::super::tests::{allows, follows_mode};
    use crate::test_scenario::one_pair;

    #[test]
    fn an_offer_for_other_types_is_refused() {
        let other = [ComponentType::Equipment];
        follows_mode(Rule::Type, &one_pair().with(|scenario| scenario.offers[0].types = other.into()));
        let both = [ComponentType::Equipment, ComponentType::Training];
        allows(Rule::Type, one_pair().with(|scenario| scenario.offers[0].types = both.into()));
    }
}
