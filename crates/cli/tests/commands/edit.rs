//! Makes the changes that `explain` prints, in the tables of a folder, as a person would: by file, row and column.

use std::path::Path;

use needmatch_domain::reason::Change;

/// Columns that name a row, where these are not `id`.
fn key_of(file: &str) -> &'static [&'static str] {
    match file {
        "absorption.csv" => &["state", "period"],
        "offer_periods.csv" => &["offer", "period"],
        "channels.csv" => &["id", "period"],
        "locks.csv" => &["component", "offer", "period"],
        _ => &["id"],
    }
}

/// Makes the changes. A row of a folder it inherits from is edited there.
pub(crate) fn apply(folders: &[&Path], changes: &[Change]) {
    for change in changes {
        let key: Vec<&str> = change.id.split('@').map(|part| if part == "*" { "" } else { part }).collect();
        let holds = |folder: &&&Path| {
            Table::read(&folder.join(&change.file)).is_some_and(|table| table.row(&change.file, &key).is_some())
        };
        let folder = folders.iter().find(holds).unwrap_or(&folders[0]);
        let path = folder.join(&change.file);
        let mut table = Table::read(&path).unwrap_or_default();
        table.set(change, &key);
        table.write(&path);
    }
}

#[derive(Default)]
struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn read(path: &Path) -> Option<Self> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_path(path).ok()?;
        let mut records = reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect());
        Some(Self { header: records.next()?, rows: records.collect() })
    }

    fn column(&mut self, name: &str) -> usize {
        if let Some(at) = self.header.iter().position(|column| column == name) {
            return at;
        }
        self.header.push(name.to_owned());
        self.header.len() - 1
    }

    fn cell(&self, row: &[String], name: &str) -> String {
        let at = self.header.iter().position(|column| column == name);
        at.and_then(|at| row.get(at)).cloned().unwrap_or_default()
    }

    fn row(&self, file: &str, key: &[&str]) -> Option<usize> {
        let columns = key_of(file);
        self.rows.iter().position(|row| columns.iter().zip(key).all(|(column, part)| self.cell(row, column) == *part))
    }

    fn set(&mut self, change: &Change, key: &[&str]) {
        if change.field == "*" {
            let at = self.row(&change.file, key).expect("the row to take away is there");
            self.rows.remove(at);
            return;
        }
        for column in key_of(&change.file) {
            self.column(column);
        }
        let column = self.column(&change.field);
        let at = self.row(&change.file, key).unwrap_or_else(|| {
            let mut row = vec![String::new(); self.header.len()];
            for (name, part) in key_of(&change.file).iter().zip(key) {
                let at = self.header.iter().position(|column| column == name).unwrap();
                (*part).clone_into(&mut row[at]);
            }
            self.rows.push(row);
            self.rows.len() - 1
        });
        let row = &mut self.rows[at];
        row.resize(row.len().max(column + 1), String::new());
        row[column].clone_from(&change.to);
    }

    fn write(&self, path: &Path) {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_path(path).unwrap();
        for row in std::iter::once(&self.header).chain(&self.rows) {
            let mut row = row.clone();
            row.resize(self.header.len(), String::new());
            writer.write_record(row).unwrap();
        }
        writer.flush().unwrap();
    }
}
