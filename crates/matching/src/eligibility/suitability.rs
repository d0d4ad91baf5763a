//! `suitability` (¶101): an expert marked the pair as not eligible.

use super::Pairing;

pub(super) fn refuses(pairing: &Pairing<'_>) -> bool {
    let judgement = pairing.subject.suitability(&pairing.offer.id);
    judgement.is_some_and(|judgement| judgement.eligible == Some(false))
}

#[cfg(test)]
mod tests {
    use needmatch_domain::rule::Rule;
    use needmatch_domain::scenario::Suitability;

    use super::super::tests::{allows, follows_mode, refuses};
    use crate::test_scenario::{ScenarioBuilder, id, one_pair};

    fn judged(offer: &str, eligible: Option<bool>) -> ScenarioBuilder {
        let row = Suitability {
            component: id("C1"),
            offer: id(offer),
            fit: Some(0),
            draw_permille: None,
            eligible,
            reason: String::new(),
        };
        one_pair().with(|scenario| scenario.suitability.push(row))
    }

    #[test]
    fn a_pair_an_expert_ruled_out_is_refused() {
        follows_mode(Rule::Suitability, &judged("O1", Some(false)));
        allows(Rule::Suitability, judged("O1", None));
        allows(Rule::Suitability, judged("O1", Some(true)));
        allows(Rule::Suitability, judged("O2", Some(false)));
    }

    #[test]
    fn an_expert_overrides_no_other_rule() {
        let abroad = judged("O1", Some(true)).with(|scenario| scenario.offers[0].states = [id("KEN")].into());
        refuses(Rule::Earmark, abroad);
    }
}
