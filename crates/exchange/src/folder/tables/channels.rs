//! `channels.csv`: funding channels, where they reach and what they carry (¶109).

use needmatch_domain::ids::PeriodLabel;
use needmatch_domain::scenario::ChannelLimit;

use super::{Table, label};
use crate::folder::cells::{Cells, join, show};
use crate::folder::table::{TableSpec, optional, required};

pub(crate) struct Channels;

impl Table for Channels {
    type Item = ChannelLimit;

    const SPEC: TableSpec = TableSpec {
        file: "channels.csv",
        columns: &[required("id"), optional("regions"), optional("period"), optional("amount")],
        key: &["id", "period"],
        required: false,
    };

    fn read(cells: &mut Cells<'_>) -> Option<ChannelLimit> {
        let id = cells.id("id");
        let regions = cells.regions("regions");
        let period = cells.optional_period("period");
        let amount = cells.optional_amount("amount");
        Some(ChannelLimit { id: id?, regions, period, amount })
    }

    fn write(row: &ChannelLimit, periods: &[PeriodLabel]) -> Vec<String> {
        let period = row.period.map(|period| label(period, periods)).unwrap_or_default();
        vec![row.id.to_string(), join(&row.regions), period, show(row.amount)]
    }
}
