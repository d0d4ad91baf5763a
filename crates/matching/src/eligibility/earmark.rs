//! `earmark` (¶109): the state is outside the states and regions named, in none of the groups named, excluded, or
//! outside the regions of the offer's channel.

use needmatch_domain::ids::StateCode;
use needmatch_domain::scenario::{Offer, StateProfile};

use super::{Lookup, Pairing};

pub(super) fn refuses(pairing: &Pairing<'_>) -> bool {
    let subject = pairing.subject;
    !reaches(subject.lookup, pairing.offer, &subject.request.state, subject.profile)
}

pub(crate) fn reaches(lookup: &Lookup<'_>, offer: &Offer, state: &StateCode, profile: &StateProfile) -> bool {
    let anywhere = offer.states.is_empty() && offer.regions.is_empty();
    let named = || offer.states.contains(state) || profile.regions.iter().any(|region| offer.regions.contains(region));
    let in_group = || offer.groups.is_empty() || profile.groups.iter().any(|group| offer.groups.contains(group));
    let carried = || {
        let regions = offer.channel.as_ref().and_then(|channel| lookup.channel_regions(channel));
        regions.is_none_or(|reached| profile.regions.iter().any(|region| reached.contains(region)))
    };
    (anywhere || named()) && in_group() && !offer.excluded_states.contains(state) && carried()
}

#[cfg(test)]
mod tests {
    use needmatch_domain::geography::Group;
    use needmatch_domain::rule::Rule;
    use needmatch_domain::scenario::{ChannelLimit, Offer, StateProfile};

    use super::super::tests::{allows, follows_mode, refuses};
    use crate::test_scenario::{ScenarioBuilder, id, one_pair};

    fn offer(change: impl FnOnce(&mut Offer)) -> ScenarioBuilder {
        one_pair().with(|scenario| change(&mut scenario.offers[0]))
    }

    fn channel(regions: &[&[&str]]) -> ScenarioBuilder {
        let rows = regions.iter().map(|regions| ChannelLimit {
            id: id("trust_fund"),
            regions: regions.iter().map(|name| id(name)).collect(),
            period: None,
            amount: None,
        });
        let rows: Vec<_> = rows.collect();
        offer(|offer| offer.channel = Some(id("trust_fund"))).with(|scenario| scenario.channels = rows)
    }

    #[test]
    fn a_state_outside_the_states_and_regions_named_is_refused() {
        follows_mode(Rule::Earmark, &offer(|offer| offer.states = [id("KEN")].into()));
        refuses(Rule::Earmark, offer(|offer| offer.regions = [id("Eastern Africa")].into()));
        let either = |offer: &mut Offer| {
            offer.states = [id("KEN")].into();
            offer.regions = [id("Western Africa")].into();
        };
        allows(Rule::Earmark, offer(either));
        allows(Rule::Earmark, offer(|offer| offer.regions = [id("Africa")].into()));
    }

    #[test]
    fn a_state_of_none_of_the_groups_named_is_refused_even_inside_the_region() {
        refuses(Rule::Earmark, offer(|offer| offer.groups = [Group::Sids].into()));
        refuses(
            Rule::Earmark,
            offer(|offer| {
                offer.states = [id("SEN")].into();
                offer.groups = [Group::Sids].into();
            }),
        );
        allows(Rule::Earmark, offer(|offer| offer.groups = [Group::Sids, Group::Ldc].into()));
    }

    #[test]
    fn an_excluded_state_is_refused() {
        refuses(
            Rule::Earmark,
            offer(|offer| {
                offer.regions = [id("Africa")].into();
                offer.excluded_states = [id("SEN")].into();
            }),
        );
    }

    #[test]
    fn an_offer_reaches_no_further_than_its_channel() {
        refuses(Rule::Earmark, channel(&[&["Asia"], &["Europe"]]));
        allows(Rule::Earmark, channel(&[&["Asia"], &["Western Africa"]]));
        allows(Rule::Earmark, channel(&[&["Asia"], &[]]));
        allows(Rule::Earmark, channel(&[]));
    }

    #[test]
    fn a_declared_state_lies_where_the_scenario_says() {
        let declared = |region: &str| {
            let profile = StateProfile { name: "X".into(), regions: vec![id(region)], groups: vec![] };
            offer(|offer| offer.regions = [id("Atlantis")].into()).with(|scenario| {
                scenario.states.insert(id("SEN"), profile);
            })
        };
        allows(Rule::Earmark, declared("Atlantis"));
        refuses(Rule::Earmark, declared("Lemuria"));
    }
}
