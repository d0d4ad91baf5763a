//! Where to divide the box: the fractional column that moves most of the objective.

use needmatch_domain::column::Column;

use crate::model::{Model, Objective};

/// How far from whole a value must be to count as fractional.
const TOLERANCE: f64 = 1e-6;

/// For each column, the cells whose quantities it switches.
#[derive(Debug, Clone)]
pub(super) struct Switches {
    cells: Vec<Vec<usize>>,
    gains: Vec<f64>,
}

#[expect(clippy::cast_precision_loss, reason = "a choice among columns, never a claim")]
impl Switches {
    /// What each column switches. Cost: the non-zeros of the linking rows.
    pub(super) fn of(model: &Model<'_>, objective: &Objective) -> Self {
        let mut cells = vec![Vec::new(); model.columns.len()];
        let layout = &model.layout;
        for (position, cell) in layout.cells.iter().enumerate() {
            let provider = model.problem.offers[cell.offer.at()].provider;
            let columns = [
                layout.served_component[cell.component.at()],
                layout.served_request[cell.request.at()],
                layout.takes_part.get(&(cell.offer, cell.request)).copied(),
                layout.helps.get(&(provider, cell.request)).copied(),
                layout.runs.get(&(cell.request, cell.period)).copied(),
            ];
            for column in columns.into_iter().flatten() {
                cells[column].push(position);
            }
        }
        let mut gains = vec![0.0; model.columns.len()];
        for &(column, value) in &objective.terms {
            gains[column] = value as f64;
        }
        Self { cells, gains }
    }

    /// The column to divide and where (≤ at, ≥ at + 1); `None` when every value is whole.
    pub(super) fn choose(&self, model: &Model<'_>, values: &[f64]) -> Option<(usize, i64)> {
        let mut best: Option<(f64, usize)> = None;
        for (column, &value) in values.iter().enumerate() {
            let details = &model.columns[column];
            let steps = value / details.step as f64;
            let fraction = steps - steps.floor();
            let distance = fraction.min(1.0 - fraction);
            if distance <= TOLERANCE {
                continue;
            }
            let moved = self.gains[column].abs() * value.abs()
                + self.cells[column].iter().map(|&cell| self.gains[cell] * values[cell]).sum::<f64>();
            let kind = match details.key.column {
                Column::ServedRequest | Column::Both | Column::FullRequest => 4.0,
                Column::ServedComponent | Column::TakesPart | Column::Helps | Column::Runs | Column::FullComponent => {
                    3.0
                }
                Column::X if details.upper == 1 => 2.0,
                Column::X if details.upper <= 1000 => 1.0,
                Column::Arrived => 1.0,
                _ => 1e-6,
            };
            let weight = kind * distance * (1.0 + moved);
            if best.is_none_or(|(largest, _)| weight > largest) {
                best = Some((weight, column));
            }
        }
        best.map(|(_, column)| (column, split_at(values[column], model.columns[column].step)))
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "values lie inside boxes of at most 10^12"
)]
fn split_at(value: f64, step: i64) -> i64 {
    let below = (value / step as f64).floor() as i64 * step;
    below.max(0)
}
