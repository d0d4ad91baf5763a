//! A first plan in milliseconds: clusters by weight, each served as far as its offers and every row allow, or not at
//! all. Rules are respected because the rows are: nothing here knows a rule by name.

use std::collections::BTreeSet;

use needmatch_domain::ids::ComponentIndex;
use needmatch_domain::row::Row;

use super::clusters::{Cluster, clusters};
use crate::model::{Assignment, Incidence, Model};

/// Attempts at a cluster, each with the components that fell short left out.
const ATTEMPTS: usize = 4;

/// A plan from nothing; with locks, these first.
pub fn greedy<'m, 'p>(model: &'m Model<'p>, incidence: &'m Incidence) -> Assignment<'m, 'p> {
    let mut assignment = Assignment::empty(model, incidence);
    extend(model, &mut assignment);
    assignment
}

/// Serves what is still unserved as far as there is room, then fills up what is served.
pub fn extend(model: &Model<'_>, assignment: &mut Assignment<'_, '_>) {
    let mut order = cells_by_density(model);
    for cluster in clusters(model) {
        let untouched = cluster.requests.iter().all(|request| {
            model.layout.served_request[request.at()].is_none_or(|column| assignment.values[column] == 0)
        });
        if untouched {
            serve(model, assignment, &cluster);
        }
    }
    order.retain(|&cell| {
        let served = model.layout.served_component[model.layout.cells[cell].component.at()];
        model.columns[cell].step == 1 && served.is_some_and(|column| assignment.values[column] == 1)
    });
    for cell in order {
        assignment.fill(cell);
    }
    assignment.derive_goals();
}

/// Cells by score per unit of the offer they take, dearest first, ties in their own order.
fn cells_by_density(model: &Model<'_>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..model.layout.cells.len()).collect();
    order.sort_by_key(|&cell| {
        let details = &model.layout.cells[cell];
        (std::cmp::Reverse(i128::from(details.score) * 1_000_000 / i128::from(details.draw)), cell)
    });
    order
}

fn serve(model: &Model<'_>, assignment: &mut Assignment<'_, '_>, cluster: &Cluster) {
    let mut wanted: BTreeSet<ComponentIndex> = cluster
        .requests
        .iter()
        .flat_map(|request| &model.layout.components_by_request[request.at()])
        .copied()
        .filter(|component| model.layout.served_component[component.at()].is_some())
        .collect();
    for _ in 0..ATTEMPTS {
        if wanted.is_empty() {
            break;
        }
        let short = give(model, assignment, &wanted);
        assignment.derive(&cluster.requests);
        let columns = columns_of(model, cluster);
        if short.is_empty() && !assignment.breaks_any(columns) {
            return;
        }
        clear(model, assignment, cluster);
        let before = wanted.len();
        wanted.retain(|component| !short.contains(component));
        drop_dependants(model, &mut wanted);
        if wanted.len() == before {
            break;
        }
    }
    clear(model, assignment, cluster);
}

/// Gives what each wanted component can have; returns those that stay below their minimum.
fn give(
    model: &Model<'_>,
    assignment: &mut Assignment<'_, '_>,
    wanted: &BTreeSet<ComponentIndex>,
) -> BTreeSet<ComponentIndex> {
    let mut short = BTreeSet::new();
    let mut chosen = BTreeSet::new();
    for &component in wanted {
        let details = &model.problem.components[component.at()];
        if details.choice.as_ref().is_some_and(|choice| !chosen.insert(choice)) {
            short.insert(component);
            continue;
        }
        let served = model.layout.served_component[component.at()].expect("wanted components can be served");
        let request = model.layout.served_request[details.request.at()].expect("their requests too");
        assignment.set(served, 1);
        assignment.set(request, 1);
        let mut given = 0;
        for cell in locked_first(model, component) {
            let left = details.outstanding - given;
            let amount = amount_for(model, assignment, cell, left);
            if amount > 0 {
                assignment.set(cell, amount);
                given += amount;
            }
        }
        if given < details.minimum {
            short.insert(component);
        }
    }
    short
}

/// Cells of a component: locked ones first, then by score, then by what they take.
fn locked_first(model: &Model<'_>, component: ComponentIndex) -> Vec<usize> {
    let mut cells: Vec<usize> = model.layout.of_component(component).collect();
    cells.sort_by_key(|&cell| {
        let details = &model.layout.cells[cell];
        (lock_of(model, cell).is_none(), std::cmp::Reverse(details.score), details.draw, cell)
    });
    cells
}

fn lock_of(model: &Model<'_>, cell: usize) -> Option<i64> {
    let details = &model.layout.cells[cell];
    let key = (details.component, details.offer, details.period);
    let locks = &model.problem.locks;
    locks
        .binary_search_by_key(&key, |lock| (lock.component, lock.offer, lock.period))
        .ok()
        .map(|found| locks[found].quantity)
}

fn amount_for(model: &Model<'_>, assignment: &mut Assignment<'_, '_>, cell: usize, left: i64) -> i64 {
    if let Some(quantity) = lock_of(model, cell) {
        switch_on(model, assignment, cell);
        return quantity;
    }
    if left <= 0 || !may_switch_on(model, assignment, cell) {
        return 0;
    }
    let switched = switch_on(model, assignment, cell);
    let step = model.columns[cell].step;
    let amount = assignment.room(cell).min(left) / step * step;
    if amount == 0 {
        for column in switched {
            assignment.set(column, 0);
        }
    }
    amount
}

fn switches(model: &Model<'_>, cell: usize) -> [Option<usize>; 3] {
    let details = &model.layout.cells[cell];
    let provider = model.problem.offers[details.offer.at()].provider;
    [
        model.layout.takes_part.get(&(details.offer, details.request)).copied(),
        model.layout.helps.get(&(provider, details.request)).copied(),
        model.layout.runs.get(&(details.request, details.period)).copied(),
    ]
}

/// Whether the counts that the cell would add to still have room.
fn may_switch_on(model: &Model<'_>, assignment: &Assignment<'_, '_>, cell: usize) -> bool {
    let counted = [Row::Reach, Row::Fragmentation, Row::AbsorptionRequests];
    switches(model, cell)
        .into_iter()
        .flatten()
        .all(|column| assignment.values[column] == 1 || assignment.has_slack(column, &counted))
}

fn switch_on(model: &Model<'_>, assignment: &mut Assignment<'_, '_>, cell: usize) -> Vec<usize> {
    let off: Vec<_> =
        switches(model, cell).into_iter().flatten().filter(|&column| assignment.values[column] == 0).collect();
    for &column in &off {
        assignment.set(column, 1);
    }
    off
}

fn columns_of(model: &Model<'_>, cluster: &Cluster) -> Vec<usize> {
    let layout = &model.layout;
    let mut columns = Vec::new();
    for request in &cluster.requests {
        columns.extend(layout.served_request[request.at()]);
        for component in &layout.components_by_request[request.at()] {
            columns.extend(layout.served_component[component.at()]);
            for cell in layout.of_component(*component) {
                columns.push(cell);
                columns.extend(switches(model, cell).into_iter().flatten());
            }
        }
    }
    columns.sort_unstable();
    columns.dedup();
    columns
}

fn clear(model: &Model<'_>, assignment: &mut Assignment<'_, '_>, cluster: &Cluster) {
    for request in &cluster.requests {
        for component in &model.layout.components_by_request[request.at()] {
            for cell in model.layout.of_component(*component) {
                assignment.set(cell, 0);
            }
        }
    }
    assignment.derive(&cluster.requests);
}

fn drop_dependants(model: &Model<'_>, wanted: &mut BTreeSet<ComponentIndex>) {
    loop {
        let before = wanted.len();
        let kept: BTreeSet<_> = wanted
            .iter()
            .copied()
            .filter(|component| {
                model.problem.components[component.at()].requires.iter().all(|required| wanted.contains(required))
            })
            .collect();
        *wanted = kept;
        if wanted.len() == before {
            return;
        }
    }
}
