//! Never more than the offer holds, in all and per period.

use needmatch_domain::row::Row;

use crate::model::Model;

pub(super) fn add(model: &mut Model<'_>) {
    for (index, offer) in (0_u32..).zip(&model.problem.offers) {
        let cells = model.layout.by_offer[index as usize].clone();
        let draw = |position: usize| (position, model.layout.cells[position].draw);
        let total: Vec<_> = cells.iter().map(|&position| draw(position)).collect();
        let by_period: Vec<(u32, i64, Vec<_>)> = (0_u32..)
            .zip(offer.per_period.iter().flatten())
            .map(|(period, &held)| {
                let then = cells.iter().filter(|&&position| model.layout.cells[position].period.0 == period);
                (period, held, then.map(|&position| draw(position)).collect())
            })
            .collect();
        model.at_most(Row::CapacityTotal, &[index], total, offer.quantity * 1000);
        for (period, held, terms) in by_period {
            model.at_most(Row::CapacityPeriod, &[index, period], terms, held * 1000);
        }
    }
}
