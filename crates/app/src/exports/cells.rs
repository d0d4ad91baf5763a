//! Rows of the register as cells, in the order of the columns of a scenario folder.

use std::fmt::Display;

use needmatch_store::register::{Offer, Programme, Request};

use super::Names;
use crate::error::AppError;
use crate::requests::DraftLine;
use crate::{offers, programmes, requests};

/// A value, or nothing.
fn show(value: Option<impl Display>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn join<T: Display>(values: impl IntoIterator<Item = T>) -> String {
    values.into_iter().map(|value| value.to_string()).collect::<Vec<_>>().join(";")
}

pub(super) fn request(row: &Request, names: &Names) -> Result<Vec<String>, AppError> {
    let details = requests::details(row)?;
    let content = &row.content;
    let obstacle = |obstacle: &needmatch_domain::scenario::Obstacle| match &obstacle.mitigation {
        Some(component) => format!("{}@{}", obstacle.code, names.part(component.as_str())),
        None => obstacle.code.clone(),
    };
    Ok(vec![
        names.of(&content.reference, content.external_id.as_deref()),
        content.state.clone(),
        details.authority,
        content.title.clone(),
        content.area.clone(),
        content.priority.to_string(),
        details.context.to_string(),
        show(details.action_plan_date),
        show(details.report_year),
        details.contribution_percent.to_string(),
        join(&details.contribution_kinds),
        details.sustainability.to_string(),
        show(details.max_providers),
        join(&details.excluded_providers),
        join(&details.preferred_providers),
        // Whom a request is shown to is consent, given by a step and not by a table.
        String::new(),
        join(&details.sdg_targets),
        show(content.package.as_ref()),
        join(details.obstacles.iter().map(obstacle)),
        details.source,
    ])
}

/// Components, or while one of them is incomplete all that stands of them: an import takes what it was given.
pub(super) fn components(row: &Request, names: &Names) -> Result<Vec<Vec<String>>, AppError> {
    let request = names.of(&row.content.reference, row.content.external_id.as_deref());
    Ok(requests::all_lines(row)?.into_iter().map(|line| component(line, &request, names)).collect())
}

fn component(line: DraftLine, request: &str, names: &Names) -> Vec<String> {
    vec![
        names.part(line.reference.as_str()),
        request.to_owned(),
        show(line.r#type),
        show(line.item),
        show(line.unit),
        show(line.quantity),
        line.received.to_string(),
        show(line.minimum),
        show(line.unit_cost),
        line.divisible.to_string(),
        show(line.from),
        show(line.to),
        show(line.period_max),
        join(line.requires.iter().map(|required| names.part(required.as_str()))),
        line.choice.map_or_else(String::new, |choice| names.part(choice.as_str())),
        line.covered_by.unwrap_or_default(),
        line.sustainability_points.to_string(),
    ]
}

pub(super) fn offer(row: &Offer, names: &Names) -> Result<Vec<String>, AppError> {
    let details = offers::details(row)?;
    let content = &row.content;
    Ok(vec![
        names.of(&content.reference, content.external_id.as_deref()),
        names.code.clone(),
        content.title.clone(),
        content.form.to_string(),
        join(&details.types),
        join(&content.areas),
        show(details.item),
        content.unit.clone(),
        content.quantity.to_string(),
        show(details.unit_value),
        details.firmness.to_string(),
        join(&details.states),
        join(&details.regions),
        join(details.groups.iter().map(|group| group.code())),
        join(&details.excluded_states),
        join(&details.contexts),
        show(details.from),
        show(details.to),
        show(details.ticket_min),
        show(details.ticket_max),
        show(details.state_max),
        show(details.max_requests),
        details.min_contribution_percent.to_string(),
        details.min_sustainability.to_string(),
        details.requires_action_plan.to_string(),
        show(details.report_since),
        show(details.channel),
        details.delivery_permille.to_string(),
        join(&details.preferred_areas),
        join(&details.sdg_targets),
        content.visibility.to_string(),
    ])
}

pub(super) fn offer_periods(row: &Offer, names: &Names) -> Result<Vec<Vec<String>>, AppError> {
    let offer = names.of(&row.content.reference, row.content.external_id.as_deref());
    let periods = offers::details(row)?.periods.into_iter();
    Ok(periods.map(|held| vec![offer.clone(), held.period.to_string(), held.quantity.to_string()]).collect())
}

pub(super) fn programme(row: &Programme, names: &Names) -> Result<Vec<String>, AppError> {
    let details = programmes::details(row)?;
    let content = &row.content;
    Ok(vec![
        names.of(&content.reference, content.external_id.as_deref()),
        content.state.clone(),
        content.area.clone(),
        show(details.r#type),
        show(details.from),
        show(details.to),
        show(details.amount),
        join(&details.mitigates),
        join(&details.sdg_targets),
        details.source,
    ])
}
