//! ¶83, 88: lasting results, by the static score of served requests and the points of served components.

use crate::recount::{Model, Recount};
use crate::tally::Tally;

pub(crate) fn value(tally: &Tally<'_>) -> i128 {
    let problem = tally.recount.problem;
    let requests = problem.requests.iter().zip(&tally.served_requests).filter(|(_, served)| **served);
    let components = problem.components.iter().enumerate().filter(|(position, _)| tally.served(*position));
    requests.map(|(request, _)| i128::from(request.sustainability)).sum::<i128>()
        + components.map(|(_, component)| i128::from(component.sustainability_points)).sum::<i128>()
}

pub(crate) fn terms(recount: &Recount<'_>, model: &Model) -> Vec<(usize, i64)> {
    let requests = recount.problem.requests.iter().enumerate();
    let components = recount.problem.components.iter().enumerate();
    requests
        .map(|(position, request)| (model.columns.served_request(position), request.sustainability))
        .chain(
            components.map(|(position, component)| {
                (model.columns.served_component(position), component.sustainability_points)
            }),
        )
        .collect()
}
