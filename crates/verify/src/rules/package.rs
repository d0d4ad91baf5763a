//! ¶95: the requests of a package are served together or not at all.

use crate::code::Code;
use crate::recount::{Model, Recount};
use crate::report::{Breakage, Tell};
use crate::row::DerivedRow;
use crate::tally::Tally;

pub(crate) fn check(tally: &Tally<'_>, tell: Tell<'_>) {
    for (first, members) in &tally.recount.index.packages {
        let served = |request: &usize| tally.served_requests[*request];
        for request in members.iter().filter(|request| served(request) != served(first)) {
            tell(Breakage::of(Code::Package, &[*request, *first], served(request).into(), served(first).into()));
        }
    }
}

pub(crate) fn row(recount: &Recount<'_>, model: &Model, request: usize) -> Option<DerivedRow> {
    let first = (*recount.index.package_of.get(request)?).filter(|first| *first != request)?;
    let served = |request| model.columns.served_request(request);
    Some(DerivedRow::equal(vec![(served(request), 1), (served(first), -1)], 0))
}
