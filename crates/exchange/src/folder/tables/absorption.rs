//! `absorption.csv`: how much, and how many requests, a state can take in during a period.

use needmatch_domain::ids::PeriodLabel;
use needmatch_domain::scenario::Absorption;

use super::{Table, label};
use crate::folder::cells::{Cells, show};
use crate::folder::table::{TableSpec, optional, required};

pub(crate) struct AbsorptionLimits;

impl Table for AbsorptionLimits {
    type Item = Absorption;

    const SPEC: TableSpec = TableSpec {
        file: "absorption.csv",
        columns: &[required("state"), required("period"), optional("amount"), optional("requests")],
        key: &["state", "period"],
        required: false,
    };

    fn read(cells: &mut Cells<'_>) -> Option<Absorption> {
        let state = cells.state("state");
        let period = cells.period("period");
        let amount = cells.optional_amount("amount");
        let requests = cells.optional_whole("requests", 0..=1_000_000_000);
        Some(Absorption { state: state?, period: period?, amount, requests })
    }

    fn write(row: &Absorption, periods: &[PeriodLabel]) -> Vec<String> {
        vec![row.state.to_string(), label(row.period, periods), show(row.amount), show(row.requests)]
    }
}
