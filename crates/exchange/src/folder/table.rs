//! A table file as rows of text: header, optional row of HXL tags, bounds, and what inheritance leaves of the rows.

use std::collections::HashMap;
use std::fs::File;

use csv::StringRecord;

use super::locate::MAX_TABLE_BYTES;
use super::stream::{CheckedReader, RecordMark, code_of};
use super::text::{MAX_FIELD_BYTES, clean};
use crate::error::{Candidates, ErrorCode, Errors, FileError};

/// Most rows of a table.
pub const MAX_ROWS: u64 = 2_000_000;

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Name in the header.
    pub name: &'static str,
    /// Whether the header must have it and every cell a value.
    pub required: bool,
    /// What an empty cell or an absent column means; empty where that is "none" or computed.
    pub default: &'static str,
}

/// A column that must be there and filled.
pub(crate) const fn required(name: &'static str) -> Column {
    Column { name, required: true, default: "" }
}

/// A column whose empty cell means none, or a value that is computed.
pub(crate) const fn optional(name: &'static str) -> Column {
    Column { name, required: false, default: "" }
}

/// A column with a default.
pub(crate) const fn defaulted(name: &'static str, default: &'static str) -> Column {
    Column { name, required: false, default }
}

/// Name, columns and key of a table.
#[derive(Debug, Clone, Copy)]
pub struct TableSpec {
    /// Name of the file.
    pub file: &'static str,
    /// Columns in the order in which they are written.
    pub columns: &'static [Column],
    /// Columns that together name a row.
    pub key: &'static [&'static str],
    /// Whether a scenario must have the file.
    pub required: bool,
}

impl TableSpec {
    /// The table's name, as `[drop]` in `scenario.toml` uses it: the file's without ending.
    pub fn name(&self) -> &'static str {
        self.file.trim_end_matches(".csv")
    }

    fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|known| known.name == column)
    }
}

/// A row of text with the place it was read from.
#[derive(Debug)]
pub(crate) struct RawRow {
    /// Position of the folder in the chain, the folder that was asked for first.
    pub(crate) layer: usize,
    /// As a spreadsheet numbers it.
    pub(crate) row: u64,
    pub(crate) record: StringRecord,
}

/// Where each column of the specification stands in a file's rows.
pub(crate) type Positions = Vec<Option<usize>>;

/// What inheritance leaves of a table.
#[derive(Debug)]
pub(crate) struct RawTable {
    pub(crate) spec: TableSpec,
    /// Names of the file, by layer.
    pub(crate) labels: Vec<String>,
    /// By layer.
    pub(crate) positions: Vec<Positions>,
    pub(crate) rows: Vec<RawRow>,
    /// False when part of a file could not be read, so that an id not found here may well exist.
    pub(crate) complete: bool,
}

type Key = Box<[String]>;

/// The rows of one layer's file.
pub(crate) struct LayerTable {
    layer: usize,
    positions: Positions,
    rows: Vec<RawRow>,
    complete: bool,
}

impl RawTable {
    /// A table without rows; `labels` name its file in each layer.
    pub(crate) fn new(spec: TableSpec, labels: Vec<String>) -> Self {
        let positions = vec![vec![None; spec.columns.len()]; labels.len()];
        Self { spec, labels, positions, rows: Vec::new(), complete: true }
    }

    /// Adds a layer's rows; those with the key of an inherited row take its place.
    pub(crate) fn overlay(&mut self, layer: LayerTable, errors: &mut Errors) {
        let LayerTable { layer, positions, rows, complete } = layer;
        let label = self.labels[layer].clone();
        self.complete &= complete;
        let mut places: HashMap<Key, usize> = HashMap::with_capacity(self.rows.len() + rows.len());
        for (place, row) in self.rows.iter().enumerate() {
            places.insert(key_of(&self.spec, &self.positions[row.layer], row), place);
        }
        for row in rows {
            let key = key_of(&self.spec, &positions, &row);
            if key.first().is_none_or(String::is_empty) {
                // The typed reader reports the empty id; without one nothing can be replaced.
                self.rows.push(row);
                continue;
            }
            match places.get(&key) {
                Some(place) if self.rows[*place].layer == row.layer => {
                    let code = ErrorCode::DuplicateKey { first_row: self.rows[*place].row };
                    let filled: Vec<&str> = key.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
                    let error = FileError::of_file(&label, code).at_row(row.row);
                    errors.push(error.in_column(self.spec.key.join(", ")).with_value(&filled.join(", ")));
                }
                Some(place) => self.rows[*place] = row,
                None => {
                    places.insert(key, self.rows.len());
                    self.rows.push(row);
                }
            }
        }
        self.positions[layer] = positions;
    }

    /// Removes the inherited rows whose key begins with the parts of `name`, separated by `@`. False when none does.
    pub(crate) fn remove(&mut self, names: &[String]) -> Vec<bool> {
        let wanted: Vec<Vec<&str>> = names.iter().map(|name| name.split('@').collect()).collect();
        let mut found = vec![false; names.len()];
        let (spec, positions) = (&self.spec, &self.positions);
        self.rows.retain(|row| {
            let key = key_of(spec, &positions[row.layer], row);
            let hit = wanted.iter().position(|parts| {
                parts.len() <= key.len() && parts.iter().zip(key.iter()).all(|(part, cell)| part == cell)
            });
            if let Some(hit) = hit {
                found[hit] = true;
            }
            hit.is_none()
        });
        found
    }

    /// Values of the first key column.
    pub(crate) fn first_keys(&self) -> impl Iterator<Item = String> {
        self.rows.iter().filter_map(|row| {
            let position = self.spec.position(self.spec.key[0])?;
            let cell = row.record.get(self.positions[row.layer][position]?)?;
            clean(cell).ok().filter(|text| !text.is_empty()).map(std::borrow::Cow::into_owned)
        })
    }
}

fn key_of(spec: &TableSpec, positions: &Positions, row: &RawRow) -> Key {
    let cell = |column: &&str| {
        let text = spec.position(column).and_then(|at| positions[at]).and_then(|at| row.record.get(at)).unwrap_or("");
        clean(text).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
    };
    spec.key.iter().map(cell).collect()
}

/// Reads the file of one layer.
pub(crate) fn read_layer(
    table: &RawTable,
    layer: usize,
    file: File,
    candidates: &Candidates,
    errors: &mut Errors,
) -> LayerTable {
    let (reader, mark) = CheckedReader::new(file, MAX_TABLE_BYTES);
    let lines = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(reader);
    let label = &table.labels[layer];
    let mut rows = LayerTable { layer, positions: table.positions[layer].clone(), rows: Vec::new(), complete: true };
    let mut source = Source { lines, mark, row: 0, breaks_inside_cells: 0 };
    if let Err((row, code)) = read_rows(&table.spec, label, &mut source, candidates, &mut rows, errors) {
        rows.complete = false;
        let error = FileError::of_file(label, code);
        errors.push(if row > 0 { error.at_row(row) } else { error });
    }
    rows
}

fn read_rows(
    spec: &TableSpec,
    label: &str,
    source: &mut Source,
    candidates: &Candidates,
    table: &mut LayerTable,
    errors: &mut Errors,
) -> Result<(), (u64, ErrorCode)> {
    let mut record = StringRecord::new();
    if !source.next(&mut record)? {
        return Err((0, ErrorCode::HeaderMissing {}));
    }
    let width = record.len();
    table.positions = resolve_header(spec, label, &record, candidates, errors);
    let mut count = 0;
    while source.next(&mut record)? {
        let row = source.row;
        if record.iter().all(|cell| cell.trim().is_empty()) || (count == 0 && row == 2 && is_tag_row(&record)) {
            continue;
        }
        count += 1;
        if count > MAX_ROWS {
            return Err((row, ErrorCode::TooManyRows { most: MAX_ROWS }));
        }
        if record.len() != width {
            table.complete = false;
            let code = ErrorCode::FieldCount { found: record.len(), expected: width };
            errors.push(FileError::of_file(label, code).at_row(row));
        } else if let Some(long) = record.iter().find(|cell| cell.len() > MAX_FIELD_BYTES) {
            table.complete = false;
            let code = ErrorCode::FieldTooLong { most: MAX_FIELD_BYTES as u64 };
            errors.push(FileError::of_file(label, code).at_row(row).with_value(long));
        } else {
            table.rows.push(RawRow { layer: table.layer, row, record: record.clone() });
        }
    }
    Ok(())
}

/// Rows numbered as spreadsheets number them: a line break inside a cell starts no row, an empty line is one.
struct Source {
    lines: csv::Reader<CheckedReader<File>>,
    mark: RecordMark,
    row: u64,
    breaks_inside_cells: u64,
}

impl Source {
    fn next(&mut self, record: &mut StringRecord) -> Result<bool, (u64, ErrorCode)> {
        let more = self.lines.read_record(record).map_err(|error| match error.kind() {
            csv::ErrorKind::Io(inner) => match code_of(inner) {
                code @ ErrorCode::RecordTooLong { .. } => (self.row + 1, code),
                code => (0, code),
            },
            _ => (self.row + 1, ErrorCode::CsvSyntax { reason: error.to_string() }),
        })?;
        if more {
            self.mark.record_ended();
            self.breaks_inside_cells += record.as_slice().bytes().filter(|byte| *byte == b'\n').count() as u64;
            // The line the reader stands on is the one after the row's last.
            self.row = self.lines.position().line().saturating_sub(1 + self.breaks_inside_cells);
        }
        Ok(more)
    }
}

/// HXL tags: every filled cell starts with `#`.
pub(crate) fn is_tag_row(record: &StringRecord) -> bool {
    record.iter().map(str::trim).filter(|cell| !cell.is_empty()).all(|cell| cell.starts_with('#'))
}

fn resolve_header(
    spec: &TableSpec,
    label: &str,
    header: &StringRecord,
    candidates: &Candidates,
    errors: &mut Errors,
) -> Positions {
    let mut positions: Positions = vec![None; spec.columns.len()];
    let mut refuse = |code: ErrorCode, name: &str| {
        let error = FileError::of_file(label, code).at_row(1);
        errors.push(if name.is_empty() { error } else { error.with_value(name) });
    };
    for (at, cell) in header.iter().enumerate() {
        let name = clean(cell).map_or_else(|_| cell.to_owned(), std::borrow::Cow::into_owned);
        match spec.position(&name) {
            Some(column) if positions[column].is_some() => refuse(ErrorCode::ColumnTwice {}, &name),
            Some(column) => positions[column] = Some(at),
            None if name.is_empty() => refuse(ErrorCode::ColumnUnnamed { position: at + 1 }, ""),
            None => {
                let near = candidates.nearest(&name, spec.columns.iter().map(|column| column.name));
                refuse(ErrorCode::UnknownColumn { near }, &name);
            }
        }
    }
    for (column, position) in spec.columns.iter().zip(&positions) {
        if column.required && position.is_none() {
            let error = FileError::of_file(label, ErrorCode::ColumnMissing {}).at_row(1);
            errors.push(error.in_column(column.name));
        }
    }
    positions
}
