//! What a funding channel can carry.

use std::collections::BTreeMap;

use needmatch_domain::row::Row;

use crate::model::Model;

pub(super) fn add(model: &mut Model<'_>) {
    let problem = model.problem;
    let mut through: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (offer, cells) in problem.offers.iter().zip(&model.layout.by_offer) {
        if let Some(channel) = &offer.channel {
            through.entry(channel).or_default().extend(cells);
        }
    }
    for (index, channel) in (0_u32..).zip(&problem.channels) {
        let counts = |position: &&usize| {
            let cell = &model.layout.cells[**position];
            let state = problem.requests[cell.request.at()].state;
            channel.period.is_none_or(|period| period == cell.period)
                && channel.states.as_ref().is_none_or(|states| states.binary_search(&state).is_ok())
        };
        let cells = through.get(&channel.id).into_iter().flatten().filter(counts);
        let terms: Vec<_> = cells.map(|&position| (position, model.layout.cells[position].cost)).collect();
        model.at_most(Row::Channel, &[index], terms, channel.amount);
    }
}
