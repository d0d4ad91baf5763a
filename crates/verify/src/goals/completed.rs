//! ¶106: requests met in full, by the weight of their priority.

use crate::recount::{Model, Recount};
use crate::row::DerivedRow;
use crate::tally::Tally;

pub(crate) fn value(tally: &Tally<'_>) -> i128 {
    let requests = tally.recount.problem.requests.iter().enumerate();
    let full = requests.filter(|(position, _)| tally.full_request(*position));
    full.map(|(_, request)| i128::from(request.priority_weight)).sum()
}

pub(crate) fn terms(recount: &Recount<'_>, model: &Model) -> Vec<(usize, i64)> {
    let requests = recount.problem.requests.iter().enumerate();
    requests.map(|(position, request)| (model.columns.full_request(position), request.priority_weight)).collect()
}

pub(crate) fn component(recount: &Recount<'_>, model: &Model, position: usize) -> Option<DerivedRow> {
    let component = recount.problem.components.get(position)?;
    let mut terms = vec![(model.columns.full_component(position), component.outstanding)];
    terms.extend(model.x_of_component(recount, position, None).map(|x| (x, -1)));
    Some(DerivedRow::at_most(terms, 0))
}

pub(crate) fn request(recount: &Recount<'_>, model: &Model, position: usize) -> Option<DerivedRow> {
    let component = recount.problem.components.get(position).filter(|component| component.choice.is_none())?;
    let request = model.columns.full_request(component.request.at());
    Some(DerivedRow::at_most(vec![(request, 1), (model.columns.full_component(position), -1)], 0))
}

pub(crate) fn choice(recount: &Recount<'_>, model: &Model, request: usize, first: usize) -> Option<DerivedRow> {
    let members = recount.index.components_of.get(request)?;
    let choice = |component: usize| recount.problem.components[component].choice.as_ref();
    let wanted = choice(members.iter().copied().find(|component| *component == first)?)?;
    let alternatives: Vec<_> = members.iter().copied().filter(|other| choice(*other) == Some(wanted)).collect();
    if alternatives.first() != Some(&first) {
        return None;
    }
    let mut terms = vec![(model.columns.full_request(request), 1)];
    terms.extend(alternatives.into_iter().map(|component| (model.columns.full_component(component), -1)));
    Some(DerivedRow::at_most(terms, 0))
}
