//! What would let an offer that is refused serve a component after all, rule by rule.

use std::collections::BTreeSet;

use needmatch_domain::rule::Rule;
use needmatch_domain::scenario::{Offer, Window};

use super::edit::{Edit, Scope};
use crate::eligibility::{Subject, pair_detail};

/// The changes that answer every rule that refuses the pair; `None` when one of them is not to be argued with. Those
/// go into `barred`.
pub(super) fn relax(subject: &Subject<'_>, offer: &Offer, barred: &mut BTreeSet<Rule>) -> Option<Vec<Edit>> {
    let rules = pair_detail(subject, offer);
    if rules.contains(&Rule::UnitAndItem) {
        // Another thing altogether.
        return None;
    }
    let edits: Vec<Option<Edit>> = rules.iter().map(|rule| answer(*rule, subject, offer)).collect();
    let refused = rules.iter().zip(&edits).filter(|(_, edit)| edit.is_none());
    barred.extend(refused.map(|(rule, _)| *rule));
    edits.into_iter().collect()
}

fn answer(rule: Rule, subject: &Subject<'_>, offer: &Offer) -> Option<Edit> {
    let (request, component) = (subject.request, subject.component);
    let settings = &subject.lookup.scenario.settings;
    match rule {
        Rule::Area => Some(Edit::Scope(offer.id.clone(), component.id.clone(), Scope::Area)),
        Rule::Type => Some(Edit::Scope(offer.id.clone(), component.id.clone(), Scope::Type)),
        Rule::Context => Some(Edit::Scope(offer.id.clone(), component.id.clone(), Scope::Context)),
        Rule::Earmark => {
            let grouped = offer.groups.is_empty() || !subject.profile.groups.is_empty();
            (grouped && !offer.excluded_states.contains(&request.state))
                .then(|| Edit::Earmark(offer.id.clone(), request.state.clone()))
        }
        Rule::Window => {
            let (own, theirs) = (component.window, offer.window);
            let (first, last) =
                if theirs.last < own.first { (theirs.last, own.last) } else { (own.first, theirs.first) };
            Some(Edit::ComponentWindow(component.id.clone(), Window { first, last }))
        }
        Rule::Consent => (!request.excluded_providers.contains(&offer.provider))
            .then(|| Edit::Circulate(request.id.clone(), offer.id.clone())),
        Rule::Contribution => {
            let threshold = settings.rules.contribution.of(&subject.profile.groups);
            let wanted = u32::from(offer.min_contribution_percent).max(threshold);
            let percent = u8::try_from(wanted).ok().filter(|percent| *percent <= 100)?;
            Some(Edit::Contribution(request.id.clone(), percent))
        }
        Rule::SustainabilityRequired => Some(Edit::Sustainability(request.id.clone(), offer.min_sustainability)),
        Rule::ActionPlan => Some(Edit::ActionPlan(request.id.clone())),
        Rule::Report => Some(Edit::Report(request.id.clone(), offer.report_since?)),
        Rule::FirmOnly => Some(Edit::Firm(offer.id.clone())),
        Rule::BareEquipment => Some(Edit::Upkeep(component.id.clone())),
        _ => None,
    }
}
