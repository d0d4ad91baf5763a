//! `unit_and_item`: in kind, the units differ, or both sides name an item and the items differ. Money serves any unit.

use needmatch_domain::scenario::Form;

use super::Pairing;

pub(super) fn refuses(pairing: &Pairing<'_>) -> bool {
    let (component, offer) = (pairing.subject.component, pairing.offer);
    let items_differ = matches!((&component.item, &offer.item), (Some(wanted), Some(given)) if wanted != given);
    offer.form == Form::InKind && (component.unit != offer.unit || items_differ)
}

#[cfg(test)]
mod tests {
    use needmatch_domain::rule::Rule;
    use needmatch_domain::scenario::Form;

    use super::super::tests::{allows, ignores_mode};
    use crate::test_scenario::{ScenarioBuilder, id, one_pair};

    fn in_kind(unit: &str, item: Option<&str>, wanted: Option<&str>) -> ScenarioBuilder {
        one_pair().with(|scenario| {
            scenario.offers[0].form = Form::InKind;
            scenario.offers[0].unit = id(unit);
            scenario.offers[0].item = item.map(id);
            scenario.components[0].item = wanted.map(id);
        })
    }

    #[test]
    fn goods_of_another_unit_or_item_are_refused_in_every_mode() {
        ignores_mode(Rule::UnitAndItem, &in_kind("machine", None, None));
        ignores_mode(Rule::UnitAndItem, &in_kind("place", Some("first_course"), Some("other_course")));
    }

    #[test]
    fn an_item_that_one_side_leaves_open_and_money_of_any_unit_are_fine() {
        allows(Rule::UnitAndItem, in_kind("place", Some("course"), Some("course")));
        allows(Rule::UnitAndItem, in_kind("place", None, Some("course")));
        allows(Rule::UnitAndItem, in_kind("place", Some("course"), None));
        allows(Rule::UnitAndItem, one_pair().with(|scenario| scenario.offers[0].unit = id("EUR")));
    }
}
