//! An obstacle is mitigated before the request is served.

use needmatch_domain::row::Row;

use crate::model::Model;

pub(super) fn add(model: &mut Model<'_>) {
    for (index, request) in (0_u32..).zip(&model.problem.requests) {
        let Some(served) = model.layout.served_request[index as usize] else { continue };
        for (position, obstacle) in (0_u32..).zip(&request.obstacles) {
            let mitigation = obstacle.mitigation.and_then(|component| model.layout.served_component[component.at()]);
            let mut terms = vec![(served, 1)];
            terms.extend(mitigation.map(|column| (column, -1)));
            model.at_most(Row::Obstacle, &[index, position], terms, 0);
        }
    }
}
