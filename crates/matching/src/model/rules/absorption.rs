//! What a state can take in per period.

use std::collections::BTreeMap;

use needmatch_domain::row::Row;

use crate::model::{Model, absorption_of};

pub(super) fn add(model: &mut Model<'_>) {
    let problem = model.problem;
    let mut costs: BTreeMap<_, Vec<_>> = BTreeMap::new();
    let mut links = Vec::new();
    for (position, cell) in model.layout.cells.iter().enumerate() {
        let state = problem.requests[cell.request.at()].state;
        costs.entry((state, cell.period)).or_default().push((position, cell.cost));
        if let Some(&runs) = model.layout.runs.get(&(cell.request, cell.period)) {
            links.push((position, runs));
        }
    }
    for ((state, period), terms) in costs {
        if let Some(amount) = absorption_of(problem, state, period).and_then(|limit| limit.amount) {
            model.at_most(Row::AbsorptionAmount, &[state.0, period.0], terms, amount);
        }
    }
    for (position, runs) in links {
        let cell = model.layout.cells[position];
        let entities = [cell.component.0, cell.offer.0, cell.period.0];
        model.at_most(Row::RunsLink, &entities, vec![(position, 1), (runs, -cell.upper)], 0);
    }
    let mut running: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (&(request, period), &column) in &model.layout.runs {
        running.entry((problem.requests[request.at()].state, period)).or_default().push((column, 1));
    }
    for ((state, period), terms) in running {
        if let Some(requests) = absorption_of(problem, state, period).and_then(|limit| limit.requests) {
            model.at_most(Row::AbsorptionRequests, &[state.0, period.0], terms, i64::from(requests));
        }
    }
}
