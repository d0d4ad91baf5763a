//! What each match is worth, from what, and what keeps it from being larger.

use needmatch_domain::plan::Plan;
use needmatch_domain::reason::MatchReason;
use needmatch_domain::rule::Rule;

use super::binding::rules_against;
use crate::model::{Assignment, Model};

pub(super) fn matches(model: &Model<'_>, assignment: &Assignment<'_, '_>, plan: &Plan) -> Vec<MatchReason> {
    plan.matches
        .iter()
        .filter_map(|found| {
            let range = model.layout.of_component(found.component);
            let cells = &model.layout.cells[range.clone()];
            let place =
                cells.binary_search_by_key(&(found.offer, found.period), |cell| (cell.offer, cell.period)).ok()?;
            let position = range.start + place;
            let component = &model.problem.components[found.component.at()];
            let weight = model.problem.requests[component.request.at()].weight;
            let worth = model.problem.offers[found.offer.at()].unit_value.unwrap_or(component.unit_cost);
            let score = model.layout.cells[position].score;
            let whole = i128::from(weight) * i128::from(worth);
            let fit = i128::from(score).checked_div(whole).and_then(|fit| i64::try_from(fit).ok()).unwrap_or(0);
            let received: i64 = range.map(|cell| assignment.values[cell]).sum();
            let bound_by = if received >= component.outstanding {
                vec![Rule::Demand]
            } else {
                rules_against(model, assignment, position, model.columns[position].step).into_iter().collect()
            };
            Some(MatchReason {
                component: found.component,
                offer: found.offer,
                period: found.period,
                score,
                weight,
                worth,
                fit,
                bound_by,
            })
        })
        .collect()
}
