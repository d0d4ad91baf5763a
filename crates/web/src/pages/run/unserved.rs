//! What is not served, why, and the smallest change that would serve it: codes with values become sentences here.

use needmatch_charts::Table;
use needmatch_domain::reason::{Reason, Refusals, Unlock, UnservedReason};
use needmatch_domain::run::Outcome;
use needmatch_i18n::{Value, number, vocabulary};

use super::words::Words;

/// Components on the page; the file holds all.
pub(crate) const MOST_UNSERVED: usize = 60;

/// Sentences shown at once; the rest opens on demand.
const FIRST_SENTENCES: usize = 2;

/// Offers that went elsewhere, named one by one; more are counted.
const NAMED_OFFERS: usize = 2;

/// A component that is not, or not wholly, served.
pub(crate) struct UnservedRow {
    pub(crate) state: String,
    pub(crate) request: String,
    pub(crate) component: String,
    pub(crate) missing: String,
    pub(crate) why: Vec<String>,
    pub(crate) more: Vec<String>,
    /// Empty where none is known.
    pub(crate) change: String,
}

/// The first components, in the order of the problem.
pub(crate) fn rows(words: &Words<'_>, outcome: &Outcome) -> Vec<UnservedRow> {
    outcome.explanations.unserved.iter().take(MOST_UNSERVED).map(|reason| row(words, outcome, reason)).collect()
}

/// All of them as a table.
pub(crate) fn table(words: &Words<'_>, outcome: &Outcome) -> Table {
    let headers = [
        "chart-column-state",
        "run-column-request",
        "run-column-component",
        "run-column-quantity",
        "run-column-why",
        "run-column-change",
    ];
    let row = |reason: &UnservedReason| {
        let UnservedRow { state, request, component, missing, why, more, change } = row(words, outcome, reason);
        vec![state, request, component, missing, [why, more].concat().join(" "), change]
    };
    Table {
        headers: headers.map(|key| words.say(key)).to_vec(),
        rows: outcome.explanations.unserved.iter().map(row).collect(),
    }
}

fn row(words: &Words<'_>, outcome: &Outcome, reason: &UnservedReason) -> UnservedRow {
    let problem = words.problem;
    let component = &problem.components[reason.component.at()];
    let mut why = sentences(words, reason);
    let more = why.split_off(why.len().min(FIRST_SENTENCES));
    UnservedRow {
        state: words.state(problem.state_of(reason.component)),
        request: words.request(component.request),
        component: words.component(reason.component),
        missing: words.quantity(reason.component, reason.missing),
        why,
        more,
        change: match &reason.unlock {
            Some(unlock) => change(words, reason, unlock),
            None if searched(outcome) => words.say("change-none"),
            None => String::new(),
        },
    }
}

/// Whether changes were looked for: a run without any that was found may have had no time for it.
pub(crate) fn searched(outcome: &Outcome) -> bool {
    outcome.explanations.unserved.iter().any(|reason| reason.unlock.is_some())
}

fn sentences(words: &Words<'_>, reason: &UnservedReason) -> Vec<String> {
    let outbid = reason.chain.iter().filter(|link| matches!(link, Reason::Outbid { .. })).count();
    let counts = outbid > NAMED_OFFERS;
    let mut told = false;
    let mut sentences = Vec::new();
    for link in &reason.chain {
        if counts && matches!(link, Reason::Outbid { .. }) {
            if !told {
                sentences.push(words.say_with("reason-outbid-many", &[("offers", Value::from(outbid))]));
            }
            told = true;
            continue;
        }
        sentences.extend(sentence(words, reason, link));
    }
    sentences
}

fn sentence(words: &Words<'_>, unserved: &UnservedReason, link: &Reason) -> Vec<String> {
    let problem = words.problem;
    let one = |key: &str, name: &str, value: Value| vec![words.say_with(key, &[(name, value)])];
    match link {
        Reason::NoEligibleOffer { refused } => {
            let mut sentences = vec![words.say("reason-no_eligible_offer")];
            sentences.extend(refused.iter().map(|refusals| refusal(words, refusals)));
            sentences
        }
        Reason::Outbid { offer, winning_priority, .. } => {
            let mut sentence = words.say_with("reason-outbid", &[("offer", Value::from(words.offer(*offer)))]);
            if let Some(priority) = winning_priority {
                sentence.push(' ');
                sentence.push_str(&words.say_with("reason-outbid-priority", &[("priority", Value::from(*priority))]));
            }
            vec![sentence]
        }
        Reason::RequiredUnserved { required } => {
            one("reason-required_unserved", "component", words.component(*required).into())
        }
        Reason::AlternativeServed { alternative } => {
            one("reason-alternative_served", "component", words.component_in_full(*alternative).into())
        }
        Reason::PackageUnserved { request } => {
            one("reason-package_unserved", "request", words.request(*request).into())
        }
        Reason::ObstacleUnmitigated { obstacle } => {
            let request = &problem.requests[problem.components[unserved.component.at()].request.at()];
            let code = request.obstacles.get(*obstacle as usize).map_or("other", |obstacle| obstacle.code.as_str());
            let name = match code.strip_prefix("other:") {
                Some(text) => text.trim().to_owned(),
                None => vocabulary::obstacle(words.locale, code),
            };
            one("reason-obstacle_unmitigated", "obstacle", name.into())
        }
        Reason::SustainabilityShort { missing } => one("reason-sustainability_short", "missing", Value::from(*missing)),
        Reason::MinimumUnreachable { reachable } => {
            one("reason-minimum_unreachable", "reachable", words.quantity(unserved.component, *reachable).into())
        }
        Reason::Absorption { state, period } => {
            let values = [
                ("state", Value::from(words.state(*state))),
                ("period", Value::from(problem.periods[period.at()].to_string())),
            ];
            vec![words.say_with("reason-absorption", &values)]
        }
        Reason::RuleBinds { rule } => {
            one("reason-rule_binds", "rule", vocabulary::rule(words.locale, rule.name()).into())
        }
    }
}

fn refusal(words: &Words<'_>, refusals: &Refusals) -> String {
    let mut sentence = vocabulary::refusal(words.locale, refusals.rule.name(), refusals.offers);
    if refusals.only > 0 {
        sentence.push(' ');
        sentence.push_str(&words.say_with("reason-only", &[("offers", Value::from(refusals.only))]));
    }
    sentence
}

fn change(words: &Words<'_>, unserved: &UnservedReason, unlock: &Unlock) -> String {
    let mut sentences: Vec<String> = unlock
        .changes
        .iter()
        .map(|change| {
            let values = [
                ("file", Value::from(change.file.as_str())),
                ("id", Value::from(change.id.as_str())),
                ("field", Value::from(change.field.as_str())),
                ("from", Value::from(change.from.as_str())),
                ("to", Value::from(change.to.as_str())),
            ];
            words.say_with("change-setting", &values)
        })
        .collect();
    let result = [
        ("quantity", Value::from(number::grouped(words.locale, unlock.quantity))),
        ("unit", Value::from(words.unit(unserved.component))),
    ];
    sentences.push(words.say_with("change-result", &result));
    sentences.join(" ")
}
