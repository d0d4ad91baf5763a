//! A good plan from relaxations alone: switches that the relaxation nearly decided are fixed, the rest follows, until
//! nothing is half on. A few dozen warm-started solves, where branching would take thousands.

use needmatch_domain::column::Column;

use crate::model::{Model, Objective};
use crate::solve::Relaxation;

/// Switches this near to 1 are fixed at once.
const NEARLY_ON: f64 = 0.8;

/// Further from whole than this counts as half on.
const TOLERANCE: f64 = 1e-6;

/// Values in which every switch is on or off; `None` when the solver or the budget gives out first.
///
/// Cost: a relaxation for each round of fixings, at most `rounds`.
pub fn dive(
    model: &Model<'_>,
    objective: &Objective,
    rounds: usize,
    seconds: f64,
    spent: &dyn Fn() -> bool,
) -> Option<Vec<f64>> {
    let mut relaxation = Relaxation::open(model, objective);
    let mut last: Vec<usize> = Vec::new();
    for _ in 0..rounds {
        if spent() {
            return None;
        }
        let Some(solved) = relaxation.solve(model.rows.len(), seconds) else {
            // The last fixings left nothing: the same switches are taken off instead.
            if last.is_empty() {
                return None;
            }
            for column in last.drain(..) {
                relaxation.set_box(column, 0, 0);
            }
            continue;
        };
        let half: Vec<(usize, f64)> = half_on(model, &solved.values);
        if half.is_empty() {
            return Some(solved.values);
        }
        let rank = half.iter().map(|&(column, _)| importance(model, column)).max().unwrap_or(0);
        let first: Vec<_> = half.into_iter().filter(|&(column, _)| importance(model, column) == rank).collect();
        last = first.iter().filter(|(_, value)| *value >= NEARLY_ON).map(|(column, _)| *column).collect();
        if last.is_empty() {
            let most =
                first.iter().copied().max_by(|left, right| left.1.total_cmp(&right.1).then(right.0.cmp(&left.0)));
            last.extend(most.map(|(column, _)| column));
        }
        for &column in &last {
            relaxation.set_box(column, model.columns[column].step, model.columns[column].upper);
        }
    }
    None
}

/// Switches between off and on, with how far they are on.
#[expect(clippy::cast_precision_loss, reason = "a choice among columns, never a claim")]
fn half_on(model: &Model<'_>, values: &[f64]) -> Vec<(usize, f64)> {
    (0..values.len())
        .filter(|&column| importance(model, column) > 0)
        .map(|column| (column, values[column] / model.columns[column].step as f64))
        .filter(|(_, on)| on.fract().min(1.0 - on.fract()) > TOLERANCE)
        .collect()
}

/// Requests are decided before their parts, parts before what carries them; 0: no switch.
fn importance(model: &Model<'_>, column: usize) -> u8 {
    let details = &model.columns[column];
    match details.key.column {
        Column::ServedRequest => 4,
        Column::ServedComponent => 3,
        Column::X if details.step > 1 => 2,
        Column::TakesPart
        | Column::Helps
        | Column::Runs
        | Column::Arrived
        | Column::Both
        | Column::FullComponent
        | Column::FullRequest => 1,
        _ => 0,
    }
}
