//! A coordinator's or an agreed match is kept exactly.

use std::collections::BTreeMap;

use crate::code::Code;
use crate::recount::{Model, Recount};
use crate::report::{Breakage, Tell};
use crate::row::DerivedRow;
use crate::tally::Tally;

pub(crate) fn check(tally: &Tally<'_>, tell: Tell<'_>) {
    let locks = &tally.recount.problem.locks;
    let place = |component, offer, period| {
        locks.binary_search_by_key(&(component, offer, period), |lock| {
            (lock.component.at(), lock.offer.at(), lock.period.at())
        })
    };
    let given: BTreeMap<usize, i128> = tally.sums(
        |delivery| place(delivery.component, delivery.offer, delivery.period).ok(),
        |delivery| delivery.quantity.into(),
    );
    for (position, lock) in locks.iter().enumerate() {
        let (given, wanted) = (given.get(&position).copied().unwrap_or(0), i128::from(lock.quantity));
        if given != wanted {
            tell(Breakage::of(Code::Locked, &[position], given, wanted));
        }
    }
}

pub(crate) fn row(recount: &Recount<'_>, model: &Model, position: usize) -> Option<DerivedRow> {
    let lock = recount.problem.locks.get(position)?;
    let (x, _) = model.x(recount, &[lock.component.at(), lock.offer.at(), lock.period.at()])?;
    Some(DerivedRow::equal(vec![(x, 1)], lock.quantity.into()))
}
