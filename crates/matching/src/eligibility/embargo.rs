//! `embargo` (¶98): the scenario lists the state, and lists the component's type or no type at all.

use super::Pairing;

pub(super) fn refuses(pairing: &Pairing<'_>) -> bool {
    let subject = pairing.subject;
    let rules = &subject.lookup.scenario.settings.rules;
    rules.embargo_states.contains(&subject.request.state)
        && (rules.embargo_types.is_empty() || rules.embargo_types.contains(&subject.component.r#type))
}

#[cfg(test)]
mod tests {
    use needmatch_domain::area::ComponentType;
    use needmatch_domain::rule::Rule;

    use super::super::tests::{allows, follows_mode, refuses};
    use crate::test_scenario::{ScenarioBuilder, id, one_pair};

    fn embargo(state: &str, types: &[ComponentType]) -> ScenarioBuilder {
        one_pair().with(|scenario| {
            scenario.settings.rules.embargo_states = [id(state)].into();
            scenario.settings.rules.embargo_types = types.iter().copied().collect();
        })
    }

    #[test]
    fn a_listed_state_gets_nothing_of_the_listed_types() {
        follows_mode(Rule::Embargo, &embargo("SEN", &[]));
        refuses(Rule::Embargo, embargo("SEN", &[ComponentType::Training]));
        allows(Rule::Embargo, embargo("SEN", &[ComponentType::Equipment]));
        allows(Rule::Embargo, embargo("KEN", &[]));
    }
}
