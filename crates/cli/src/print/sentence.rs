//! Codes with values as English sentences.

use needmatch_domain::ids::{ComponentIndex, OfferIndex, PeriodIndex};
use needmatch_domain::problem::Problem;
use needmatch_domain::reason::{Change, Demand, Reason, Unlock};
use needmatch_domain::rule::Rule;

use super::grouped;

/// What a rule is about, in a few words after "kept by".
pub(crate) fn rule(rule: Rule) -> &'static str {
    match rule {
        Rule::Area => "the area the offer is for",
        Rule::Type => "the kind of help the offer gives",
        Rule::UnitAndItem => "another unit or item",
        Rule::Earmark => "the offer's earmark",
        Rule::Context => "the contexts the offer accepts",
        Rule::Window => "dates that do not meet",
        Rule::Embargo => "an embargo",
        Rule::Consent => "the state's consent",
        Rule::Contribution => "the national contribution",
        Rule::SustainabilityRequired => "the sustainability the offer asks for",
        Rule::ActionPlan => "the missing or old national action plan",
        Rule::Report => "the missing or old national report",
        Rule::FirmOnly => "its being a pledge only",
        Rule::Duplication => "a programme that covers it already",
        Rule::BareEquipment => "equipment without training and upkeep",
        Rule::Suitability => "the experts' judgement",
        Rule::Forbidden => "a match that is forbidden",
        Rule::Demand => "what is asked for",
        Rule::Minimum => "the least useful quantity",
        Rule::Capacity => "what the offer holds",
        Rule::Ticket => "the offer's smallest or largest share of a request",
        Rule::StateLimit => "the offer's most for one state",
        Rule::Reach => "the most requests the offer takes part in",
        Rule::Fragmentation => "the most providers on the request",
        Rule::Bundle => "what it requires",
        Rule::Choice => "the alternatives of which one is served",
        Rule::Sustainability => "the sustainability threshold",
        Rule::Obstacle => "an obstacle that is not mitigated",
        Rule::Absorption => "what the state can take in",
        Rule::Channel => "what the channel can carry",
        Rule::RegionalFloor => "a region's least share",
        Rule::RegionalCeiling => "a region's largest share",
        Rule::Package => "the package it belongs to",
        Rule::Precedence => "the order of law, register and marking",
        Rule::Locked => "a match that is locked",
    }
}

/// Several rules, as a list.
pub(crate) fn rules(list: &[Rule]) -> String {
    list.iter().map(|one| rule(*one)).collect::<Vec<_>>().join(", ")
}

/// A reason of the chain.
pub(crate) fn reason(problem: &Problem, reason: &Reason) -> String {
    let component = |index: ComponentIndex| problem.components[index.at()].id.to_string();
    match reason {
        Reason::NoEligibleOffer { refused } if refused.is_empty() => "no offer may serve it".to_owned(),
        Reason::NoEligibleOffer { refused } => {
            let rules: Vec<_> = refused
                .iter()
                .map(|count| {
                    let only = if count.only > 0 { format!(", alone {}", count.only) } else { String::new() };
                    format!("{} refuses {}{only}", count.rule, count.offers)
                })
                .collect();
            format!("no offer may serve it: {}", rules.join("; "))
        }
        Reason::Outbid { offer, winning_priority, .. } => {
            let offer = &problem.offers[offer.at()].id;
            match winning_priority {
                Some(priority) => {
                    format!(
                        "{offer} went to components that weigh as much or more; it would win at priority {priority}"
                    )
                }
                None => format!("{offer} went to components that weigh as much or more"),
            }
        }
        Reason::RequiredUnserved { required } => format!("{}, which it requires, is not served", component(*required)),
        Reason::AlternativeServed { alternative } => format!("{} is served instead", component(*alternative)),
        Reason::PackageUnserved { request } => {
            format!("{} of the same package cannot be served", problem.requests[request.at()].id)
        }
        Reason::ObstacleUnmitigated { .. } => "an obstacle is not mitigated".to_owned(),
        Reason::SustainabilityShort { missing } => format!("{missing} sustainability points short"),
        Reason::MinimumUnreachable { reachable } => {
            format!("only {} could be given, less than is of use", grouped(*reachable))
        }
        Reason::Absorption { state, period } => {
            format!("{} can take in no more in {}", problem.states[state.at()].code, label(problem, *period))
        }
        Reason::RuleBinds { rule: Rule::Demand } => "nothing stands against it but the plan as a whole".to_owned(),
        Reason::RuleBinds { rule: binding } => format!("held back by {} ({binding})", rule(*binding)),
    }
}

fn label(problem: &Problem, period: PeriodIndex) -> &str {
    problem.periods[period.at()].as_str()
}

/// What unlocks a component.
pub(crate) fn unlock(unlock: &Unlock) -> String {
    let changes: Vec<String> = by_row(&unlock.changes);
    let result = format!("it then receives {}", grouped(unlock.quantity));
    format!("unlocked by: {}; {result}", changes.join("; "))
}

/// Changes as they would be made in the folder, those of one row together.
pub(crate) fn by_row(changes: &[Change]) -> Vec<String> {
    let mut rows: Vec<(String, Vec<String>)> = Vec::new();
    for change in changes {
        let new = change.from.is_empty() && is_new_row(changes, change);
        let row = match (new, change.file.as_str()) {
            (true, "locks.csv") => format!("{}: keep it for {}", change.file, change.id.replace('@', ", ")),
            (true, _) => format!("{}: a new row {}", change.file, change.id),
            (false, _) => format!("{}: {}", change.file, change.id),
        };
        let text = match (change.field.as_str(), change.from.as_str(), change.to.as_str()) {
            ("*", _, "-") => "taken away".to_owned(),
            (field, _, to) if new => format!("{field} {to}"),
            (field, "", to) => format!("{field} (empty) -> {to}"),
            (field, from, to) => format!("{field} {from} -> {to}"),
        };
        match rows.iter_mut().find(|(known, _)| *known == row) {
            Some((_, texts)) => texts.push(text),
            None => rows.push((row, vec![text])),
        }
    }
    rows.into_iter().map(|(row, texts)| format!("{row} {}", texts.join(", "))).collect()
}

/// A row none of whose changed cells holds anything is new where it needs more than one of them.
fn is_new_row(changes: &[Change], change: &Change) -> bool {
    let same = |other: &&Change| (&other.file, &other.id) == (&change.file, &change.id);
    let row: Vec<&Change> = changes.iter().filter(same).collect();
    (row.len() > 1 || change.file == "offer_periods.csv") && row.iter().all(|one| one.from.is_empty())
}

/// Something a scenario insists on.
pub(crate) fn demand(problem: &Problem, demand: &Demand) -> String {
    let component = |index: ComponentIndex| &problem.components[index.at()].id;
    let offer = |index: OfferIndex| &problem.offers[index.at()].id;
    match demand {
        Demand::Lock { component: served, offer: serving, period, quantity } => format!(
            "locks.csv: {} gives {} to {} in {}",
            offer(*serving),
            grouped(*quantity),
            component(*served),
            label(problem, *period)
        ),
        Demand::Floor { region } => format!("scenario.toml: the least share of {region} (regional_floor)"),
        Demand::Ceiling { region } => format!("scenario.toml: the largest share of {region} (regional_ceiling)"),
        Demand::Absorption { state, period } => format!(
            "absorption.csv: what {} can take in in {}",
            problem.states[state.at()].code,
            label(problem, *period)
        ),
        Demand::Channel { channel } => format!("channels.csv: what {channel} can carry"),
        Demand::OfferTerms { offer: setting } => {
            format!("offers.csv: tickets, most for a state and most requests of {}", offer(*setting))
        }
        Demand::Providers { request } => {
            format!("requests.csv: the most providers on {}", problem.requests[request.at()].id)
        }
        Demand::Rule { rule: whole } => format!("scenario.toml: the rule {whole}, {}", rule(*whole)),
    }
}
