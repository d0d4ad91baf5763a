//! From one plan toward another: what lies between two good plans is often good for both (path relinking; Glover,
//! Laguna & Martí, Control and Cybernetics 29, 2000).

use super::clusters::{Cluster, clusters};
use super::round::mend;
use crate::model::{Assignment, Model, Objective};

/// Decides cluster after cluster as the other plan does, the one that gains most first, until the goal is worth
/// `enough`; a cluster whose change brings nothing stays as it was. Both plans and what comes back keep every row.
///
/// Cost: the clusters in which the plans differ, each the entries of the rows.
pub fn relink<'m, 'p>(
    model: &'m Model<'p>,
    from: Assignment<'m, 'p>,
    toward: &Assignment<'m, 'p>,
    objective: &Objective,
    enough: i64,
) -> Assignment<'m, 'p> {
    let mut best = from;
    let mut value = best.value(objective);
    for cluster in by_gain(model, &best, toward) {
        if value >= i128::from(enough) {
            break;
        }
        let mut next = best.clone();
        for cell in cells(model, &cluster) {
            next.set(cell, toward.values[cell]);
        }
        next.derive(&cluster.requests);
        mend(model, &mut next);
        let gained = next.value(objective);
        if gained > value && next.broken().is_empty() {
            (best, value) = (next, gained);
        }
    }
    best
}

fn cells(model: &Model<'_>, cluster: &Cluster) -> Vec<usize> {
    let layout = &model.layout;
    let components = cluster.requests.iter().flat_map(|request| &layout.components_by_request[request.at()]);
    components.flat_map(|component| layout.of_component(*component)).collect()
}

/// The clusters that score more in the other plan, most first.
fn by_gain(model: &Model<'_>, from: &Assignment<'_, '_>, toward: &Assignment<'_, '_>) -> Vec<Cluster> {
    let gain = |cluster: &Cluster| -> i128 {
        let change = |cell: usize| i128::from(toward.values[cell] - from.values[cell]);
        cells(model, cluster).into_iter().map(|cell| change(cell) * i128::from(model.layout.cells[cell].score)).sum()
    };
    let mut gaining: Vec<_> = clusters(model).into_iter().map(|cluster| (gain(&cluster), cluster)).collect();
    gaining.retain(|(gain, _)| *gain > 0);
    gaining.sort_by_key(|(gain, _)| std::cmp::Reverse(*gain));
    gaining.into_iter().map(|(_, cluster)| cluster).collect()
}
