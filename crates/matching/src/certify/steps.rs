//! The model with every column counted in steps: what cannot be divided becomes 0 or 1. Cuts and branches are found
//! there, for their coefficients stay whole.

use crate::model::{Model, ModelColumn, Objective};

/// A model in steps, its objective, and the units in a step of each column.
pub struct InSteps<'p> {
    /// The model.
    pub model: Model<'p>,
    /// The objective.
    pub objective: Objective,
    /// Units in a step.
    pub units: Vec<i64>,
}

impl<'p> InSteps<'p> {
    /// Counts a model in steps. Cost: its non-zeros.
    pub fn of(model: &Model<'p>, objective: &Objective) -> Self {
        let units: Vec<i64> = model.columns.iter().map(|column| column.step).collect();
        let mut model = model.clone();
        let in_steps = |terms: &mut Vec<(usize, i64)>| {
            for (column, coefficient) in terms {
                *coefficient = coefficient.saturating_mul(units[*column]);
            }
        };
        for row in &mut model.rows {
            in_steps(&mut row.terms);
        }
        let mut objective = objective.clone();
        in_steps(&mut objective.terms);
        for ModelColumn { upper, step, .. } in &mut model.columns {
            *upper /= *step;
            *step = 1;
        }
        Self { model, objective, units }
    }

    /// Values counted in units again.
    #[expect(clippy::cast_precision_loss, reason = "values are hints, to be rounded")]
    pub fn in_units(&self, values: &[f64]) -> Vec<f64> {
        values.iter().zip(&self.units).map(|(value, units)| value * *units as f64).collect()
    }
}
