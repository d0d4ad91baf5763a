//! From a solver's floats to a plan that satisfies every row.

use std::collections::BTreeSet;

use needmatch_domain::ids::RequestIndex;
use needmatch_domain::row::Row;

use super::clusters::clusters;
use crate::model::{Assignment, Incidence, Model};

/// Nearer than this to a whole number a quantity is one.
const TOLERANCE: f64 = 1e-3;

/// Rounds quantities down, gives what is left to the largest remainders, lets everything else follow from them, and
/// mends.
pub fn round<'m, 'p>(model: &'m Model<'p>, incidence: &'m Incidence, values: &[f64]) -> Assignment<'m, 'p> {
    let mut assignment = Assignment::empty(model, incidence);
    let mut parts = Vec::new();
    for (cell, &value) in values.iter().enumerate().take(model.layout.cells.len()) {
        let details = &model.columns[cell];
        let amount = whole(value, details.step, details.upper);
        assignment.set(cell, amount);
        let part = value - value.floor();
        if details.step == 1 && value > 0.0 && (TOLERANCE..1.0 - TOLERANCE).contains(&part) {
            parts.push((part, cell));
        }
    }
    let all: Vec<_> = (0..model.problem.requests.len()).map(RequestIndex::of).collect();
    assignment.derive(&all);
    // What rounding down left goes to the largest remainders that have room.
    parts.sort_by(|left, right| right.0.total_cmp(&left.0).then(left.1.cmp(&right.1)));
    for (_, cell) in parts {
        if assignment.values[cell] > 0 && assignment.room(cell) > 0 {
            assignment.set(cell, assignment.values[cell] + 1);
        }
    }
    assignment.derive(&all);
    assignment.derive_goals();
    mend(model, &mut assignment);
    assignment
}

/// Takes back what is too much, where it weighs least; drops clusters that still break a row.
pub fn mend(model: &Model<'_>, assignment: &mut Assignment<'_, '_>) {
    let all: Vec<_> = (0..model.problem.requests.len()).map(RequestIndex::of).collect();
    take_back(model, assignment);
    assignment.derive(&all);
    assignment.derive_goals();
    drop_broken(model, assignment);
    assignment.derive_goals();
}

#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "clamped to the box, at most 10^12")]
fn whole(value: f64, step: i64, upper: i64) -> i64 {
    if step > 1 {
        return if value > 0.5 * step as f64 { step } else { 0 };
    }
    if value.is_finite() { ((value + TOLERANCE).floor() as i64).clamp(0, upper) } else { 0 }
}

/// Lowers quantities in rows that only quantities fill, least score per unit of the row first.
fn take_back(model: &Model<'_>, assignment: &mut Assignment<'_, '_>) {
    let cells = model.layout.cells.len();
    for row in assignment.broken() {
        let details = &model.rows[row];
        if details.equality {
            continue;
        }
        let mut fillers: Vec<_> = details
            .terms
            .iter()
            .copied()
            .filter(|&(column, coefficient)| column < cells && coefficient > 0 && model.columns[column].step == 1)
            .collect();
        fillers.sort_by_key(|&(column, coefficient)| {
            (i128::from(model.layout.cells[column].score) * 1_000_000 / i128::from(coefficient), column)
        });
        for (column, coefficient) in fillers {
            let over = -assignment.slack(row);
            if over <= 0 {
                break;
            }
            let units = (over + i128::from(coefficient) - 1) / i128::from(coefficient);
            let units = i64::try_from(units).unwrap_or(i64::MAX).min(assignment.values[column]);
            assignment.set(column, assignment.values[column] - units);
        }
    }
}

/// Whether less could mend a row. Rows that ask for more, such as what is held of an earlier goal, are left for the
/// filling that follows.
fn dropping_helps(model: &Model<'_>, row: usize) -> bool {
    !matches!(model.rows[row].key.row, Row::Held | Row::RegionalFloor | Row::Locked)
}

/// Drops clusters until no row of theirs is broken.
fn drop_broken(model: &Model<'_>, assignment: &mut Assignment<'_, '_>) {
    let clusters = clusters(model);
    for _ in 0..=clusters.len() {
        let broken: Vec<_> = assignment.broken().into_iter().filter(|&row| dropping_helps(model, row)).collect();
        let columns: BTreeSet<usize> =
            broken.iter().flat_map(|&row| model.rows[row].terms.iter().map(|&(column, _)| column)).collect();
        let guilty = clusters.iter().rev().find(|cluster| {
            let layout = &model.layout;
            cluster.requests.iter().any(|request| {
                layout.served_request[request.at()].is_some_and(|column| assignment.values[column] == 1)
                    && layout.components_by_request[request.at()].iter().any(|component| {
                        layout.served_component[component.at()].is_some_and(|column| columns.contains(&column))
                            || layout
                                .of_component(*component)
                                .any(|cell| columns.contains(&cell) && assignment.values[cell] > 0)
                    })
            })
        });
        let Some(cluster) = guilty else { return };
        for request in &cluster.requests {
            for component in &model.layout.components_by_request[request.at()] {
                for cell in model.layout.of_component(*component) {
                    assignment.set(cell, 0);
                }
            }
        }
        assignment.derive(&cluster.requests);
    }
}
