//! Law before register before marking, within a state, by the period in which each arrives.

use std::collections::BTreeMap;

use needmatch_domain::ids::{ComponentIndex, StateIndex};
use needmatch_domain::problem::Step;
use needmatch_domain::row::Row;

use crate::model::Model;

pub(super) fn add(model: &mut Model<'_>) {
    let arrived: Vec<_> = model.layout.arrived.iter().map(|(&key, &column)| (key, column)).collect();
    for ((component, period), column) in arrived {
        let mut terms = vec![(column, 1)];
        let before = model.layout.of_component(component).filter(|&cell| model.layout.cells[cell].period <= period);
        terms.extend(before.map(|cell| (cell, -1)));
        model.at_most(Row::Arrived, &[component.0, period.0], terms, 0);
    }
    let steps = components_by_step(model);
    for position in 0..model.layout.cells.len() {
        let cell = model.layout.cells[position];
        let request = &model.problem.requests[cell.request.at()];
        let before = match request.step {
            Some(Step::Marking) => Step::RecordKeeping,
            Some(Step::RecordKeeping) => Step::Legislation,
            Some(Step::Legislation) | None => continue,
        };
        let Some(awaited) = steps.get(&(request.state, before)) else { continue };
        let mut terms = vec![(position, 1)];
        let columns = awaited.iter().filter_map(|component| model.layout.arrived.get(&(*component, cell.period)));
        terms.extend(columns.map(|&column| (column, -cell.upper)));
        model.at_most(Row::Precedence, &[cell.component.0, cell.offer.0, cell.period.0], terms, 0);
    }
}

/// Components with a pair, by state and step: a step that nobody could serve is not waited for.
fn components_by_step(model: &Model<'_>) -> BTreeMap<(StateIndex, Step), Vec<ComponentIndex>> {
    let mut steps: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (position, component) in model.problem.components.iter().enumerate() {
        let request = &model.problem.requests[component.request.at()];
        if let Some(step) = request.step.filter(|_| !component.pairs.is_empty()) {
            steps.entry((request.state, step)).or_default().push(ComponentIndex::of(position));
        }
    }
    steps
}
