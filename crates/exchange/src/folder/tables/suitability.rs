//! `suitability.csv`: expert judgement on one pair of component and offer (¶101).

use needmatch_domain::ids::PeriodLabel;
use needmatch_domain::money::MAX_AMOUNT;
use needmatch_domain::scenario::Suitability;

use super::Table;
use crate::folder::cells::{Cells, show};
use crate::folder::table::{TableSpec, optional, required};

pub(crate) struct SuitabilityRows;

impl Table for SuitabilityRows {
    type Item = Suitability;

    const SPEC: TableSpec = TableSpec {
        file: "suitability.csv",
        columns: &[
            required("component"),
            required("offer"),
            optional("fit"),
            optional("draw_permille"),
            optional("eligible"),
            optional("reason"),
        ],
        key: &["component", "offer"],
        required: false,
    };

    fn read(cells: &mut Cells<'_>) -> Option<Suitability> {
        let known = cells.known;
        let component = cells.reference("component", &known.components);
        let offer = cells.reference("offer", &known.offers);
        let fit = cells.optional_whole("fit", 0..=1000);
        let draw_permille = cells.optional_whole("draw_permille", 1..=MAX_AMOUNT);
        let eligible = cells.optional_boolean("eligible");
        let reason = cells.text("reason");
        Some(Suitability { component: component?, offer: offer?, fit, draw_permille, eligible, reason })
    }

    fn write(row: &Suitability, _: &[PeriodLabel]) -> Vec<String> {
        vec![
            row.component.to_string(),
            row.offer.to_string(),
            show(row.fit),
            show(row.draw_permille),
            show(row.eligible),
            row.reason.clone(),
        ]
    }
}
