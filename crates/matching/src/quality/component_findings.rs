//! Findings about one component.

use needmatch_domain::rule::{Mode, Rule};
use needmatch_domain::scenario::{Component, Form};

use super::draft::{Draft, Unfilled};
use super::finding::{Finding, FindingCode, Severity};
use super::opening::{Opening, count};
use super::request_findings::most_frequent;
use super::surroundings::Surroundings;

/// How many times the median of its kind, or what part of it, a cost may be.
const FAR: i128 = 3;

pub(super) fn find(surroundings: &Surroundings<'_>, draft: &Draft, opening: &Opening<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, component) in draft.components.iter().enumerate() {
        let own = lacking(surroundings, draft, opening, (at, component))
            .into_iter()
            .chain(unusual_cost(surroundings, draft, component))
            .chain(bare(surroundings, draft, opening, (at, component)))
            .chain(programmes(surroundings, draft, opening, (at, component)))
            .chain(requests(surroundings, draft, component));
        findings.extend(own.map(|finding| finding.of(&component.id)));
    }
    findings
}

fn lacking(
    surroundings: &Surroundings<'_>,
    draft: &Draft,
    opening: &Opening<'_>,
    (at, component): (usize, &Component),
) -> Vec<Finding> {
    let lacks = |field: Unfilled| draft.unfilled.contains(&field);
    let id = || component.id.clone();
    let offers = opening.once_complete(Some(at));
    let blocking = |code| Finding::new(code, Severity::Blocking).opening(count(offers.len()));
    let mut findings = Vec::new();
    if lacks(Unfilled::Type(id())) {
        let kind = most_frequent(&offers, |offer| offer.types.iter().map(ToString::to_string).collect());
        findings.push(blocking(FindingCode::NoType).such_as(kind));
    }
    if lacks(Unfilled::Unit(id())) {
        let unit =
            most_frequent(
                &offers,
                |offer| {
                    if offer.form == Form::InKind { vec![offer.unit.to_string()] } else { Vec::new() }
                },
            );
        findings.push(blocking(FindingCode::NoUnit).such_as(unit));
    }
    if lacks(Unfilled::Quantity(id())) {
        let usual = surroundings.median_quantity(component).unwrap_or(10);
        findings.push(blocking(FindingCode::NoQuantity).such_as(usual.to_string()));
    }
    if lacks(Unfilled::UnitCost(id())) {
        let usual = surroundings.median_cost(component).unwrap_or(1000);
        findings.push(blocking(FindingCode::NoUnitCost).such_as(usual.to_string()));
    }
    if lacks(Unfilled::Window(id())) {
        let first = surroundings.lookup.scenario.periods.first().map(ToString::to_string).unwrap_or_default();
        findings.push(Finding::new(FindingCode::NoWindow, Severity::Minor).such_as(first));
    }
    findings
}

fn unusual_cost(surroundings: &Surroundings<'_>, draft: &Draft, component: &Component) -> Option<Finding> {
    let fields = [Unfilled::UnitCost, Unfilled::Type, Unfilled::Unit];
    if fields.into_iter().any(|field| draft.unfilled.contains(&field(component.id.clone()))) {
        return None;
    }
    let median = surroundings.median_cost(component)?;
    let (cost, usual) = (i128::from(component.unit_cost), i128::from(median));
    (cost > FAR * usual || cost * FAR < usual).then(|| {
        let finding = Finding::new(FindingCode::UnusualUnitCost, Severity::Major);
        finding.about(median.to_string()).such_as(median.to_string())
    })
}

fn bare(
    surroundings: &Surroundings<'_>,
    draft: &Draft,
    opening: &Opening<'_>,
    (at, component): (usize, &Component),
) -> Option<Finding> {
    let profile = surroundings.lookup.scenario.state(&draft.request.state)?;
    let typed = !draft.unfilled.contains(&Unfilled::Type(component.id.clone()));
    let subject = surroundings.lookup.subject_of(component, &draft.request, &profile, &draft.components);
    let mode = surroundings.lookup.mode(Rule::BareEquipment);
    let severity = if mode == Mode::Enforce { Severity::Blocking } else { Severity::Major };
    (typed && mode != Mode::Off && subject.is_bare()).then(|| {
        let opened = opening.by_rule(Rule::BareEquipment, Some(at)).len();
        Finding::new(FindingCode::BareEquipment, severity).such_as("national").opening(count(opened))
    })
}

fn programmes(
    surroundings: &Surroundings<'_>,
    draft: &Draft,
    opening: &Opening<'_>,
    (at, component): (usize, &Component),
) -> Vec<Finding> {
    let typed = !draft.unfilled.contains(&Unfilled::Type(component.id.clone()));
    let placed = !draft.unfilled.contains(&Unfilled::Area);
    if !(typed && placed) {
        return Vec::new();
    }
    let request = &draft.request;
    let covering = surroundings.lookup.covering(&request.state, &request.area, component.r#type);
    covering
        .filter(|programme| programme.window.intersection(component.window).is_some())
        .map(|programme| {
            let whole = programme.amount.is_none();
            let severity = if whole { Severity::Major } else { Severity::Minor };
            let opened = if whole { opening.by_rule(Rule::Duplication, Some(at)).len() } else { 0 };
            Finding::new(FindingCode::OverlapsProgramme, severity)
                .about(programme.id.to_string())
                .opening(count(opened))
        })
        .collect()
}

fn requests(surroundings: &Surroundings<'_>, draft: &Draft, component: &Component) -> Vec<Finding> {
    if !draft.is_complete(&component.id) {
        return Vec::new();
    }
    let same = |other: &&Component| {
        let items_differ = matches!((&component.item, &other.item), (Some(own), Some(its)) if own != its);
        let alternatives = component.choice.is_some() && component.choice == other.choice;
        other.r#type == component.r#type
            && other.unit == component.unit
            && !items_differ
            && !alternatives
            && other.received < other.quantity
            && other.window.intersection(component.window).is_some()
    };
    let overlapping = surroundings
        .others(&draft.request)
        .filter(|other| surroundings.components(&other.id).iter().any(same))
        .map(|other| Finding::new(FindingCode::OverlapsRequest, Severity::Minor).about(other.id.to_string()));
    overlapping.collect()
}
