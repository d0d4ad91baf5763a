//! Powers of two that bring every number near 1: exact in floating point, undone exactly.

use crate::model::{ModelColumn, ModelRow, Objective};

/// Up to this many units a quantity stays whole for the solver; above, it is money or the like, solved continuous
/// and rounded down afterwards.
const WHOLE: i64 = 20_000;

/// Largest scaled value of a continuous column.
const COLUMN_RANGE: f64 = 1024.0;

/// Scaled objective coefficients are at most this.
const OBJECTIVE_RANGE: f64 = 1024.0;

/// Factors between the model and what the solver sees.
#[derive(Debug, Clone)]
pub struct Scaling {
    /// True value of a column = factor · scaled value.
    pub columns: Vec<f64>,
    /// Whether the scaled column is whole.
    pub whole: Vec<bool>,
    /// True row = factor · scaled row.
    pub rows: Vec<f64>,
    /// True objective = factor · scaled objective.
    pub objective: f64,
}

#[expect(clippy::cast_precision_loss, reason = "scaled values are hints; exactness returns with rounding")]
pub(super) fn float(value: i64) -> f64 {
    value as f64
}

/// The power of two at or above a number, at least 1.
fn power_above(value: f64) -> f64 {
    value.max(1.0).log2().ceil().exp2()
}

impl Scaling {
    /// Factors for a model and what is maximised.
    pub fn of(unknowns: &[ModelColumn], rows: &[ModelRow], objective: &Objective) -> Self {
        let mut columns = Vec::with_capacity(unknowns.len());
        let mut whole = Vec::with_capacity(unknowns.len());
        for column in unknowns {
            let stays_whole = column.step > 1 || column.upper <= WHOLE;
            whole.push(stays_whole);
            columns.push(match column.step {
                1 if stays_whole => 1.0,
                1 => power_above(float(column.upper) / COLUMN_RANGE),
                step => float(step),
            });
        }
        let largest = |terms: &[(usize, i64)]| {
            terms.iter().map(|&(column, value)| float(value).abs() * columns[column]).fold(0.0, f64::max)
        };
        let rows = rows.iter().map(|row| power_above(largest(&row.terms))).collect();
        let objective = power_above(largest(&objective.terms) / OBJECTIVE_RANGE);
        Self { columns, whole, rows, objective }
    }

    /// Takes one more row in.
    pub fn extend(&mut self, terms: &[(usize, i64)]) {
        let largest =
            terms.iter().map(|&(column, value)| float(value).abs() * self.columns[column]).fold(0.0, f64::max);
        self.rows.push(power_above(largest));
    }

    /// Scaled upper bound of a column.
    pub fn upper(&self, unknowns: &[ModelColumn], column: usize) -> f64 {
        float(unknowns[column].upper) / self.columns[column]
    }

    /// Scaled coefficient of a row.
    pub fn coefficient(&self, row: usize, column: usize, value: i64) -> f64 {
        float(value) * self.columns[column] / self.rows[row]
    }

    /// Scaled right-hand side.
    pub fn right(&self, row: usize, value: i64) -> f64 {
        float(value) / self.rows[row]
    }

    /// Scaled objective coefficient.
    pub fn gain(&self, column: usize, value: i64) -> f64 {
        float(value) * self.columns[column] / self.objective
    }

    /// Whether a row can bind at all: its largest sum passes its right-hand side. Rows that cannot are left out, so
    /// that no huge right-hand side stays.
    pub fn can_bind(unknowns: &[ModelColumn], row: &ModelRow) -> bool {
        let most: i128 = row
            .terms
            .iter()
            .map(|&(column, value)| i128::from(value.max(0)) * i128::from(unknowns[column].upper))
            .sum();
        row.equality || most > i128::from(row.right)
    }
}
