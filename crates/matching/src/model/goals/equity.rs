//! The first tenth of everybody's need counts most: a concave value of the share each state or region receives.

use std::collections::BTreeMap;

use needmatch_domain::column::{Column, ColumnKey};
use needmatch_domain::goal::EquityBy;
use needmatch_domain::ids::StateIndex;
use needmatch_domain::problem::Problem;
use needmatch_domain::row::Row;

use super::{asked, cost_terms};
use crate::model::Model;

pub(super) fn terms(model: &mut Model<'_>, by: EquityBy) -> Vec<(usize, i64)> {
    let mut terms = Vec::new();
    for (who, states) in (0_u32..).zip(groups(model.problem, by)) {
        let inside = |state: StateIndex| states.contains(&state);
        let asked = asked(model.problem, inside);
        if asked == 0 {
            continue;
        }
        let mut row: Vec<_> =
            cost_terms(model, inside).into_iter().map(|(column, cost)| (column, -1000 * cost)).collect();
        for tenth in 0..10_u32 {
            let share = model.column(ColumnKey::of(Column::Share, &[who, tenth]), 100);
            row.push((share, asked));
            terms.push((share, 10 - i64::from(tenth)));
        }
        model.at_most(Row::Equity, &[who], row, 0);
    }
    terms
}

/// States one by one, or by their finest region in order of name.
fn groups(problem: &Problem, by: EquityBy) -> Vec<Vec<StateIndex>> {
    let states = (0..problem.states.len()).map(StateIndex::of);
    match by {
        EquityBy::State => states.map(|state| vec![state]).collect(),
        EquityBy::Region => {
            let mut regions: BTreeMap<_, Vec<_>> = BTreeMap::new();
            for state in states {
                if let Some(region) = problem.states[state.at()].regions.first() {
                    regions.entry(region).or_default().push(state);
                }
            }
            regions.into_values().collect()
        }
    }
}
