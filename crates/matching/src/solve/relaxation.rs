//! The relaxation whose multipliers prove bounds. Kept open: branching only moves bounds, and the solver starts from
//! where it was.

use highs::{Col, HighsModelStatus, RowProblem, Sense, SolvedModel};

use super::scaling::{Scaling, float};
use crate::model::{Model, ModelRow, Objective};

/// A relaxation that stays with the solver between solves.
#[derive(Debug)]
pub struct Relaxation {
    open: Option<highs::Model>,
    columns: Vec<Col>,
    /// Model rows the solver has, in its order.
    rows: Vec<usize>,
    scaling: Scaling,
    /// Columns behind the model's own that may break a row at a price; see [`Relaxation::least_breach`].
    elastic: bool,
}

/// A solved relaxation: hints only.
#[derive(Debug, Clone)]
pub struct Solved {
    /// Values of the model's columns, unscaled.
    pub values: Vec<f64>,
    /// Multiplier of each model row: the objective gained per unit of right-hand side; 0 for rows left out.
    pub multipliers: Vec<f64>,
}

impl Relaxation {
    /// The program with every column continuous.
    pub fn open(model: &Model<'_>, objective: &Objective) -> Self {
        Self::build(model, objective, false)
    }

    /// Instead of the objective, minimises by how much rows are broken: its multipliers prove that a box holds no
    /// plan whenever that least breach is above zero.
    pub fn least_breach(model: &Model<'_>) -> Self {
        Self::build(model, &Objective { terms: Vec::new() }, true)
    }

    fn build(model: &Model<'_>, objective: &Objective, elastic: bool) -> Self {
        let scaling = Scaling::of(&model.columns, &model.rows, objective);
        let mut gains = vec![0.0; model.columns.len()];
        for &(column, value) in &objective.terms {
            gains[column] = scaling.gain(column, value);
        }
        let mut problem = RowProblem::default();
        let columns: Vec<Col> = gains
            .into_iter()
            .enumerate()
            .map(|(column, gain)| problem.add_column(gain, 0.0..=scaling.upper(&model.columns, column)))
            .collect();
        let mut rows = Vec::new();
        for (row, details) in model.rows.iter().enumerate().filter(|(_, row)| Scaling::can_bind(&model.columns, row)) {
            let mut terms: Vec<_> = details
                .terms
                .iter()
                .map(|&(column, value)| (columns[column], scaling.coefficient(row, column, value)))
                .collect();
            if elastic {
                terms.push((problem.add_column(-1.0, 0.0..), -1.0));
                if details.equality {
                    terms.push((problem.add_column(-1.0, 0.0..), 1.0));
                }
            }
            let right = scaling.right(row, details.right);
            if details.equality {
                problem.add_row(right..=right, terms);
            } else {
                problem.add_row(..=right, terms);
            }
            rows.push(row);
        }
        let mut open = problem.optimise(Sense::Maximise);
        open.make_quiet();
        open.set_option("threads", 1);
        open.set_option("parallel", "off");
        open.set_option("solver", "simplex");
        Self { open: Some(open), columns, rows, scaling, elastic }
    }

    /// Adds a row behind the others; `position` is its place in the model.
    pub fn add_row(&mut self, row: &ModelRow, position: usize) {
        let Some(open) = self.open.as_mut() else { return };
        self.scaling.extend(&row.terms);
        let terms = row.terms.iter();
        let terms = terms
            .map(|&(column, value)| (self.columns[column], self.scaling.coefficient(position, column, value)))
            .collect::<Vec<_>>();
        open.add_row(..=self.scaling.right(position, row.right), terms);
        self.rows.push(position);
    }

    /// Sets the box of a column.
    ///
    /// # Panics
    /// When the solver is gone; see [`Relaxation::is_open`].
    pub fn set_box(&mut self, column: usize, low: i64, high: i64) {
        let factor = self.scaling.columns[column];
        let open = self.open.as_mut().expect("open between solves");
        open.change_column_bounds(self.columns[column], float(low) / factor..=float(high) / factor);
    }

    /// Solves; `None` when the solver says there is nothing, or fails. The caller proves either case on its own.
    pub fn solve(&mut self, model_rows: usize, seconds: f64) -> Option<Solved> {
        let mut open = self.open.take()?;
        open.set_option("time_limit", seconds);
        let solved = open.try_solve().ok()?;
        let answer = (solved.status() == HighsModelStatus::Optimal).then(|| self.read(&solved, model_rows));
        self.open = Some(solved.into());
        answer
    }

    fn read(&self, solved: &SolvedModel, model_rows: usize) -> Solved {
        let solution = solved.get_solution();
        let values =
            self.scaling.columns.iter().zip(solution.columns()).map(|(factor, value)| factor * value).collect();
        let mut multipliers = vec![0.0; model_rows];
        let objective = if self.elastic { 1.0 } else { self.scaling.objective };
        for (&row, dual) in self.rows.iter().zip(solution.dual_rows()) {
            multipliers[row] = dual * objective / self.scaling.rows[row];
        }
        Solved { values, multipliers }
    }

    /// Whether the solver is still there after a failure.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }
}
