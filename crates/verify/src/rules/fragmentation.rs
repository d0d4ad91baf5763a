//! ¶103: the most providers that help one request.

use crate::code::Code;
use crate::recount::{Model, Recount};
use crate::report::{Breakage, Tell};
use crate::row::DerivedRow;
use crate::tally::Tally;

pub(crate) fn check(tally: &Tally<'_>, tell: Tell<'_>) {
    for helpers in tally.helps.chunk_by(|left, right| left.0 == right.0) {
        let (request, providers) = (helpers[0].0, helpers.len() as i128);
        let most = tally.recount.problem.requests[request].max_providers.map(i128::from);
        if let Some(most) = most.filter(|most| providers > *most) {
            tell(Breakage::of(Code::Fragmentation, &[request], providers, most));
        }
    }
}

pub(crate) fn row(recount: &Recount<'_>, model: &Model, request: usize) -> Option<DerivedRow> {
    let most = recount.problem.requests.get(request)?.max_providers?;
    let terms = model.columns.helps_of_request(request).map(|help| (model.columns.helps(help), 1)).collect();
    Some(DerivedRow::at_most(terms, most.into()))
}
