//! A region's least share of what it asked for.

use needmatch_domain::row::Row;

use crate::model::{Model, goals};

pub(super) fn add(model: &mut Model<'_>) {
    for (index, floor) in (0_u32..).zip(&model.problem.regional_floors) {
        let inside = |state| floor.states.binary_search(&state).is_ok();
        let asked = goals::asked(model.problem, inside);
        let least = (i128::from(asked) * i128::from(floor.share_permille) + 999) / 1000;
        let least = i64::try_from(least).expect("costs of a checked problem stay below 2^62");
        let terms = goals::cost_terms(model, inside).into_iter().map(|(column, cost)| (column, -cost)).collect();
        model.at_most(Row::RegionalFloor, &[index], terms, -least);
    }
}
