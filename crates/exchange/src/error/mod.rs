//! What is wrong with a file, where, and what to do about it. Every reader of this crate reports all it finds.
//!
//! Codes and their sentences stand in one registry, [`codes`]; a code carries its values typed, so that an edge may
//! translate the sentence instead of showing the English one of [`FileError`]'s `Display`.

mod codes;
mod near;

use std::fmt;

pub use codes::ErrorCode;
pub use near::{Candidates, Near};

/// Most errors reported of one scenario; one more says that there are others.
pub const MAX_ERRORS: usize = 1000;

/// Longest value quoted in an error, in characters.
const MAX_VALUE_CHARS: usize = 80;

/// One thing wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileError {
    /// The file, relative to the folder that was read: `components.csv`, `../other/scenario.toml`.
    pub file: String,
    /// Row as a spreadsheet numbers it, the header being row 1; for `scenario.toml` and JSON the line.
    pub row: Option<u64>,
    /// Column of a table, or path of a setting such as `rules.sustainability.threshold`.
    pub column: Option<String>,
    /// What stands there, cut after 80 characters.
    pub value: Option<String>,
    /// What is wrong with it, with its values.
    pub code: ErrorCode,
}

impl FileError {
    /// An error of a whole file.
    pub fn of_file(file: impl Into<String>, code: ErrorCode) -> Self {
        Self { file: file.into(), row: None, column: None, value: None, code }
    }

    /// The same error with the row it stands in.
    #[must_use]
    pub fn at_row(mut self, row: u64) -> Self {
        self.row = Some(row);
        self
    }

    /// The same error with its column or setting.
    #[must_use]
    pub fn in_column(mut self, column: impl Into<String>) -> Self {
        self.column = Some(column.into());
        self
    }

    /// The same error with the value that is wrong; cut when long.
    #[must_use]
    pub fn with_value(mut self, value: &str) -> Self {
        self.value = Some(cut(value));
        self
    }

    /// What to do, in English.
    pub fn action(&self) -> String {
        self.code.action()
    }
}

fn cut(value: &str) -> String {
    match value.char_indices().nth(MAX_VALUE_CHARS) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.file)?;
        if let Some(row) = self.row {
            let word = if is_line_based(&self.file) { "line" } else { "row" };
            write!(formatter, " {word} {row}")?;
        }
        if let Some(column) = &self.column {
            let word = if is_line_based(&self.file) { "" } else { "column " };
            write!(formatter, ", {word}{column}")?;
        }
        formatter.write_str(": ")?;
        match &self.value {
            Some(value) if is_plain(value) => write!(formatter, "{value} ")?,
            Some(value) => write!(formatter, "{value:?} ")?,
            None => {}
        }
        write!(formatter, "{}; {}", self.code.message(), self.code.action())
    }
}

fn is_line_based(file: &str) -> bool {
    std::path::Path::new(file).extension().is_some_and(|extension| extension == "toml" || extension == "json")
}

/// Values that need no quotation marks to be told from the sentence around them.
fn is_plain(value: &str) -> bool {
    !value.is_empty() && value.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '…'))
}

impl std::error::Error for FileError {}

/// Collects errors, up to [`MAX_ERRORS`].
#[derive(Debug, Default)]
pub(crate) struct Errors {
    found: Vec<FileError>,
    left_out: u64,
}

impl Errors {
    pub(crate) fn push(&mut self, error: FileError) {
        if self.found.len() < MAX_ERRORS {
            self.found.push(error);
        } else {
            self.left_out += 1;
        }
    }

    /// How many errors there are, those left out included.
    pub(crate) fn count(&self) -> u64 {
        self.found.len() as u64 + self.left_out
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// All errors, sorted by `rank` of the file, then row; equal ones once.
    pub(crate) fn into_sorted(mut self, rank: impl Fn(&str) -> usize) -> Vec<FileError> {
        self.found.sort_by(|left, right| {
            fn place(error: &FileError) -> (&str, u64) {
                (&error.file, error.row.unwrap_or(0))
            }
            rank(&left.file).cmp(&rank(&right.file)).then_with(|| place(left).cmp(&place(right)))
        });
        self.found.dedup();
        if self.left_out > 0 {
            let code = ErrorCode::TooManyErrors { left_out: self.left_out };
            self.found.push(FileError::of_file(".", code));
        }
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_names_place_value_fault_and_action() {
        let error = FileError::of_file("components.csv", ErrorCode::MinimumAboveQuantity { quantity: 10 })
            .at_row(7)
            .in_column("minimum")
            .with_value("12");
        assert_eq!(
            error.to_string(),
            "components.csv row 7, column minimum: 12 is above quantity 10; lower minimum or raise quantity"
        );
    }

    #[test]
    fn long_values_are_cut_and_strange_ones_quoted() {
        let error = FileError::of_file("a.csv", ErrorCode::NotABoolean {}).with_value(&"é ".repeat(300));
        assert!(error.value.as_ref().is_some_and(|value| value.chars().count() == 81));
        assert!(error.to_string().contains("…\" is neither true nor false"), "{error}");
    }

    #[test]
    fn more_errors_than_anybody_reads_are_counted_only() {
        let mut errors = Errors::default();
        for row in 0..2000 {
            errors.push(FileError::of_file("a.csv", ErrorCode::NotABoolean {}).at_row(row));
        }
        let found = errors.into_sorted(|_| 0);
        assert_eq!(found.len(), MAX_ERRORS + 1);
        assert_eq!(found[MAX_ERRORS].code, ErrorCode::TooManyErrors { left_out: 1000 });
    }
}
