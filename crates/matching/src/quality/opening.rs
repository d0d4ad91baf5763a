//! Which visible offers can serve a draft, and which would if one thing were put right.

use std::collections::{BTreeMap, BTreeSet};

use needmatch_domain::rule::{Mode, Rule};
use needmatch_domain::scenario::{Component, Offer, StateProfile};

use super::draft::{Draft, Unfilled};
use super::surroundings::Surroundings;
use crate::eligibility::{Pairing, refuses};

/// Rules that a finding asks about. A pair that another rule refuses first is of no further interest.
const REPAIRABLE: [Rule; 6] = [
    Rule::Contribution,
    Rule::SustainabilityRequired,
    Rule::ActionPlan,
    Rule::Report,
    Rule::Duplication,
    Rule::BareEquipment,
];

/// Offers by what keeps them away; positions in the list handed in.
pub(super) struct Opening<'a> {
    offers: &'a [&'a Offer],
    now: BTreeSet<usize>,
    /// By component and the only rule that refuses the pair, one of [`REPAIRABLE`].
    refused_by: BTreeMap<(usize, Rule), BTreeSet<usize>>,
    /// By component that lacks something: what could serve it once it is complete.
    once_complete: Vec<BTreeSet<usize>>,
}

impl<'a> Opening<'a> {
    pub(super) fn of(surroundings: &Surroundings<'_>, draft: &Draft, offers: &'a [&'a Offer]) -> Self {
        let mut opening = Self { offers, now: BTreeSet::new(), refused_by: BTreeMap::new(), once_complete: Vec::new() };
        let Some(profile) = surroundings.lookup.scenario.state(&draft.request.state) else { return opening };
        for (at, component) in draft.components.iter().enumerate() {
            opening.once_complete.push(BTreeSet::new());
            opening.judge(surroundings, draft, &profile, (at, component));
        }
        opening
    }

    fn judge(
        &mut self,
        surroundings: &Surroundings<'_>,
        draft: &Draft,
        profile: &StateProfile,
        (at, component): (usize, &Component),
    ) {
        let lookup = &surroundings.lookup;
        let subject = lookup.subject_of(component, &draft.request, profile, &draft.components);
        let complete = draft.is_complete(&component.id);
        let asked: Vec<Rule> = Rule::eligibility()
            .filter(|rule| lookup.mode(*rule) == Mode::Enforce && can_tell(*rule, draft, component))
            .collect();
        for (position, offer) in self.offers.iter().enumerate() {
            let pairing = Pairing::of(&subject, offer);
            let mut failing = asked.iter().copied().filter(|rule| refuses(*rule, &pairing));
            match failing.next() {
                None if complete => drop(self.now.insert(position)),
                None => drop(self.once_complete[at].insert(position)),
                Some(rule) if complete && REPAIRABLE.contains(&rule) && failing.next().is_none() => {
                    self.refused_by.entry((at, rule)).or_default().insert(position);
                }
                Some(_) => {}
            }
        }
    }

    /// Offers that may serve a complete component now.
    pub(super) fn now(&self) -> u32 {
        count(self.now.len())
    }

    /// Offers that only this rule, one of [`REPAIRABLE`], keeps from the request, by all its components or by one.
    pub(super) fn by_rule(&self, rule: Rule, component: Option<usize>) -> Vec<&'a Offer> {
        let lists = self
            .refused_by
            .iter()
            .filter(|((at, refusing), _)| *refusing == rule && component.is_none_or(|component| component == *at));
        let found: BTreeSet<usize> = lists.flat_map(|(_, offers)| offers).copied().collect();
        self.select(&found)
    }

    /// Offers that could serve a component, or any, once what it lacks is filled in.
    pub(super) fn once_complete(&self, component: Option<usize>) -> Vec<&'a Offer> {
        let lists = self.once_complete.iter().enumerate();
        let lists = lists.filter(|(at, _)| component.is_none_or(|component| component == *at));
        let found: BTreeSet<usize> = lists.flat_map(|(_, offers)| offers).copied().collect();
        self.select(&found)
    }

    fn select(&self, positions: &BTreeSet<usize>) -> Vec<&'a Offer> {
        positions.difference(&self.now).map(|position| self.offers[*position]).collect()
    }
}

/// A count of offers, for a finding.
pub(super) fn count(offers: usize) -> u32 {
    u32::try_from(offers).unwrap_or(u32::MAX)
}

/// Whether what is filled in is enough to ask a rule.
fn can_tell(rule: Rule, draft: &Draft, component: &Component) -> bool {
    let filled = |field: Unfilled| !draft.unfilled.contains(&field);
    let area = filled(Unfilled::Area);
    let kind = filled(Unfilled::Type(component.id.clone()));
    match rule {
        Rule::Area => area,
        Rule::Type | Rule::BareEquipment | Rule::Embargo => kind,
        Rule::Duplication => area && kind,
        Rule::UnitAndItem => filled(Unfilled::Unit(component.id.clone())),
        _ => true,
    }
}
