//! Rows: from a name in a certificate to the inequality behind it, derived here alone.

use needmatch_domain::row::{Row, RowKey};

use crate::columns::positions;
use crate::goals;
use crate::recount::{Model, Recount};
use crate::rules;

/// `Σ coefficient · column ≤ right`, or `=` for an equality. Columns are positions in the recount's own numbering; one
/// may be named several times, its coefficients then add up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DerivedRow {
    /// Column and coefficient.
    pub terms: Vec<(usize, i64)>,
    /// The right side.
    pub right: i128,
    /// Whether left and right must be equal.
    pub equality: bool,
    /// Pairs and states looked at beyond the terms: what deriving the row costs.
    pub visited: usize,
}

impl DerivedRow {
    pub(crate) fn at_most(terms: Vec<(usize, i64)>, right: i128) -> Self {
        Self { terms, right, equality: false, visited: 0 }
    }

    pub(crate) fn equal(terms: Vec<(usize, i64)>, right: i128) -> Self {
        Self { terms, right, equality: true, visited: 0 }
    }

    pub(crate) fn after(self, visited: usize) -> Self {
        Self { visited, ..self }
    }
}

/// The row behind a name; `None` where the problem does not have it. `held` are the values at which earlier goals are
/// held.
pub(crate) fn derive(recount: &Recount<'_>, held: &[i64], key: &RowKey) -> Option<DerivedRow> {
    let model = recount.model();
    if let Some(rule) = key.row.rule() {
        return recount.problem.enforces(rule).then(|| rules::row(recount, model, key)).flatten();
    }
    let entities = positions(key.entities());
    match key.row {
        Row::TakesPartLink => takes_part_link(recount, model, &entities),
        Row::TakesPartSome => takes_part_some(model, &entities),
        Row::HelpsLink => {
            let part = model.columns.find_part(entities[0], entities[1])?;
            let provider = model.columns.helps(model.columns.help_of(part));
            Some(DerivedRow::at_most(vec![(model.columns.takes_part(part), 1), (provider, -1)], 0))
        }
        Row::RunsLink => {
            let (x, pair) = model.x(recount, &entities)?;
            let request = recount.problem.components[model.columns.component_of(pair)].request.at();
            Some(DerivedRow::at_most(vec![(x, 1), (model.columns.runs(request, entities[2]), -model.upper[x])], 0))
        }
        Row::Arrived => arrived(recount, model, &entities),
        Row::Held => {
            let held = *held.get(entities[0])?;
            let goal = recount.problem.goals.get(entities[0])?;
            let terms = goals::terms(recount, goal).into_iter().map(|(column, factor)| (column, -factor)).collect();
            Some(DerivedRow::at_most(terms, -i128::from(held)))
        }
        _ => goals::row(recount, model, key.row, &entities),
    }
}

fn takes_part_link(recount: &Recount<'_>, model: &Model, entities: &[usize]) -> Option<DerivedRow> {
    let (x, pair) = model.x(recount, entities)?;
    let part = model.columns.part_of(pair);
    Some(DerivedRow::at_most(vec![(x, 1), (model.columns.takes_part(part), -model.upper[x])], 0))
}

fn takes_part_some(model: &Model, entities: &[usize]) -> Option<DerivedRow> {
    let part = model.columns.find_part(entities[0], entities[1])?;
    let mut terms = vec![(model.columns.takes_part(part), 1)];
    for pair in model.columns.pairs_of_part(part) {
        terms.extend(model.columns.x_of_pair(*pair).map(|x| (x, -1)));
    }
    Some(DerivedRow::at_most(terms, 0))
}

fn arrived(recount: &Recount<'_>, model: &Model, entities: &[usize]) -> Option<DerivedRow> {
    let (component, period) = (entities[0], entities[1]);
    let mut terms = vec![(model.columns.arrived(component, period)?, 1)];
    for pair in model.columns.pairs_of_component(component) {
        let first = model.columns.pair(recount.problem, pair).first.at();
        let until = (first..).zip(model.columns.x_of_pair(pair)).take_while(|(when, _)| *when <= period);
        terms.extend(until.map(|(_, x)| (x, -1)));
    }
    Some(DerivedRow::at_most(terms, 0))
}
