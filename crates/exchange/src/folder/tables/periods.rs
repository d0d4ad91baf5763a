//! `periods.csv`: the horizon, one period a row, in order.

use needmatch_domain::ids::PeriodLabel;

use super::Table;
use crate::folder::cells::Cells;
use crate::folder::table::{TableSpec, required};

/// Label of the only period of a scenario that names none.
pub(crate) const ONLY_PERIOD: &str = "all";

pub(crate) struct Periods;

impl Table for Periods {
    type Item = PeriodLabel;

    const SPEC: TableSpec =
        TableSpec { file: "periods.csv", columns: &[required("period")], key: &["period"], required: false };

    fn read(cells: &mut Cells<'_>) -> Option<PeriodLabel> {
        cells.id("period")
    }

    fn write(period: &PeriodLabel, _: &[PeriodLabel]) -> Vec<String> {
        vec![period.to_string()]
    }
}
