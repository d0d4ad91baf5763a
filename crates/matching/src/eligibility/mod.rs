//! Whether an offer may serve a component at all (`docs/rules.md`, Eligibility).
//!
//! One file a rule, named as the rule; each holds one function that says whether the rule refuses a pair, knowing
//! nothing of modes or of the other rules. To add a rule: name it in `domain::rule`, write its file, list it in
//! [`refuses`], describe it in `docs/rules.md`.
//!
//! A [`Lookup`] indexes a scenario once, a [`Subject`] gathers what the rules ask about one component once; judging a
//! pair after that costs a few comparisons.

mod action_plan;
mod area;
mod bare_equipment;
mod consent;
mod context;
mod contribution;
mod duplication;
mod earmark;
mod embargo;
mod firm_only;
mod forbidden;
mod lookup;
mod refusals;
mod report;
mod suitability;
mod sustainability_required;
#[cfg(test)]
mod tests;
mod r#type;
mod unit_and_item;
mod window;

use needmatch_domain::rule::{Mode, Rule};
use needmatch_domain::scenario::{Offer, Window};

pub use lookup::{Lookup, Subject};
pub use refusals::refusals;

pub(crate) use action_plan::is_current as has_current_plan;
pub(crate) use area::accepts as accepts_area;
pub(crate) use earmark::reaches;
pub(crate) use lookup::covers_type;
pub(crate) use r#type::accepts as accepts_type;

/// What the eligibility rules say of a pair. Locks are no part of it: they overrule it when the scenario is frozen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The offer may serve the component.
    Eligible {
        /// In these periods: in order, apart from one another, at least one.
        ranges: Vec<Window>,
        /// Rules in mode `warn` that the pair breaks, in the order of the rules.
        warned: Vec<Rule>,
    },
    /// It may not.
    Refused {
        /// The first rule that refuses it; [`pair_detail`] names all.
        first: Rule,
    },
}

/// A component and an offer, with the periods the rules of the pair look at.
pub(crate) struct Pairing<'a> {
    pub(crate) subject: &'a Subject<'a>,
    pub(crate) offer: &'a Offer,
    /// The common window. Where there is none and `window` is not enforced, the component's own.
    pub(crate) periods: Option<Window>,
}

impl<'a> Pairing<'a> {
    pub(crate) fn of(subject: &'a Subject<'a>, offer: &'a Offer) -> Self {
        let own = subject.component.window;
        let shared = own.intersection(offer.window);
        let enforced = subject.lookup.mode(Rule::Window) == Mode::Enforce;
        Self { subject, offer, periods: if enforced { shared } else { shared.or(Some(own)) } }
    }
}

/// Whether a rule refuses a pair, whatever its mode. Rules of the plan refuse no pair.
pub(crate) fn refuses(rule: Rule, pairing: &Pairing<'_>) -> bool {
    match rule {
        Rule::Area => area::refuses(pairing),
        Rule::Type => r#type::refuses(pairing),
        Rule::UnitAndItem => unit_and_item::refuses(pairing),
        Rule::Earmark => earmark::refuses(pairing),
        Rule::Context => context::refuses(pairing),
        Rule::Window => window::refuses(pairing),
        Rule::Embargo => embargo::refuses(pairing),
        Rule::Consent => consent::refuses(pairing),
        Rule::Contribution => contribution::refuses(pairing),
        Rule::SustainabilityRequired => sustainability_required::refuses(pairing),
        Rule::ActionPlan => action_plan::refuses(pairing),
        Rule::Report => report::refuses(pairing),
        Rule::FirmOnly => firm_only::refuses(pairing),
        Rule::Duplication => duplication::refuses(pairing),
        Rule::BareEquipment => bare_equipment::refuses(pairing),
        Rule::Suitability => suitability::refuses(pairing),
        Rule::Forbidden => forbidden::refuses(pairing),
        _ => false,
    }
}

/// Judges a pair by every rule that is not off.
pub fn judge(subject: &Subject<'_>, offer: &Offer) -> Verdict {
    judge_by(Rule::eligibility(), subject, offer)
}

/// Judges a pair by the rules given alone, in their order. The caller answers for the others.
pub(crate) fn judge_by(rules: impl Iterator<Item = Rule>, subject: &Subject<'_>, offer: &Offer) -> Verdict {
    let pairing = Pairing::of(subject, offer);
    let mut warned = Vec::new();
    for rule in rules {
        let mode = subject.lookup.mode(rule);
        if mode == Mode::Off || !refuses(rule, &pairing) {
            continue;
        }
        if mode == Mode::Enforce {
            return Verdict::Refused { first: rule };
        }
        warned.push(rule);
    }
    Verdict::Eligible { ranges: forbidden::remaining(&pairing), warned }
}

/// Every enforced rule that refuses the pair, in the order of the rules; empty when the pair is eligible.
pub fn pair_detail(subject: &Subject<'_>, offer: &Offer) -> Vec<Rule> {
    let pairing = Pairing::of(subject, offer);
    Rule::eligibility().filter(|rule| subject.lookup.mode(*rule) == Mode::Enforce && refuses(*rule, &pairing)).collect()
}
