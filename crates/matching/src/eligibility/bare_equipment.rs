//! `bare_equipment` (¶85, 100–102, `warn` by default): an `equipment` or `technology` component names nobody who covers
//! training and upkeep, and does not require both a `training` and a `maintenance` component.

use super::Pairing;

pub(super) fn refuses(pairing: &Pairing<'_>) -> bool {
    pairing.subject.bare
}

#[cfg(test)]
mod tests {
    use needmatch_domain::area::ComponentType;
    use needmatch_domain::rule::Rule;
    use needmatch_domain::scenario::Scenario;

    use super::super::Verdict;
    use super::super::tests::{allows, follows_mode, refuses, verdict};
    use crate::test_scenario::{ScenarioBuilder, id, one_pair};

    fn machine(requires: &[&str]) -> ScenarioBuilder {
        one_pair()
            .with(|scenario| {
                scenario.components[0].r#type = ComponentType::Equipment;
                scenario.components[0].requires = requires.iter().map(|name| id(name)).collect();
            })
            .component("TRAINING", "R1", |_| {})
            .component("MAINTENANCE", "R1", |component| component.r#type = ComponentType::Maintenance)
    }

    #[test]
    fn equipment_without_both_training_and_upkeep_is_bare() {
        follows_mode(Rule::BareEquipment, &machine(&[]));
        refuses(Rule::BareEquipment, machine(&["TRAINING"]));
        refuses(Rule::BareEquipment, machine(&["MAINTENANCE"]));
        let technology = |scenario: &mut Scenario| scenario.components[0].r#type = ComponentType::Technology;
        refuses(Rule::BareEquipment, machine(&[]).with(technology));
    }

    #[test]
    fn equipment_with_both_or_with_somebody_named_and_other_types_are_not() {
        allows(Rule::BareEquipment, machine(&["TRAINING", "MAINTENANCE"]));
        let named = |scenario: &mut Scenario| scenario.components[0].covered_by = Some("national".into());
        allows(Rule::BareEquipment, machine(&[]).with(named));
        let software = |scenario: &mut Scenario| scenario.components[0].r#type = ComponentType::Software;
        allows(Rule::BareEquipment, machine(&[]).with(software));
    }

    #[test]
    fn it_warns_when_the_scenario_says_nothing() {
        let unsaid = verdict(&machine(&[]).build());
        assert!(matches!(unsaid, Verdict::Eligible { warned, .. } if warned == [Rule::BareEquipment]));
    }
}
