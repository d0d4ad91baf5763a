//! Lasting results: static scores of served requests and points of served components.

use crate::model::Model;

pub(super) fn terms(model: &Model<'_>) -> Vec<(usize, i64)> {
    let requests = model.problem.requests.iter().zip(&model.layout.served_request);
    let components = model.problem.components.iter().zip(&model.layout.served_component);
    requests
        .filter_map(|(request, served)| Some(((*served)?, request.sustainability)))
        .chain(components.filter_map(|(component, served)| Some(((*served)?, component.sustainability_points))))
        .collect()
}
