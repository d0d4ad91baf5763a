//! `locks.csv`: matches that must be, and matches that must not be.

use needmatch_domain::ids::PeriodLabel;
use needmatch_domain::money::MAX_AMOUNT;
use needmatch_domain::scenario::{Lock, LockKind};

use super::{Table, label};
use crate::error::ErrorCode;
use crate::folder::cells::Cells;
use crate::folder::table::{TableSpec, optional, required};

pub(crate) struct Locks;

impl Table for Locks {
    type Item = Lock;

    const SPEC: TableSpec = TableSpec {
        file: "locks.csv",
        columns: &[
            required("component"),
            required("offer"),
            optional("period"),
            optional("quantity"),
            required("kind"),
        ],
        key: &["component", "offer", "period"],
        required: false,
    };

    fn read(cells: &mut Cells<'_>) -> Option<Lock> {
        let known = cells.known;
        let component = cells.reference("component", &known.components);
        let offer = cells.reference("offer", &known.offers);
        let before = cells.errors.count();
        let period = cells.optional_period("period");
        let period_refused = cells.errors.count() > before;
        let before = cells.errors.count();
        let quantity = cells.optional_whole::<i64>("quantity", 0..=MAX_AMOUNT);
        let quantity_refused = cells.errors.count() > before;
        let kind = cells.word::<LockKind>("kind");
        if kind == Some(LockKind::Lock) {
            if period.is_none() && !period_refused {
                cells.refuse("period", None, ErrorCode::LockWithoutPeriod {});
            }
            match quantity {
                None if !quantity_refused => cells.refuse("quantity", None, ErrorCode::LockWithoutQuantity {}),
                Some(0) => {
                    let code = ErrorCode::OutOfRange { least: 1, most: MAX_AMOUNT };
                    cells.refuse("quantity", Some("0"), code);
                }
                _ => {}
            }
        }
        Some(Lock { component: component?, offer: offer?, period, quantity: quantity.unwrap_or(0), kind: kind? })
    }

    fn write(lock: &Lock, periods: &[PeriodLabel]) -> Vec<String> {
        vec![
            lock.component.to_string(),
            lock.offer.to_string(),
            lock.period.map(|period| label(period, periods)).unwrap_or_default(),
            lock.quantity.to_string(),
            lock.kind.to_string(),
        ]
    }
}
