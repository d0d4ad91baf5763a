//! A coordinator's or an agreed match is kept, quantity and all.

use needmatch_domain::row::Row;

use crate::model::Model;

pub(super) fn add(model: &mut Model<'_>) {
    for (index, lock) in (0_u32..).zip(&model.problem.locks) {
        let cell = model.layout.of_component(lock.component).find(|&position| {
            let cell = &model.layout.cells[position];
            cell.offer == lock.offer && cell.period == lock.period
        });
        let terms = cell.map(|position| (position, 1)).into_iter().collect();
        model.equal(Row::Locked, &[index], terms, lock.quantity);
    }
}
