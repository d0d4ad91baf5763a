//! `firm_only` (¶92, off by default): the offer is a pledge.

use needmatch_domain::scenario::Firmness;

use super::Pairing;

pub(super) fn refuses(pairing: &Pairing<'_>) -> bool {
    pairing.offer.firmness == Firmness::Pledge
}

#[cfg(test)]
mod tests {
    use needmatch_domain::rule::Rule;
    use needmatch_domain::scenario::Firmness;

    use super::super::Verdict;
    use super::super::tests::{follows_mode, verdict};
    use crate::test_scenario::one_pair;

    #[test]
    fn a_pledge_counts_unless_the_scenario_wants_firm_offers_only() {
        let pledged = one_pair().with(|scenario| scenario.offers[0].firmness = Firmness::Pledge);
        follows_mode(Rule::FirmOnly, &pledged);
        assert!(matches!(verdict(&pledged.build()), Verdict::Eligible { warned, .. } if warned.is_empty()));
    }
}
