//! Tables for the terminal.

use comfy_table::{CellAlignment, Table, presets::UTF8_FULL_CONDENSED};

/// A table whose columns from `first_number` on hold numbers.
pub(crate) fn of(header: &[&str], first_number: usize, rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED).set_header(header.iter().copied());
    for row in rows {
        table.add_row(row);
    }
    for column in table.column_iter_mut().skip(first_number) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table.to_string()
}
