//! Requests met in full, by priority. A choice counts as met when one of its alternatives in the request is.

use std::collections::BTreeMap;

use needmatch_domain::column::{Column, ColumnKey};
use needmatch_domain::ids::RequestIndex;
use needmatch_domain::row::Row;

use crate::model::Model;

pub(super) fn terms(model: &mut Model<'_>) -> Vec<(usize, i64)> {
    let problem = model.problem;
    let mut terms = Vec::new();
    for (request, details) in problem.requests.iter().enumerate() {
        let request = RequestIndex::of(request);
        let full_request = model.column(ColumnKey::of(Column::FullRequest, &[request.0]), 1);
        terms.push((full_request, details.priority_weight));
        let mut choices: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for component in model.layout.components_by_request[request.at()].clone() {
            let details = &problem.components[component.at()];
            let full = model.column(ColumnKey::of(Column::FullComponent, &[component.0]), 1);
            let mut row = vec![(full, details.outstanding)];
            row.extend(model.layout.of_component(component).map(|position| (position, -1)));
            model.at_most(Row::FullComponent, &[component.0], row, 0);
            match &details.choice {
                None => model.at_most(Row::FullRequest, &[component.0], vec![(full_request, 1), (full, -1)], 0),
                Some(choice) => choices.entry(choice).or_default().push((full, -1)),
            }
        }
        for (choice, mut row) in choices {
            let first = model.layout.components_by_request[request.at()]
                .iter()
                .find(|component| problem.components[component.at()].choice.as_ref() == Some(choice))
                .expect("the choice was met among these");
            row.push((full_request, 1));
            model.at_most(Row::FullChoice, &[request.0, first.0], row, 0);
        }
    }
    terms
}
