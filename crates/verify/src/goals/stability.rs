//! Little change from an earlier plan: what of it is kept, by cost.

use crate::recount::{Model, Recount};
use crate::row::DerivedRow;
use crate::tally::Tally;

pub(crate) fn value(tally: &Tally<'_>) -> i128 {
    let problem = tally.recount.problem;
    let place = |component, offer, period| {
        problem.baseline.binary_search_by_key(&(component, offer, period), |row| {
            (row.component.at(), row.offer.at(), row.period.at())
        })
    };
    let given = tally.sums(
        |delivery| place(delivery.component, delivery.offer, delivery.period).ok(),
        |delivery| delivery.quantity.into(),
    );
    let kept = given.into_iter().map(|(row, given)| {
        let earlier = &problem.baseline[row];
        let cost = i128::from(problem.components[earlier.component.at()].unit_cost);
        cost * given.min(earlier.quantity.into())
    });
    kept.sum()
}

pub(crate) fn terms(recount: &Recount<'_>, model: &Model) -> Vec<(usize, i64)> {
    let rows = recount.problem.baseline.iter().enumerate();
    rows.map(|(row, earlier)| (model.columns.kept(row), recount.problem.components[earlier.component.at()].unit_cost))
        .collect()
}

pub(crate) fn row(recount: &Recount<'_>, model: &Model, row: usize) -> Option<DerivedRow> {
    let earlier = recount.problem.baseline.get(row)?;
    let (x, _) = model.x(recount, &[earlier.component.at(), earlier.offer.at(), earlier.period.at()])?;
    Some(DerivedRow::at_most(vec![(model.columns.kept(row), 1), (x, -1)], 0))
}
