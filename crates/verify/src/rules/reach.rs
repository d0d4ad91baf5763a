//! ¶103: the most requests an offer takes part in.

use std::collections::BTreeMap;

use crate::code::Code;
use crate::recount::{Model, Recount};
use crate::report::{Breakage, Tell};
use crate::row::DerivedRow;
use crate::tally::Tally;

pub(crate) fn check(tally: &Tally<'_>, tell: Tell<'_>) {
    let mut requests: BTreeMap<usize, i128> = BTreeMap::new();
    for (offer, _) in tally.parts.keys() {
        *requests.entry(*offer).or_default() += 1;
    }
    for (offer, requests) in requests {
        let most = tally.recount.problem.offers[offer].max_requests.map(i128::from);
        if let Some(most) = most.filter(|most| requests > *most) {
            tell(Breakage::of(Code::Reach, &[offer], requests, most));
        }
    }
}

pub(crate) fn row(recount: &Recount<'_>, model: &Model, offer: usize) -> Option<DerivedRow> {
    let most = recount.problem.offers.get(offer)?.max_requests?;
    let terms = model.columns.parts_of_offer(offer).map(|part| (model.columns.takes_part(part), 1)).collect();
    Some(DerivedRow::at_most(terms, most.into()))
}
