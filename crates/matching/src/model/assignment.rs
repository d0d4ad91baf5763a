//! Whole-number values of all unknowns with what each row adds up to, kept in step as quantities change.

use needmatch_domain::column::Column;
use needmatch_domain::ids::RequestIndex;
use needmatch_domain::plan::{Match, Plan};
use needmatch_domain::row::Row;

use super::{Model, Objective};

/// Values and row sums. `set` costs the number of rows the column stands in.
#[derive(Debug, Clone)]
pub struct Assignment<'m, 'p> {
    model: &'m Model<'p>,
    incidence: &'m Incidence,
    /// Value of each column.
    pub values: Vec<i64>,
    sums: Vec<i128>,
}

/// The rows each column stands in.
#[derive(Debug, Clone)]
pub struct Incidence {
    rows: Vec<Vec<(u32, i64)>>,
    /// Column and defining row of the cost of delivery.
    delivery: Option<(usize, usize)>,
}

impl Incidence {
    /// The transpose of a model's rows.
    pub fn of(model: &Model<'_>) -> Self {
        let mut rows = vec![Vec::new(); model.columns.len()];
        for (index, row) in (0_u32..).zip(&model.rows) {
            for &(column, coefficient) in &row.terms {
                rows[column].push((index, coefficient));
            }
        }
        let column = model.columns.iter().position(|column| column.key.column == Column::Delivery);
        let row = model.rows.iter().position(|row| row.key.row == Row::Economy);
        Self { rows, delivery: column.zip(row) }
    }
}

impl<'m, 'p> Assignment<'m, 'p> {
    /// Everything zero.
    pub fn empty(model: &'m Model<'p>, incidence: &'m Incidence) -> Self {
        Self { model, incidence, values: vec![0; model.columns.len()], sums: vec![0; model.rows.len()] }
    }

    /// Quantities of a plan, everything else following from them. Matches outside the box are left out.
    pub fn of_plan(model: &'m Model<'p>, incidence: &'m Incidence, plan: &Plan) -> Self {
        let mut assignment = Self::empty(model, incidence);
        for found in &plan.matches {
            let cells = model.layout.of_component(found.component);
            let key = (found.offer, found.period);
            let slice = &model.layout.cells[cells.clone()];
            if let Ok(position) = slice.binary_search_by_key(&key, |cell| (cell.offer, cell.period)) {
                assignment.set(cells.start + position, found.quantity);
            }
        }
        let all: Vec<_> = (0..model.problem.requests.len()).map(RequestIndex::of).collect();
        assignment.derive(&all);
        assignment.derive_goals();
        assignment
    }

    /// Changes a column.
    pub fn set(&mut self, column: usize, value: i64) {
        let change = i128::from(value - self.values[column]);
        if change != 0 {
            self.values[column] = value;
            for &(row, coefficient) in &self.incidence.rows[column] {
                self.sums[row as usize] += change * i128::from(coefficient);
            }
        }
    }

    /// The most by which a column may grow, all others standing still, within its box and every row. The cost of
    /// delivery does not stand still: it follows.
    ///
    /// # Panics
    /// Never: what is left of a box fits its type.
    pub fn room(&self, column: usize) -> i64 {
        let mut room = i128::from(self.model.columns[column].upper - self.values[column]);
        for &(row, coefficient) in &self.incidence.rows[column] {
            let details = &self.model.rows[row as usize];
            if details.equality {
                return 0;
            }
            if coefficient > 0 && details.key.row != Row::Economy {
                let slack = i128::from(details.right) - self.sums[row as usize];
                room = room.min(slack.max(0) / i128::from(coefficient));
            }
        }
        i64::try_from(room.max(0)).expect("within the box")
    }

    /// Sets what follows from the quantities of the requests: served, taking part, helping, running, arrived.
    pub fn derive(&mut self, requests: &[RequestIndex]) {
        let layout = &self.model.layout;
        for &request in requests {
            let mut any = false;
            for component in &layout.components_by_request[request.at()] {
                let served = layout.of_component(*component).any(|cell| self.values[cell] > 0);
                any |= served;
                if let Some(column) = layout.served_component[component.at()] {
                    self.set(column, i64::from(served));
                }
                let arrived = layout.arrived.range((*component, PERIODS.0)..=(*component, PERIODS.1));
                for (&(_, period), &column) in arrived {
                    let by_then = |cell: usize| self.values[cell] > 0 && self.model.layout.cells[cell].period <= period;
                    let value = layout.of_component(*component).any(by_then);
                    self.set(column, i64::from(value));
                }
            }
            if let Some(column) = layout.served_request[request.at()] {
                self.set(column, i64::from(any));
            }
        }
        self.derive_shared(requests);
        self.derive_delivery();
    }

    /// The cost of delivery, rounded up, from the quantities.
    fn derive_delivery(&mut self) {
        if let Some((column, row)) = self.incidence.delivery {
            let without = self.sums[row] + 1000 * i128::from(self.values[column]);
            self.set(column, i64::try_from((without + 999) / 1000).unwrap_or(i64::MAX));
        }
    }

    /// Raises a quantity as far as it goes; back again where its cost of delivery breaks what is held.
    pub fn fill(&mut self, cell: usize) {
        let before = self.values[cell];
        self.set(cell, before + self.room(cell));
        self.derive_delivery();
        let delivery = self.incidence.delivery.map(|(column, _)| column);
        if self.breaks_any(delivery) {
            self.set(cell, before);
            self.derive_delivery();
        }
    }

    fn derive_shared(&mut self, requests: &[RequestIndex]) {
        let layout = &self.model.layout;
        for &request in requests {
            let cells: Vec<_> = layout.components_by_request[request.at()]
                .iter()
                .flat_map(|component| layout.of_component(*component))
                .map(|position| (position, layout.cells[position]))
                .collect();
            let touched = |test: &dyn Fn(&super::Cell) -> bool| {
                i64::from(cells.iter().any(|(position, cell)| self.values[*position] > 0 && test(cell)))
            };
            let mut changes = Vec::new();
            for (_, cell) in &cells {
                if let Some(&column) = layout.takes_part.get(&(cell.offer, request)) {
                    changes.push((column, touched(&|other| other.offer == cell.offer)));
                }
                let provider = self.model.problem.offers[cell.offer.at()].provider;
                if let Some(&column) = layout.helps.get(&(provider, request)) {
                    let same = |other: &super::Cell| self.model.problem.offers[other.offer.at()].provider == provider;
                    changes.push((column, touched(&same)));
                }
                if let Some(&column) = layout.runs.get(&(request, cell.period)) {
                    changes.push((column, touched(&|other| other.period == cell.period)));
                }
            }
            changes.sort_unstable();
            changes.dedup();
            for (column, value) in changes {
                self.set(column, value);
            }
        }
    }

    /// Raises the unknowns that only goals look at as far as the quantities let them.
    pub fn derive_goals(&mut self) {
        let goal_columns: Vec<_> = (0..self.model.columns.len())
            .filter(|&column| {
                matches!(
                    self.model.columns[column].key.column,
                    Column::FullComponent | Column::FullRequest | Column::Share | Column::Both | Column::Kept
                )
            })
            .collect();
        let rank = |column: &usize| match self.model.columns[*column].key.column {
            Column::FullComponent => 0,
            _ => 1,
        };
        let mut ordered = goal_columns;
        ordered.sort_by_key(|column| (rank(column), *column));
        for column in &ordered {
            self.set(*column, 0);
        }
        for column in ordered {
            let room = self.room(column);
            self.set(column, room);
        }
        self.derive_delivery();
    }

    /// Whether a row the columns stand in is broken.
    pub fn breaks_any(&self, columns: impl IntoIterator<Item = usize>) -> bool {
        columns.into_iter().any(|column| self.incidence.rows[column].iter().any(|&(row, _)| self.breaks(row as usize)))
    }

    /// Whether every row of these kinds that the column stands in lets it grow by one.
    pub fn has_slack(&self, column: usize, kinds: &[Row]) -> bool {
        self.incidence.rows[column].iter().all(|&(row, coefficient)| {
            !kinds.contains(&self.model.rows[row as usize].key.row)
                || self.slack(row as usize) >= i128::from(coefficient)
        })
    }

    /// Kinds of the rows that do not let a column grow by so many units.
    pub fn short_rows(&self, column: usize, units: i64) -> impl Iterator<Item = Row> + '_ {
        let wanted = i128::from(units);
        self.incidence.rows[column].iter().filter_map(move |&(row, coefficient)| {
            let details = &self.model.rows[row as usize];
            let short =
                details.equality || (coefficient > 0 && self.slack(row as usize) < i128::from(coefficient) * wanted);
            short.then_some(details.key.row)
        })
    }

    /// Rows that are broken.
    pub fn broken(&self) -> Vec<usize> {
        (0..self.model.rows.len()).filter(|&row| self.breaks(row)).collect()
    }

    fn breaks(&self, row: usize) -> bool {
        let details = &self.model.rows[row];
        let (sum, right) = (self.sums[row], i128::from(details.right));
        if details.equality { sum != right } else { sum > right }
    }

    /// What a row still lets through: right-hand side less what it adds up to.
    pub fn slack(&self, row: usize) -> i128 {
        i128::from(self.model.rows[row].right) - self.sums[row]
    }

    /// Value of a goal.
    pub fn value(&self, objective: &Objective) -> i128 {
        objective
            .terms
            .iter()
            .map(|&(column, coefficient)| i128::from(coefficient) * i128::from(self.values[column]))
            .sum()
    }

    /// The quantities as a plan.
    pub fn plan(&self) -> Plan {
        let cells = self.model.layout.cells.iter().zip(&self.values);
        let matches = cells.filter(|(_, quantity)| **quantity > 0).map(|(cell, &quantity)| Match {
            component: cell.component,
            offer: cell.offer,
            period: cell.period,
            quantity,
        });
        Plan::of(matches.collect())
    }
}

const PERIODS: (needmatch_domain::ids::PeriodIndex, needmatch_domain::ids::PeriodIndex) =
    (needmatch_domain::ids::PeriodIndex(0), needmatch_domain::ids::PeriodIndex(u32::MAX));
