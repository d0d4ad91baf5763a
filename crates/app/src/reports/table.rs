//! The assistance sections of a national report as a CSV table: a row a line. Rows that follow one another with the same
//! section and ask are lines of one request; a row with nothing but an ask is a request still to be filled in.

use serde_json::{Map, Value, json};

use crate::error::{AppError, Fault, Faults, FieldError};

/// Columns of the table, in any order; `section` and `ask` must be there.
pub const COLUMNS: [&str; 12] =
    ["section", "ask", "area", "priority", "type", "item", "unit", "quantity", "unit_cost", "from", "to", "note"];

/// Columns of a section; the others are of a line.
const OF_SECTION: [&str; 4] = ["section", "ask", "area", "priority"];

/// Columns that hold whole numbers.
const NUMBERS: [&str; 3] = ["priority", "quantity", "unit_cost"];

/// Most rows of a table.
const MAX_ROWS: usize = 2000;

/// A table as the document it stands for, and where each part of that comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportTable {
    /// `sections` of the report.
    pub sections: Value,
    /// Line of the file where each section begins, and those of its lines.
    places: Vec<(u64, Vec<u64>)>,
}

/// Reads a table.
///
/// # Errors
/// [`AppError::Invalid`] with the line of what cannot be read.
pub fn read_table(bytes: &[u8]) -> Result<ReportTable, AppError> {
    let mut faults = Faults::default();
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes);
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(error) => {
            faults.push("/line/1", None, unreadable(&error));
            return faults.finish(None);
        }
    };
    for name in header.iter().filter(|name| !COLUMNS.contains(name)) {
        faults.push("/line/1", Some(name), Fault::UnknownField { allowed: COLUMNS.join(", ") });
    }
    for name in ["section", "ask"].into_iter().filter(|name| !header.iter().any(|column| column == *name)) {
        faults.push(format!("/line/1/{name}"), None, Fault::Missing {});
    }
    let mut sections: Vec<Map<String, Value>> = Vec::new();
    let mut places: Vec<(u64, Vec<u64>)> = Vec::new();
    for (row, record) in reader.records().enumerate() {
        let record = match record {
            Ok(record) if row < MAX_ROWS => record,
            Ok(_) => {
                faults.push("", None, Fault::TooLong { most: MAX_ROWS });
                break;
            }
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                faults.push(format!("/line/{line}"), None, unreadable(&error));
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        let cells = header.iter().zip(record.iter()).filter(|(_, cell)| !cell.is_empty());
        let (section, component): (Vec<_>, Vec<_>) = cells.partition(|(name, _)| OF_SECTION.contains(name));
        let section: Map<String, Value> = section.into_iter().map(member).collect();
        let component: Map<String, Value> = component.into_iter().map(member).collect();
        let continues = sections
            .last()
            .is_some_and(|last| ["section", "ask"].iter().all(|name| last.get(*name) == section.get(*name)));
        if !continues {
            sections.push(section);
            places.push((line, Vec::new()));
        }
        if let (Some(last), Some((_, lines)), false) = (sections.last_mut(), places.last_mut(), component.is_empty()) {
            let components = last.entry("components").or_insert_with(|| json!([]));
            if let Value::Array(components) = components {
                components.push(Value::Object(component));
                lines.push(line);
            }
        }
    }
    faults.finish(Some(ReportTable { sections: json!(sections), places }))
}

/// A cell as a member of the document.
fn member((name, cell): (&str, &str)) -> (String, Value) {
    let number = if NUMBERS.contains(&name) { cell.parse::<i64>().ok() } else { None };
    (name.to_owned(), number.map_or_else(|| Value::from(cell), Value::from))
}

impl ReportTable {
    /// An error of the document as one of the table: its pointer names line and column.
    pub fn located(&self, error: AppError) -> AppError {
        match error {
            AppError::Invalid { fields } => {
                AppError::Invalid { fields: fields.into_iter().map(|field| self.locate(field)).collect() }
            }
            other => other,
        }
    }

    fn locate(&self, field: FieldError) -> FieldError {
        let parts: Vec<&str> = field.pointer.split('/').skip(1).collect();
        let number = |text: &str| text.parse::<usize>().ok();
        let found = match parts.as_slice() {
            ["sections", section, "components", line, rest @ ..] => {
                let (_, lines) = number(section).and_then(|at| self.places.get(at)).cloned().unwrap_or_default();
                number(line).and_then(|at| lines.get(at).copied()).map(|line| (line, rest))
            }
            ["sections", section, rest @ ..] => {
                number(section).and_then(|at| self.places.get(at)).map(|(line, _)| (*line, rest))
            }
            _ => None,
        };
        match found {
            Some((line, rest)) => {
                let mut pointer = format!("/line/{line}");
                for part in rest {
                    pointer.push('/');
                    pointer.push_str(part);
                }
                FieldError { pointer, ..field }
            }
            None => field,
        }
    }
}

fn unreadable(error: &csv::Error) -> Fault {
    match *error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            Fault::RowLength { found: len, expected: expected_len }
        }
        _ => Fault::NotATable {},
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::read_table;
    use crate::error::{AppError, Fault, Faults};

    #[test]
    fn rows_of_one_ask_are_one_request() {
        let table =
            "section,ask,type,quantity\nmarking,Machines,equipment,2\nmarking,Machines,training,x\ntracing,Help,,\n";
        let read = read_table(table.as_bytes()).unwrap();
        assert_eq!(
            read.sections,
            json!([
                { "section": "marking", "ask": "Machines", "components": [
                    { "type": "equipment", "quantity": 2 }, { "type": "training", "quantity": "x" }] },
                { "section": "tracing", "ask": "Help" }
            ])
        );
        let mut faults = Faults::default();
        faults.push("/sections/0/components/1/quantity", Some("x"), Fault::NotWhole {});
        faults.push("/sections/1/section", None, Fault::Missing {});
        let located = read.located(faults.finish::<()>(None).unwrap_err());
        let AppError::Invalid { fields } = located else { panic!() };
        assert_eq!(fields[0].pointer, "/line/3/quantity");
        assert_eq!(fields[1].pointer, "/line/4/section");
    }

    #[test]
    fn a_table_without_its_columns_says_so() {
        let AppError::Invalid { fields } = read_table(b"section,need\nmarking,x\n").unwrap_err() else { panic!() };
        let found: Vec<_> = fields.iter().map(|field| (field.pointer.as_str(), field.fault.name())).collect();
        assert_eq!(found, [("/line/1", "unknown_field"), ("/line/1/ask", "missing")]);
        let AppError::Invalid { fields } = read_table(b"section,ask\nmarking,x,y\n\xff,z\n").unwrap_err() else {
            panic!()
        };
        let found: Vec<_> = fields.iter().map(|field| (field.pointer.as_str(), field.fault.name())).collect();
        assert_eq!(found, [("/line/2", "row_length"), ("/line/3", "not_a_table")]);
    }
}
