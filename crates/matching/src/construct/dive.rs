//! A good plan from relaxations alone: switches that the relaxation nearly decided are fixed, the rest follows, until
//! nothing is half on. A few dozen warm-started solves, where branching would take thousands.

use std::collections::BTreeSet;

use needmatch_domain::column::Column;

use crate::model::Model;
use crate::solve::Relaxation;

/// Switches this near to 1 are fixed at once.
const NEARLY_ON: f64 = 0.8;

/// Otherwise the surest one in so many.
const PART_FIXED: usize = 12;

/// Further from whole than this counts as half on.
const TOLERANCE: f64 = 1e-6;

/// Values in which every switch is on or off; `None` when the solver or the budget gives out first. The relaxation of
/// the model, which counts in steps, comes back with its boxes as they were.
///
/// Cost: a relaxation for each round of fixings, at most `rounds`.
pub fn dive(
    model: &Model<'_>,
    relaxation: &mut Relaxation,
    rounds: usize,
    seconds: f64,
    spent: &dyn Fn() -> bool,
) -> Option<Vec<f64>> {
    let mut fixed = BTreeSet::new();
    let reached = descend(model, relaxation, rounds, seconds, spent, &mut fixed);
    if relaxation.is_open() {
        for column in fixed {
            relaxation.set_box(column, 0, model.columns[column].upper);
        }
    }
    reached
}

fn descend(
    model: &Model<'_>,
    relaxation: &mut Relaxation,
    rounds: usize,
    seconds: f64,
    spent: &dyn Fn() -> bool,
    fixed: &mut BTreeSet<usize>,
) -> Option<Vec<f64>> {
    let mut last: Vec<usize> = Vec::new();
    let mut reached = None;
    for _ in 0..rounds {
        if spent() {
            return reached;
        }
        let Some(solved) = relaxation.solve(model.rows.len(), seconds) else {
            if last.is_empty() || !relaxation.is_open() {
                return reached;
            }
            // The last fixings left nothing: only the surest of several stays; one alone is taken off instead.
            let (surest, others) = (last[0], last.len() > 1);
            for column in last.drain(..).skip(1) {
                relaxation.set_box(column, 0, model.columns[column].upper);
            }
            if others {
                last.push(surest);
            } else {
                relaxation.set_box(surest, 0, 0);
            }
            continue;
        };
        let half: Vec<(usize, f64)> = half_on(model, &solved.values);
        reached = Some(solved.values);
        if half.is_empty() {
            return reached;
        }
        let rank = half.iter().map(|&(column, _)| importance(model, column)).max().unwrap_or(0);
        let mut first: Vec<_> = half.into_iter().filter(|&(column, _)| importance(model, column) == rank).collect();
        first.sort_by(|left, right| right.1.total_cmp(&left.1).then(left.0.cmp(&right.0)));
        let nearly = first.iter().filter(|(_, value)| *value >= NEARLY_ON).count();
        last = first.iter().take(nearly.max(first.len() / PART_FIXED).max(1)).map(|(column, _)| *column).collect();
        for &column in &last {
            relaxation.set_box(column, 1, model.columns[column].upper);
            fixed.insert(column);
        }
    }
    reached
}

/// Every switch at the side it is nearer to, in units; all else open.
#[expect(clippy::cast_precision_loss, reason = "a choice among columns, never a claim")]
pub fn switched(model: &Model<'_>, values: &[f64]) -> Vec<Option<i64>> {
    let side = |column: usize| {
        let step = model.columns[column].step;
        let is_switch = importance(model, column) > 0 || model.columns[column].step > 1;
        is_switch.then(|| if values[column] > 0.5 * step as f64 { step } else { 0 })
    };
    (0..model.columns.len()).map(side).collect()
}

/// Switches between off and on, with how far they are on.
fn half_on(model: &Model<'_>, values: &[f64]) -> Vec<(usize, f64)> {
    (0..values.len())
        .filter(|&column| importance(model, column) > 0)
        .map(|column| (column, values[column]))
        .filter(|(_, on)| on.fract().min(1.0 - on.fract()) > TOLERANCE)
        .collect()
}

/// Requests are decided before their parts, parts before what carries them; 0: no switch.
fn importance(model: &Model<'_>, column: usize) -> u8 {
    let details = &model.columns[column];
    match details.key.column {
        Column::ServedRequest => 4,
        Column::ServedComponent => 3,
        Column::X if details.upper == 1 => 2,
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
