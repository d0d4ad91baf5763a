//! `offer_periods.csv`: what an offer holds per period. An offer with any row here gives nothing in the others.

use needmatch_domain::ids::PeriodLabel;
use needmatch_domain::money::MAX_AMOUNT;
use needmatch_domain::scenario::OfferPeriod;

use super::{Table, label};
use crate::folder::cells::Cells;
use crate::folder::table::{TableSpec, required};

pub(crate) struct OfferPeriods;

impl Table for OfferPeriods {
    type Item = OfferPeriod;

    const SPEC: TableSpec = TableSpec {
        file: "offer_periods.csv",
        columns: &[required("offer"), required("period"), required("quantity")],
        key: &["offer", "period"],
        required: false,
    };

    fn read(cells: &mut Cells<'_>) -> Option<OfferPeriod> {
        let known = cells.known;
        let offer = cells.reference("offer", &known.offers);
        let period = cells.period("period");
        let quantity = cells.whole("quantity", 0..=MAX_AMOUNT);
        Some(OfferPeriod { offer: offer?, period: period?, quantity: quantity? })
    }

    fn write(row: &OfferPeriod, periods: &[PeriodLabel]) -> Vec<String> {
        vec![row.offer.to_string(), label(row.period, periods), row.quantity.to_string()]
    }
}
