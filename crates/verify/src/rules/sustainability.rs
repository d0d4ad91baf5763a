//! ¶88, 101, 105: static score and the points of what is served reach the threshold of a served request.

use crate::code::Code;
use crate::recount::{Model, Recount};
use crate::report::{Breakage, Tell};
use crate::row::DerivedRow;
use crate::tally::Tally;

pub(crate) fn check(tally: &Tally<'_>, tell: Tell<'_>) {
    let problem = tally.recount.problem;
    for (position, request) in problem.requests.iter().enumerate() {
        if !tally.served_requests[position] {
            continue;
        }
        let served = tally.recount.index.components_of[position].iter().filter(|component| tally.served(**component));
        let points = served.map(|component| i128::from(problem.components[*component].sustainability_points));
        let reached = i128::from(request.sustainability) + points.sum::<i128>();
        let threshold = i128::from(request.sustainability_threshold);
        if reached < threshold {
            tell(Breakage::of(Code::Sustainability, &[position], reached, threshold));
        }
    }
}

pub(crate) fn row(recount: &Recount<'_>, model: &Model, position: usize) -> Option<DerivedRow> {
    let request = recount.problem.requests.get(position)?;
    let missing = request.sustainability_threshold - request.sustainability;
    let mut terms = vec![(model.columns.served_request(position), missing)];
    terms.extend(recount.index.components_of[position].iter().map(|component| {
        let points = recount.problem.components[*component].sustainability_points;
        (model.columns.served_component(*component), -points)
    }));
    Some(DerivedRow::at_most(terms, 0))
}
