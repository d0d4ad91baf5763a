//! Static score and the points of served components reach the threshold.

use needmatch_domain::row::Row;

use crate::model::Model;

pub(super) fn add(model: &mut Model<'_>) {
    for (index, request) in (0_u32..).zip(&model.problem.requests) {
        let short = request.sustainability_threshold - request.sustainability;
        let Some(served) = model.layout.served_request[index as usize].filter(|_| short > 0) else { continue };
        let mut terms = vec![(served, short)];
        for component in &model.layout.components_by_request[index as usize] {
            let points = model.problem.components[component.at()].sustainability_points;
            let column = model.layout.served_component[component.at()].filter(|_| points > 0);
            terms.extend(column.map(|column| (column, -points)));
        }
        model.at_most(Row::Sustainability, &[index], terms, 0);
    }
}
