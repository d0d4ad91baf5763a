//! What `explain` says, by names: the JSON form, and what the text is made from. Described in `docs/explain.md`.

use needmatch_domain::ids::ComponentIndex;
use needmatch_domain::problem::Problem;
use needmatch_domain::reason::{MatchReason, OfferUse, Unlock, UnservedReason};
use needmatch_domain::run::{Outcome, Run};
use needmatch_domain::scenario::Scenario;
use serde::Serialize;

use super::goals::{self, GoalCost};
use super::shares::{self, Share};
use crate::print::{row, sentence};

#[derive(Debug, Serialize)]
pub(crate) struct Report {
    pub(crate) name: String,
    pub(crate) problem_sha256: String,
    pub(crate) digest: String,
    pub(crate) status: &'static str,
    pub(crate) currency: String,
    pub(crate) goals: Vec<GoalCost>,
    pub(crate) regions: Vec<Share>,
    pub(crate) areas: Vec<Share>,
    pub(crate) binding: Vec<Binding>,
    pub(crate) conflict: Vec<String>,
    pub(crate) requests: Vec<RequestReport>,
    pub(crate) offers: Vec<OfferReport>,
    /// Counts of the search for unlocking changes; absent when there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) unlocking: Option<Unlocking>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Binding {
    pub(crate) rule: &'static str,
    pub(crate) of: Vec<String>,
}

#[derive(Debug, Serialize)]
pub(crate) struct RequestReport {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) state: String,
    pub(crate) area: String,
    pub(crate) components: Vec<ComponentReport>,
}

#[derive(Debug, Serialize)]
pub(crate) struct ComponentReport {
    pub(crate) id: String,
    pub(crate) asked: i64,
    pub(crate) received: i64,
    pub(crate) matches: Vec<MatchReport>,
    pub(crate) reasons: Vec<String>,
    pub(crate) chain: serde_json::Value,
    pub(crate) unlock: Option<Unlock>,
    /// Absent where no change was looked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) search: Option<SearchReport>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct SearchReport {
    pub(crate) considered: usize,
    pub(crate) solved: usize,
    pub(crate) barred: Vec<&'static str>,
}

#[derive(Debug, Serialize)]
pub(crate) struct MatchReport {
    pub(crate) component: String,
    pub(crate) offer: String,
    pub(crate) period: String,
    pub(crate) quantity: i64,
    pub(crate) score: i64,
    pub(crate) weight: i64,
    pub(crate) worth: i64,
    pub(crate) fit: i64,
    pub(crate) bound_by: Vec<&'static str>,
    #[serde(skip)]
    pub(crate) bound_by_words: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct OfferReport {
    pub(crate) id: String,
    pub(crate) provider: String,
    pub(crate) quantity: i64,
    pub(crate) used: i64,
    pub(crate) left: i64,
    pub(crate) why_left: Vec<&'static str>,
    #[serde(skip)]
    pub(crate) why_left_words: String,
    pub(crate) marginal_value: i64,
    /// Whether it was found by solving again with one unit more, rather than from the certificate.
    pub(crate) exact: bool,
    pub(crate) matches: Vec<MatchReport>,
}

#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Unlocking {
    /// Components with nothing that were looked at.
    pub(crate) components: usize,
    /// Of them, those with a change that serves them.
    pub(crate) with_change: usize,
    /// Those for which none of the changes considered does.
    pub(crate) without_change: usize,
    /// Those not reached before the search was stopped.
    pub(crate) not_reached: usize,
}

/// Everything the run says. Unlocking changes are added by the caller.
pub(crate) fn of(run: &Run, problem: &Problem, scenario: Option<&Scenario>) -> Report {
    let outcome = &run.outcome;
    let reasons = &outcome.explanations;
    Report {
        name: problem.name.clone(),
        problem_sha256: run.problem_sha256.clone(),
        digest: run.digest.clone(),
        status: outcome.status.name(),
        currency: problem.currency.clone(),
        goals: goals::of(problem, outcome),
        regions: shares::by_region(problem, &outcome.plan),
        areas: shares::by_area(problem, &outcome.plan),
        binding: binding(problem, &reasons.binding),
        conflict: reasons.conflict.iter().map(|demand| sentence::demand(problem, demand)).collect(),
        requests: requests(problem, outcome, scenario),
        offers: reasons.offers.iter().map(|offer| of_offer(problem, outcome, offer)).collect(),
        unlocking: None,
    }
}

fn binding(problem: &Problem, keys: &[String]) -> Vec<Binding> {
    let mut rules: Vec<Binding> = Vec::new();
    for (rule, entity) in keys.iter().filter_map(|key| row::named(problem, key)) {
        match rules.iter_mut().find(|known| known.rule == rule.name()) {
            Some(known) if known.of.contains(&entity) => {}
            Some(known) => known.of.push(entity),
            None => rules.push(Binding { rule: rule.name(), of: vec![entity] }),
        }
    }
    rules
}

fn requests(problem: &Problem, outcome: &Outcome, scenario: Option<&Scenario>) -> Vec<RequestReport> {
    let by_request = problem.components_by_request();
    let entries = problem.requests.iter().zip(by_request);
    entries
        .map(|(request, components)| {
            let row = scenario.and_then(|scenario| scenario.requests.iter().find(|row| row.id == request.id));
            RequestReport {
                id: request.id.to_string(),
                title: row.map(|row| row.title.clone()).unwrap_or_default(),
                state: problem.states[request.state.at()].code.to_string(),
                area: request.area.clone(),
                components: components.into_iter().map(|component| of_component(problem, outcome, component)).collect(),
            }
        })
        .collect()
}

fn of_component(problem: &Problem, outcome: &Outcome, component: ComponentIndex) -> ComponentReport {
    let details = &problem.components[component.at()];
    let reasons = &outcome.explanations;
    let missing: Option<&UnservedReason> = reasons.unserved.iter().find(|reason| reason.component == component);
    let chain = missing.map(|missing| missing.chain.as_slice()).unwrap_or_default();
    ComponentReport {
        id: details.id.to_string(),
        asked: details.outstanding,
        received: details.outstanding - missing.map_or(0, |missing| missing.missing),
        matches: matches(problem, outcome, |reason| reason.component == component),
        reasons: chain.iter().map(|reason| sentence::reason(problem, reason)).collect(),
        chain: serde_json::to_value(chain).unwrap_or_default(),
        unlock: missing.and_then(|missing| missing.unlock.clone()),
        search: None,
    }
}

fn matches(problem: &Problem, outcome: &Outcome, wanted: impl Fn(&MatchReason) -> bool) -> Vec<MatchReport> {
    let reasons = outcome.explanations.matches.iter().filter(|reason| wanted(reason));
    reasons
        .map(|reason| {
            let same = (reason.component, reason.offer, reason.period);
            let of_plan = outcome.plan.matches.iter();
            let found = of_plan.filter(|found| (found.component, found.offer, found.period) == same);
            MatchReport {
                component: problem.components[reason.component.at()].id.to_string(),
                offer: problem.offers[reason.offer.at()].id.to_string(),
                period: problem.periods[reason.period.at()].to_string(),
                quantity: found.map(|found| found.quantity).sum(),
                score: reason.score,
                weight: reason.weight,
                worth: reason.worth,
                fit: reason.fit,
                bound_by: reason.bound_by.iter().map(|rule| rule.name()).collect(),
                bound_by_words: sentence::rules(&reason.bound_by),
            }
        })
        .collect()
}

fn of_offer(problem: &Problem, outcome: &Outcome, used: &OfferUse) -> OfferReport {
    let offer = &problem.offers[used.offer.at()];
    OfferReport {
        id: offer.id.to_string(),
        provider: problem.providers[offer.provider.at()].to_string(),
        quantity: offer.quantity,
        used: used.used,
        left: used.left,
        why_left: used.why_left.iter().map(|rule| rule.name()).collect(),
        why_left_words: sentence::rules(&used.why_left),
        marginal_value: used.marginal_value,
        exact: false,
        matches: matches(problem, outcome, |reason| reason.offer == used.offer),
    }
}
