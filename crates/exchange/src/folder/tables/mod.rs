//! The tables of a scenario folder, one file a table: its columns in order, how a row becomes an item of the
//! scenario, and how an item becomes a row again.
//!
//! To add a column: name it in `COLUMNS`, read it, write it, and describe it in `docs/scenario.md`; tests hold the
//! four together.

pub(crate) mod absorption;
pub(crate) mod baseline;
pub(crate) mod channels;
pub(crate) mod components;
pub(crate) mod locks;
pub(crate) mod offer_periods;
pub(crate) mod offers;
pub(crate) mod periods;
pub(crate) mod programmes;
pub(crate) mod requests;
pub(crate) mod states;
pub(crate) mod suitability;

use needmatch_domain::ids::{PeriodIndex, PeriodLabel};
use needmatch_domain::scenario::Window;

use super::cells::Cells;
use super::known::Known;
use super::table::{RawTable, TableSpec};
use crate::error::{Errors, FileError};

/// A table of the folder.
pub(crate) trait Table {
    /// What a row becomes.
    type Item;
    /// Name, columns and key.
    const SPEC: TableSpec;
    /// The item of a row; `None` when a cell without which there is none was refused (and reported).
    fn read(cells: &mut Cells<'_>) -> Option<Self::Item>;
    /// The cells of an item, in the order of the columns.
    fn write(item: &Self::Item, periods: &[PeriodLabel]) -> Vec<String>;
}

/// Every table, in the order in which a person fills them.
pub const TABLES: [TableSpec; 12] = [
    requests::Requests::SPEC,
    components::Components::SPEC,
    offers::Offers::SPEC,
    states::States::SPEC,
    periods::Periods::SPEC,
    offer_periods::OfferPeriods::SPEC,
    absorption::AbsorptionLimits::SPEC,
    channels::Channels::SPEC,
    programmes::Programmes::SPEC,
    suitability::SuitabilityRows::SPEC,
    locks::Locks::SPEC,
    baseline::BaselineRows::SPEC,
];

/// An item with the place it was read from, for checks that need more than its row.
#[derive(Debug)]
pub(crate) struct Located<T> {
    pub(crate) item: T,
    pub(crate) layer: usize,
    pub(crate) row: u64,
}

impl<T> Located<T> {
    /// An error in a column of this item's row.
    pub(crate) fn error(&self, table: &RawTable, column: &str, code: crate::ErrorCode) -> FileError {
        FileError::of_file(&table.labels[self.layer], code).at_row(self.row).in_column(column)
    }
}

/// Reads every row of a table.
pub(crate) fn read_all<T: Table>(table: &RawTable, known: &Known, errors: &mut Errors) -> Vec<Located<T::Item>> {
    let mut items = Vec::with_capacity(table.rows.len());
    for raw in &table.rows {
        let mut cells = Cells {
            label: &table.labels[raw.layer],
            row: raw.row,
            columns: T::SPEC.columns,
            positions: &table.positions[raw.layer],
            record: &raw.record,
            known,
            errors,
            cursor: 0,
        };
        if let Some(item) = T::read(&mut cells) {
            items.push(Located { item, layer: raw.layer, row: raw.row });
        }
    }
    items
}

fn label(period: PeriodIndex, periods: &[PeriodLabel]) -> String {
    periods.get(period.at()).map(ToString::to_string).unwrap_or_default()
}

/// Cells `from` and `to`; empty at the ends of the horizon.
fn window_cells(window: Window, periods: &[PeriodLabel]) -> [String; 2] {
    let first = if window.first == PeriodIndex(0) { String::new() } else { label(window.first, periods) };
    let last = if window.last.at() + 1 == periods.len() { String::new() } else { label(window.last, periods) };
    [first, last]
}
