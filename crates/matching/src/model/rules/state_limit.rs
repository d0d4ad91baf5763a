//! The offer's most for one state.

use std::collections::BTreeMap;

use needmatch_domain::row::Row;

use crate::model::Model;

pub(super) fn add(model: &mut Model<'_>) {
    for (index, offer) in (0_u32..).zip(&model.problem.offers) {
        let Some(most) = offer.state_max else { continue };
        let mut by_state: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for &position in &model.layout.by_offer[index as usize] {
            let cell = &model.layout.cells[position];
            let state = model.problem.requests[cell.request.at()].state;
            by_state.entry(state).or_default().push((position, cell.draw));
        }
        for (state, terms) in by_state {
            model.at_most(Row::StateLimit, &[index, state.0], terms, most * 1000);
        }
    }
}
