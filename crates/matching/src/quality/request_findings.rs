//! Findings about a request as a whole.

use needmatch_domain::geography::Group;
use needmatch_domain::rule::{Mode, Rule};
use needmatch_domain::scenario::{Obstacle, Offer, Window};

use super::draft::{Draft, Unfilled};
use super::finding::{Finding, FindingCode, Severity};
use super::opening::{Opening, count};
use super::surroundings::Surroundings;
use crate::eligibility::has_current_plan;
use crate::freeze::mitigates;

pub(super) fn find(surroundings: &Surroundings<'_>, draft: &Draft, opening: &Opening<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if draft.components.is_empty() {
        findings.push(Finding::new(FindingCode::NoComponents, Severity::Blocking));
    }
    if draft.unfilled.contains(&Unfilled::Area) {
        let offers = opening.once_complete(None);
        let area = most_frequent(&offers, |offer| offer.areas.iter().map(ToString::to_string).collect());
        let finding = Finding::new(FindingCode::NoArea, Severity::Blocking).such_as(area);
        findings.push(finding.opening(count(offers.len())));
    }
    findings.extend(evidence(surroundings, draft, opening));
    findings.extend(contribution(surroundings, draft, opening));
    findings.extend(sustainability(surroundings, draft, opening));
    findings.extend(obstacles(surroundings, draft, opening));
    findings.extend(priority(surroundings, draft));
    findings
}

/// The value that most offers name; the first in order among equals, empty where none names any.
pub(super) fn most_frequent(offers: &[&Offer], named: impl Fn(&Offer) -> Vec<String>) -> String {
    let mut values: Vec<String> = offers.iter().flat_map(|offer| named(offer)).collect();
    values.sort_unstable();
    let runs: Vec<&[String]> = values.chunk_by(|left, right| left == right).collect();
    let most = runs.iter().rev().max_by_key(|run| run.len());
    most.map(|run| run[0].clone()).unwrap_or_default()
}

fn evidence(surroundings: &Surroundings<'_>, draft: &Draft, opening: &Opening<'_>) -> Vec<Finding> {
    let (request, settings) = (&draft.request, &surroundings.lookup.scenario.settings);
    let mut findings = Vec::new();
    if request.source.trim().is_empty() {
        findings.push(Finding::new(FindingCode::NoEvidence, Severity::Minor));
    }
    if !has_current_plan(request, settings) {
        let dated = request.action_plan_date.map(|date| date.to_string()).unwrap_or_default();
        let opened = opening.by_rule(Rule::ActionPlan, None).len();
        let finding = Finding::new(FindingCode::StaleActionPlan, Severity::Minor).about(dated);
        findings.push(finding.such_as(settings.as_of.to_string()).opening(count(opened)));
    }
    let closed = opening.by_rule(Rule::Report, None);
    if request.report_year.is_none() || !closed.is_empty() {
        let year = request.report_year.map(|year| year.to_string()).unwrap_or_default();
        let wanted = closed.iter().filter_map(|offer| offer.report_since).max().unwrap_or(settings.as_of.year());
        let finding = Finding::new(FindingCode::OldReport, Severity::Minor).about(year);
        findings.push(finding.such_as(wanted.to_string()).opening(count(closed.len())));
    }
    findings
}

fn contribution(surroundings: &Surroundings<'_>, draft: &Draft, opening: &Opening<'_>) -> Option<Finding> {
    let rules = &surroundings.lookup.scenario.settings.rules;
    let given = u32::from(draft.request.contribution_percent);
    let threshold = rules.contribution.of(&groups(surroundings, draft));
    let closed = opening.by_rule(Rule::Contribution, None);
    let unsaid = draft.unfilled.contains(&Unfilled::Contribution);
    let below = given < threshold && rules.mode(Rule::Contribution) == Mode::Enforce;
    let severity = if below { Severity::Blocking } else { Severity::Minor };
    let code = if unsaid { FindingCode::NoContribution } else { FindingCode::ContributionShort };
    let wanted = closed.iter().map(|offer| u32::from(offer.min_contribution_percent)).max().unwrap_or(0).max(threshold);
    (unsaid || below || !closed.is_empty()).then(|| {
        let finding = Finding::new(code, severity).about(if unsaid { String::new() } else { given.to_string() });
        finding.such_as(if wanted == 0 { String::new() } else { wanted.to_string() }).opening(count(closed.len()))
    })
}

fn sustainability(surroundings: &Surroundings<'_>, draft: &Draft, opening: &Opening<'_>) -> Option<Finding> {
    let rules = &surroundings.lookup.scenario.settings.rules;
    let own = u32::from(draft.request.sustainability);
    let points: u32 = draft.components.iter().map(|component| u32::from(component.sustainability_points)).sum();
    let threshold = rules.sustainability.of(&groups(surroundings, draft));
    let closed = opening.by_rule(Rule::SustainabilityRequired, None);
    let below = own + points < threshold && rules.mode(Rule::Sustainability) == Mode::Enforce;
    let severity = if below { Severity::Blocking } else { Severity::Minor };
    let least = if below { threshold - points } else { 0 };
    let wanted = closed.iter().map(|offer| u32::from(offer.min_sustainability)).max().unwrap_or(0).max(least);
    let opens = count(closed.len()) + if below { opening.now() } else { 0 };
    (below || !closed.is_empty()).then(|| {
        let finding = Finding::new(FindingCode::SustainabilityShort, severity).about(own.to_string());
        finding.such_as(wanted.to_string()).opening(opens)
    })
}

fn obstacles(surroundings: &Surroundings<'_>, draft: &Draft, opening: &Opening<'_>) -> Vec<Finding> {
    let scenario = surroundings.lookup.scenario;
    let enforced = scenario.settings.rules.mode(Rule::Obstacle) == Mode::Enforce;
    let (severity, opens) = if enforced { (Severity::Blocking, opening.now()) } else { (Severity::Major, 0) };
    let windows: Vec<Window> = draft.components.iter().map(|component| component.window).collect();
    let removed_by_component = |obstacle: &Obstacle| {
        let named = obstacle.mitigation.as_ref();
        named.is_some_and(|named| draft.components.iter().any(|component| component.id == *named))
    };
    let removed_by_programme = |obstacle: &Obstacle| {
        let mut programmes = scenario.programmes.iter().filter(|programme| programme.state == draft.request.state);
        programmes.any(|programme| mitigates(programme, &obstacle.code, &windows))
    };
    let example = |obstacle: &Obstacle| {
        let part = draft.components.first().map(|component| format!("{}@{}", obstacle.code, component.id));
        part.unwrap_or_default()
    };
    let standing = draft
        .request
        .obstacles
        .iter()
        .filter(|obstacle| !removed_by_component(obstacle) && !removed_by_programme(obstacle));
    standing
        .map(|obstacle| {
            let finding = Finding::new(FindingCode::ObstacleUnmitigated, severity).about(&obstacle.code);
            finding.such_as(example(obstacle)).opening(opens)
        })
        .collect()
}

fn priority(surroundings: &Surroundings<'_>, draft: &Draft) -> Option<Finding> {
    let permille = surroundings.first_priority_excess(draft).filter(|_| draft.request.priority == 1)?;
    Some(Finding::new(FindingCode::FirstPriorityExcess, Severity::Major).about(permille.to_string()).such_as("2"))
}

fn groups(surroundings: &Surroundings<'_>, draft: &Draft) -> Vec<Group> {
    surroundings.lookup.scenario.state(&draft.request.state).map(|profile| profile.groups).unwrap_or_default()
}
