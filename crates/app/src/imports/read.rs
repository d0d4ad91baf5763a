//! Tables of text as the documents they stand for, each with the row every part of it comes from. What the cells say is
//! checked where documents are: here only that there are rows and columns, and which row belongs to which.

use std::collections::{BTreeMap, BTreeSet};

use needmatch_exchange::folder::table::TableSpec;
use needmatch_exchange::folder::{tables, unguard};
use serde_json::{Map, Value, json};

use super::Tables;
use super::located::RowFault;
use crate::error::Fault;

/// Most rows of a table.
pub const MAX_ROWS: usize = 2_000;

/// Columns whose cells are whole numbers.
const NUMBERS: [&str; 21] = [
    "priority",
    "report_year",
    "contribution_percent",
    "sustainability",
    "max_providers",
    "quantity",
    "received",
    "minimum",
    "unit_cost",
    "period_max",
    "sustainability_points",
    "unit_value",
    "ticket_min",
    "ticket_max",
    "state_max",
    "max_requests",
    "min_contribution_percent",
    "min_sustainability",
    "report_since",
    "delivery_permille",
    "amount",
];

/// Columns whose cells are true or false.
const FLAGS: [&str; 2] = ["divisible", "requires_action_plan"];

/// Columns whose cells are lists.
const LISTS: [&str; 16] = [
    "contribution_kinds",
    "excluded_providers",
    "preferred_providers",
    "circulated_to",
    "sdg_targets",
    "obstacles",
    "requires",
    "types",
    "areas",
    "states",
    "regions",
    "groups",
    "excluded_states",
    "contexts",
    "preferred_areas",
    "mitigates",
];

/// Columns beside those of a scenario folder: what shows the state's wish, where a coordinator registers on its behalf, and
/// what a line asks for in the words of who asks.
const MORE: [(&str, &str); 2] = [("requests", "evidence"), ("components", "note")];

/// Columns that an import does not take: whom a request is shown to is the state's consent, which is a step.
const LEFT_OUT: [(&str, &str); 1] = [("requests", "circulated_to")];

/// A row with its cells.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) number: u64,
    pub(super) id: String,
    pub(super) cells: Map<String, Value>,
    /// Rows of another table that belong to this one, in order.
    pub(super) parts: Vec<Row>,
}

/// Tables as read.
#[derive(Debug, Clone, Default)]
pub(super) struct Read {
    pub(super) requests: Vec<Row>,
    pub(super) offers: Vec<Row>,
    pub(super) programmes: Vec<Row>,
    /// Whether the offers came with what they hold in single periods.
    pub(super) has_periods: bool,
    pub(super) left_out: Vec<String>,
    pub(super) faults: Vec<RowFault>,
    rows: BTreeMap<&'static str, usize>,
}

impl Read {
    pub(super) fn rows_of(&self, table: &str) -> usize {
        self.rows.get(table).copied().unwrap_or(0)
    }
}

/// Reads all tables.
pub(super) fn read(tables: &Tables) -> Read {
    let mut read = Read { has_periods: tables.table("offer_periods").is_some(), ..Read::default() };
    let mut rows = |name: &'static str| {
        let rows = tables.table(name).map(|text| read_table(name, text, &mut read)).unwrap_or_default();
        read.rows.insert(name, rows.len());
        rows
    };
    let (mut requests, components) = (rows("requests"), rows("components"));
    let (mut offers, periods) = (rows("offers"), rows("offer_periods"));
    let programmes = rows("programmes");
    let expected = "an id of the table of requests";
    belong(&mut requests, components, ("components", "request", expected), &mut read.faults);
    let expected = "an id of the table of offers";
    belong(&mut offers, periods, ("offer_periods", "offer", expected), &mut read.faults);
    Read { requests, offers, programmes, ..read }
}

/// Puts the rows of one table to those of another that they name.
fn belong(
    owners: &mut [Row],
    parts: Vec<Row>,
    (table, column, expected): (&'static str, &str, &str),
    faults: &mut Vec<RowFault>,
) {
    let places: BTreeMap<String, usize> = owners.iter().enumerate().map(|(at, row)| (row.id.clone(), at)).collect();
    for mut part in parts {
        let Some(Value::String(owner)) = part.cells.remove(column) else { continue };
        if let Some(at) = places.get(&owner) {
            owners[*at].parts.push(part);
        } else {
            let fault = Fault::UnknownWord { allowed: expected.to_owned() };
            faults.push(RowFault::at(table, part.number, column, Some(&owner), fault));
        }
    }
}

fn spec_of(name: &str) -> &'static TableSpec {
    tables::TABLES.iter().find(|spec| spec.name() == name).expect("tables of an import are those of a folder")
}

fn read_table(name: &'static str, text: &str, read: &mut Read) -> Vec<Row> {
    let spec = spec_of(name);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.strip_prefix('\u{feff}').unwrap_or(text).as_bytes());
    let mut records = reader.records();
    let Some(Ok(header)) = records.next() else {
        read.faults.push(RowFault::at(name, 1, "", None, Fault::NotATable {}));
        return Vec::new();
    };
    let columns: Vec<String> = header.iter().map(|cell| unguard(cell.trim()).into_owned()).collect();
    check_header(spec, name, &columns, &mut read.faults);
    let mut rows = Vec::new();
    let mut seen = BTreeSet::new();
    let mut breaks = breaks_of(&header);
    for record in records {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let row = error.position().map_or(0, csv::Position::line);
                read.faults.push(RowFault::at(name, row, "", None, Fault::NotATable {}));
                break;
            }
        };
        // A line break inside a cell starts no row.
        let number = record.position().map_or(0, csv::Position::line).saturating_sub(breaks);
        breaks += breaks_of(&record);
        let filled = || record.iter().map(str::trim).filter(|cell| !cell.is_empty());
        if filled().next().is_none() || (number == 2 && filled().all(|cell| cell.starts_with('#'))) {
            continue;
        }
        if rows.len() >= MAX_ROWS {
            read.faults.push(RowFault::at(name, number, "", None, Fault::TooLong { most: MAX_ROWS }));
            break;
        }
        if record.len() != columns.len() {
            let (found, expected) = (record.len() as u64, columns.len() as u64);
            read.faults.push(RowFault::at(name, number, "", None, Fault::RowLength { found, expected }));
            continue;
        }
        let row = row_of(name, number, &columns, &record, &mut read.left_out);
        if spec.key.contains(&"id") {
            if row.id.is_empty() {
                read.faults.push(RowFault::at(name, number, "id", None, Fault::Missing {}));
                continue;
            }
            if !seen.insert(row.id.clone()) {
                read.faults.push(RowFault::at(name, number, "id", Some(&row.id), Fault::Twice {}));
                continue;
            }
        }
        rows.push(row);
    }
    rows
}

fn breaks_of(record: &csv::StringRecord) -> u64 {
    record.as_slice().bytes().filter(|byte| *byte == b'\n').count() as u64
}

fn check_header(spec: &TableSpec, name: &'static str, columns: &[String], faults: &mut Vec<RowFault>) {
    let more = MORE.iter().filter(|(table, _)| *table == name).map(|(_, column)| *column);
    let known: Vec<&str> = spec.columns.iter().map(|column| column.name).chain(more).collect();
    for (at, column) in columns.iter().enumerate() {
        if !known.contains(&column.as_str()) {
            let fault = Fault::UnknownField { allowed: known.join(", ") };
            faults.push(RowFault::at(name, 1, "", Some(column), fault));
        } else if columns[..at].contains(column) {
            faults.push(RowFault::at(name, 1, column, Some(column), Fault::Twice {}));
        }
    }
    for missing in spec.columns.iter().filter(|known| known.required && !columns.iter().any(|has| has == known.name)) {
        faults.push(RowFault::at(name, 1, missing.name, None, Fault::Missing {}));
    }
}

fn row_of(
    table: &'static str,
    number: u64,
    columns: &[String],
    record: &csv::StringRecord,
    left_out: &mut Vec<String>,
) -> Row {
    let mut cells = Map::new();
    let mut id = String::new();
    for (column, cell) in columns.iter().zip(record.iter()) {
        let cell = unguard(cell.trim());
        let cell = cell.as_ref();
        if cell.is_empty() {
            continue;
        }
        if column == "id" {
            cell.clone_into(&mut id);
        } else if LEFT_OUT.contains(&(table, column.as_str())) {
            let name = format!("{table}.{column}");
            if !left_out.contains(&name) {
                left_out.push(name);
            }
        } else {
            cells.insert(column.clone(), value(column, cell));
        }
    }
    Row { number, id, cells, parts: Vec::new() }
}

/// A cell as a member of a document; one that is not what its column holds stays a text, which the document refuses.
fn value(column: &str, cell: &str) -> Value {
    if NUMBERS.contains(&column) {
        return cell.parse::<i64>().map_or_else(|_| json!(cell), |number| json!(number));
    }
    if FLAGS.contains(&column) {
        return cell.parse::<bool>().map_or_else(|_| json!(cell), |flag| json!(flag));
    }
    if !LISTS.contains(&column) {
        return json!(cell);
    }
    let parts = cell.split(';').map(str::trim).filter(|part| !part.is_empty());
    match column {
        "obstacles" => parts.map(obstacle).collect(),
        _ => parts.map(|part| json!(part)).collect(),
    }
}

/// `code`, or `code@component` where a component removes it.
fn obstacle(part: &str) -> Value {
    match part.split_once('@') {
        Some((code, component)) => json!({ "code": code.trim(), "mitigation": component.trim() }),
        None => json!({ "code": part }),
    }
}
