//! The problem as columns and rows in whole numbers, before any solver sees it.
//!
//! To add a rule: a file in `rules/` of its name that pushes its rows, a line in [`Model::of`], a kind in
//! `domain::row`, and the same in the verifier, which derives its rows on its own. To add a goal: a file in `goals/`.

mod assignment;
mod cells;
mod goals;
mod layout;
mod rules;

pub use assignment::{Assignment, Incidence};
pub use cells::{Cell, absorption_of, alive, cells};
pub use goals::{Objective, objective};
pub use layout::Layout;

use needmatch_domain::column::ColumnKey;
use needmatch_domain::problem::Problem;
use needmatch_domain::row::{Row, RowKey};

/// An unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ModelColumn {
    /// Its name.
    pub key: ColumnKey,
    /// Its largest value; the smallest is 0.
    pub upper: i64,
    /// It is a multiple of this: 1, or all that is outstanding of an indivisible component.
    pub step: i64,
}

/// Σ terms ≤ (or =) right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelRow {
    /// Its name.
    pub key: RowKey,
    /// Column and coefficient.
    pub terms: Vec<(usize, i64)>,
    /// Right-hand side.
    pub right: i64,
    /// `=` instead of `≤`.
    pub equality: bool,
}

/// Columns and rows.
#[derive(Debug, Clone)]
pub struct Model<'p> {
    /// The problem.
    pub problem: &'p Problem,
    /// Where each unknown stands.
    pub layout: Layout,
    /// Unknowns.
    pub columns: Vec<ModelColumn>,
    /// Constraints.
    pub rows: Vec<ModelRow>,
}

impl<'p> Model<'p> {
    /// The rows of every enforced rule. Goals add theirs with [`objective`].
    ///
    /// Cost: linear in cells and rows; no pair of components or requests is walked.
    pub fn of(problem: &'p Problem) -> Self {
        let (layout, columns) = Layout::of(problem);
        let mut model = Self { problem, layout, columns, rows: Vec::new() };
        rules::add_all(&mut model);
        model
    }

    /// Adds a column and returns its position.
    pub(crate) fn column(&mut self, key: ColumnKey, upper: i64) -> usize {
        self.columns.push(ModelColumn { key, upper, step: 1 });
        self.columns.len() - 1
    }

    /// Adds `Σ terms ≤ right`; empty rows that hold anyway are left out.
    pub(crate) fn at_most(&mut self, row: Row, entities: &[u32], terms: Vec<(usize, i64)>, right: i64) {
        if terms.is_empty() && right >= 0 {
            return;
        }
        self.rows.push(ModelRow { key: RowKey::of(row, entities), terms, right, equality: false });
    }

    /// Adds `Σ terms = right`.
    pub(crate) fn equal(&mut self, row: Row, entities: &[u32], terms: Vec<(usize, i64)>, right: i64) {
        self.rows.push(ModelRow { key: RowKey::of(row, entities), terms, right, equality: true });
    }

    /// Adds the row that holds an earlier goal at `held` or better.
    ///
    /// # Panics
    /// When there are more goals than 32 bits count.
    pub fn hold(&mut self, goal: usize, objective: &Objective, held: i64) {
        let terms = objective.terms.iter().map(|&(column, coefficient)| (column, -coefficient)).collect();
        let goal = u32::try_from(goal).expect("a scenario has few goals");
        self.rows.push(ModelRow { key: RowKey::of(Row::Held, &[goal]), terms, right: -held, equality: false });
    }
}
