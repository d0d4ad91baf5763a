//! `baseline.csv`: an earlier plan, as `plan.csv` was written. Only what the goal `stability` needs is read.

use needmatch_domain::ids::PeriodLabel;
use needmatch_domain::money::MAX_AMOUNT;
use needmatch_domain::scenario::Baseline;

use super::{Table, label};
use crate::folder::cells::Cells;
use crate::folder::table::{TableSpec, optional, required};

pub(crate) struct BaselineRows;

impl Table for BaselineRows {
    type Item = Baseline;

    const SPEC: TableSpec = TableSpec {
        file: "baseline.csv",
        columns: &[
            required("component"),
            required("offer"),
            required("period"),
            required("quantity"),
            optional("draw"),
            optional("cost"),
            optional("score"),
        ],
        key: &["component", "offer", "period"],
        required: false,
    };

    fn read(cells: &mut Cells<'_>) -> Option<Baseline> {
        let known = cells.known;
        let component = cells.reference("component", &known.components);
        let offer = cells.reference("offer", &known.offers);
        let period = cells.period("period");
        let quantity = cells.whole("quantity", 1..=MAX_AMOUNT);
        Some(Baseline { component: component?, offer: offer?, period: period?, quantity: quantity? })
    }

    fn write(row: &Baseline, periods: &[PeriodLabel]) -> Vec<String> {
        let empty = String::new;
        let period = label(row.period, periods);
        vec![
            row.component.to_string(),
            row.offer.to_string(),
            period,
            row.quantity.to_string(),
            empty(),
            empty(),
            empty(),
        ]
    }
}
