//! A region's largest share of the plan.

use needmatch_domain::row::Row;

use crate::model::{Model, goals};

pub(super) fn add(model: &mut Model<'_>) {
    for (index, ceiling) in (0_u32..).zip(&model.problem.regional_ceilings) {
        let mut terms = goals::cost_terms(model, |_| true);
        for (position, coefficient) in &mut terms {
            let state = model.problem.requests[model.layout.cells[*position].request.at()].state;
            let inside = ceiling.states.binary_search(&state).is_ok();
            *coefficient *= if inside { 1000 - ceiling.share_permille } else { -ceiling.share_permille };
        }
        terms.retain(|(_, coefficient)| *coefficient != 0);
        model.at_most(Row::RegionalCeiling, &[index], terms, 0);
    }
}
