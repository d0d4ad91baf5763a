//! Little change from an earlier plan: cost of what is kept of it.

use needmatch_domain::column::{Column, ColumnKey};
use needmatch_domain::row::Row;

use crate::model::Model;

pub(super) fn terms(model: &mut Model<'_>) -> Vec<(usize, i64)> {
    let mut terms = Vec::new();
    for (index, earlier) in (0_u32..).zip(&model.problem.baseline) {
        let cell = model.layout.of_component(earlier.component).find(|&position| {
            let cell = &model.layout.cells[position];
            cell.offer == earlier.offer && cell.period == earlier.period
        });
        let Some(position) = cell else { continue };
        let cell = model.layout.cells[position];
        let kept = model.column(ColumnKey::of(Column::Kept, &[index]), earlier.quantity.min(cell.upper));
        model.at_most(Row::Stability, &[index], vec![(kept, 1), (position, -1)], 0);
        terms.push((kept, cell.cost));
    }
    terms
}
