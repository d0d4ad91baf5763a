//! Few providers a request, little spent on delivery.

use needmatch_domain::column::{Column, ColumnKey};
use needmatch_domain::row::Row;

use crate::model::Model;

pub(super) fn terms(model: &mut Model<'_>, provider_cost: i64) -> Vec<(usize, i64)> {
    let mut terms: Vec<_> = model.layout.helps.values().map(|&column| (column, -provider_cost)).collect();
    let excess = |position: usize| {
        let cell = &model.layout.cells[position];
        cell.cost * (model.problem.offers[cell.offer.at()].delivery_permille - 1000).max(0)
    };
    let mut row: Vec<_> =
        (0..model.layout.cells.len()).map(|position| (position, excess(position))).filter(|term| term.1 > 0).collect();
    let most = most_delivery(model);
    let delivery = model.column(ColumnKey::of(Column::Delivery, &[]), most);
    row.push((delivery, -1000));
    model.at_most(Row::Economy, &[], row, 0);
    terms.push((delivery, -1));
    terms
}

/// What delivery could cost at the most, rounded up: every component in full by its dearest pair.
fn most_delivery(model: &Model<'_>) -> i64 {
    let most = |offers: &mut dyn Iterator<Item = i64>| offers.max().unwrap_or(1000);
    let total: i128 = model
        .problem
        .components
        .iter()
        .map(|component| {
            let dearest =
                most(&mut component.pairs.iter().map(|pair| model.problem.offers[pair.offer.at()].delivery_permille));
            i128::from(component.unit_cost) * i128::from(component.outstanding) * i128::from((dearest - 1000).max(0))
        })
        .sum();
    i64::try_from((total + 999) / 1000).expect("costs of a checked problem stay below 2^62")
}
