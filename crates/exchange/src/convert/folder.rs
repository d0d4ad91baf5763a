//! The texts of a scenario folder, before they are files.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::ConvertError;

/// A scenario folder in memory: file names and whole texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// The folder's name below `scenarios/`.
    pub name: String,
    /// Its files.
    pub files: BTreeMap<&'static str, String>,
}

impl Folder {
    /// An empty folder.
    pub(super) fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), files: BTreeMap::new() }
    }

    /// Adds a table: header and rows, quoted where needed.
    pub(super) fn table(&mut self, file: &'static str, header: &[&str], rows: &[Vec<String>]) {
        let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
        writer.write_record(header).expect("a vector takes every write");
        for row in rows {
            writer.write_record(row).expect("a vector takes every write, and every row has the header's columns");
        }
        let bytes = writer.into_inner().expect("a vector takes every write");
        self.files.insert(file, String::from_utf8(bytes).expect("only text was written"));
    }

    /// Adds a text.
    pub(super) fn text(&mut self, file: &'static str, text: String) {
        self.files.insert(file, text);
    }

    /// Writes the folder below `scenarios`, replacing the files of the same name.
    pub fn write_into(&self, scenarios: &Path) -> Result<(), ConvertError> {
        let directory = scenarios.join(&self.name);
        let unwritable = |path: &Path, error: &std::io::Error| ConvertError::Unwritable {
            path: path.to_owned(),
            problem: error.to_string(),
        };
        fs::create_dir_all(&directory).map_err(|error| unwritable(&directory, &error))?;
        for (file, text) in &self.files {
            let path = directory.join(file);
            fs::write(&path, text).map_err(|error| unwritable(&path, &error))?;
        }
        Ok(())
    }
}

/// A TOML basic string.
pub(super) fn quoted(text: &str) -> String {
    let escaped = text.replace(char::is_control, " ").replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}

/// A text with every `{name}` replaced by its value.
///
/// # Panics
/// When a name has no place or a place no value: text and code no longer agree.
pub(super) fn filled(text: &str, values: &[(&str, String)]) -> String {
    let mut result = text.to_owned();
    for (name, value) in values {
        let place = format!("{{{name}}}");
        assert!(text.contains(&place), "the text has no place {place}");
        result = result.replace(&place, value);
    }
    assert!(!result.contains('{'), "the text has a place without a value");
    result
}

/// A whole number with a comma between groups of three digits, for READMEs.
pub(super) fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if number < 0 { format!("−{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_three() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_441_547_920), "1,441,547,920");
        assert_eq!(grouped(-1000), "−1,000");
    }
}
