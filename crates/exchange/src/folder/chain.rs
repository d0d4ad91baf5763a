//! The chain of folders a scenario inherits from: found, bounded, and laid over one another.

use std::path::{Component, Path, PathBuf};

use super::locate::{self, MAX_SETTINGS_BYTES};
use super::settings::tree::{self, Setting, Tree, Value};
use super::stream::read_text;
use super::table::{RawTable, TableSpec, read_layer};
use super::tables::TABLES;
use crate::error::{Candidates, ErrorCode, Errors, FileError, Near};

/// Most folders of a chain, the scenario's own included.
pub const MAX_CHAIN: usize = 8;

/// Name of the settings' file.
pub(crate) const SETTINGS_FILE: &str = "scenario.toml";

/// Most entries of a folder looked at for misspelt names.
const MAX_ENTRIES: usize = 10_000;

/// One folder of the chain.
pub(crate) struct Layer {
    /// Path from the scenario's folder, with a slash at the end; empty for the folder itself.
    prefix: String,
    directory: PathBuf,
    /// `[drop]`, if there is one.
    drops: Option<Setting>,
    /// Everything else of `scenario.toml`.
    settings: Tree,
}

impl Layer {
    fn label(&self, file: &str) -> String {
        format!("{}{file}", self.prefix)
    }
}

/// The folders of the chain, the scenario's own first.
pub(crate) struct Chain {
    layers: Vec<Layer>,
}

impl Chain {
    /// Follows `base` from folder to folder. `None` when the folder or a base cannot be found (which is reported):
    /// everything a lost base holds would be reported as missing.
    pub(crate) fn follow(path: &Path, candidates: &Candidates, errors: &mut Errors) -> Option<Self> {
        let Some(mut directory) = path.canonicalize().ok().filter(|path| path.is_dir()) else {
            errors.push(FileError::of_file(path.display().to_string(), ErrorCode::NoFolder {}));
            return None;
        };
        let mut chain = Self { layers: Vec::new() };
        let mut prefix = String::new();
        loop {
            let (layer, base) = open_layer(directory, prefix, chain.layers.len(), candidates, errors);
            chain.layers.push(layer);
            let Some(base) = base else { return Some(chain) };
            match chain.next(&base) {
                Ok(next) => (directory, prefix) = next,
                Err(code) => {
                    let label = chain.layers.last().map(|layer| layer.label(SETTINGS_FILE)).unwrap_or_default();
                    let error = FileError::of_file(label, code).at_row(base.line).in_column("base");
                    errors.push(error.with_value(&base.shown()));
                    return None;
                }
            }
        }
    }

    /// Directory and prefix of the base that the last layer names.
    fn next(&self, base: &Setting) -> Result<(PathBuf, String), ErrorCode> {
        let last = self.layers.last().ok_or(ErrorCode::BaseMissing {})?;
        let Value::Text(text) = &base.value else {
            return Err(ErrorCode::WrongType { expected: "a relative path between quotation marks" });
        };
        let relative = Path::new(text);
        let steps_only = relative
            .components()
            .all(|step| matches!(step, Component::Normal(_) | Component::ParentDir | Component::CurDir));
        if text.is_empty() || !steps_only {
            return Err(ErrorCode::BaseNotRelative {});
        }
        let directory = last.directory.join(relative).canonicalize().map_err(|_| ErrorCode::BaseMissing {})?;
        if !directory.join(SETTINGS_FILE).is_file() {
            return Err(ErrorCode::BaseMissing {});
        }
        if self.layers.iter().any(|layer| layer.directory == directory) {
            return Err(ErrorCode::BaseCycle {});
        }
        if self.layers.len() >= MAX_CHAIN {
            return Err(ErrorCode::BaseTooDeep { most: MAX_CHAIN });
        }
        Ok((directory, format!("{}{}/", last.prefix, text.trim_end_matches('/'))))
    }

    /// Names of a file in each layer.
    pub(crate) fn labels(&self, file: &str) -> Vec<String> {
        self.layers.iter().map(|layer| layer.label(file)).collect()
    }

    /// The settings with every inherited one.
    pub(crate) fn settings(&mut self) -> Tree {
        let mut merged = Tree::new();
        for layer in self.layers.iter_mut().rev() {
            tree::overlay(&mut merged, std::mem::take(&mut layer.settings));
        }
        merged
    }

    /// The scenario folder's own name, for a scenario that has none.
    pub(crate) fn folder_name(&self) -> String {
        let directory = self.layers.first().and_then(|layer| layer.directory.file_name());
        directory.map_or_else(|| "scenario".to_owned(), |name| name.to_string_lossy().into_owned())
    }

    /// A table with every inherited row.
    pub(crate) fn table(&self, spec: &TableSpec, candidates: &Candidates, errors: &mut Errors) -> RawTable {
        let mut table = RawTable::new(*spec, self.labels(spec.file));
        let mut present = false;
        for (layer, folder) in self.layers.iter().enumerate().rev() {
            folder.drop_from(&mut table, candidates, errors);
            match locate::open(&folder.directory, spec.file, locate::MAX_TABLE_BYTES) {
                Ok(None) => {}
                Ok(Some(file)) => {
                    present = true;
                    let rows = read_layer(&table, layer, file, candidates, errors);
                    table.overlay(rows, errors);
                }
                Err(code) => {
                    (present, table.complete) = (true, false);
                    errors.push(FileError::of_file(folder.label(spec.file), code));
                }
            }
        }
        if spec.required && !present {
            table.complete = false;
            errors.push(FileError::of_file(spec.file, ErrorCode::FileMissing {}));
        }
        table
    }
}

impl Layer {
    fn drop_from(&self, table: &mut RawTable, candidates: &Candidates, errors: &mut Errors) {
        let Some(Setting { value: Value::Table(drops), .. }) = &self.drops else { return };
        let Some(Setting { value: Value::List(items), .. }) = drops.get(table.spec.name()) else { return };
        let names: Vec<String> = items.iter().map(Setting::shown).collect();
        let found = table.remove(&names);
        for ((item, name), _) in items.iter().zip(&names).zip(found).filter(|(_, found)| !found) {
            let ids: Vec<String> = table.first_keys().collect();
            let near = candidates.nearest(name, ids.iter().map(String::as_str));
            self.refuse(item, &format!("drop.{}", table.spec.name()), ErrorCode::DropUnknown { near }, errors);
        }
    }

    fn refuse(&self, setting: &Setting, path: &str, code: ErrorCode, errors: &mut Errors) {
        let error = FileError::of_file(self.label(SETTINGS_FILE), code).at_row(setting.line).in_column(path);
        errors.push(error.with_value(&setting.shown()));
    }

    /// `[drop]` holds lists of texts by the name of a table.
    fn check_drops(&self, candidates: &Candidates, errors: &mut Errors) {
        let Some(drops) = &self.drops else { return };
        let Value::Table(lists) = &drops.value else {
            return self.refuse(drops, "drop", ErrorCode::WrongType { expected: "a table" }, errors);
        };
        for (name, list) in lists {
            let path = format!("drop.{name}");
            if !TABLES.iter().any(|table| table.name() == name) {
                let near: Near = candidates.nearest(name, TABLES.iter().map(TableSpec::name));
                let error = FileError::of_file(self.label(SETTINGS_FILE), ErrorCode::UnknownSetting { near });
                errors.push(error.at_row(list.line).in_column(&path).with_value(name));
                continue;
            }
            let Value::List(items) = &list.value else {
                self.refuse(list, &path, ErrorCode::WrongType { expected: "a list of ids" }, errors);
                continue;
            };
            for item in items.iter().filter(|item| !matches!(item.value, Value::Text(_))) {
                self.refuse(item, &path, ErrorCode::WrongType { expected: "an id between quotation marks" }, errors);
            }
        }
    }
}

/// Reads `scenario.toml` of a folder; its base stands apart.
fn open_layer(
    directory: PathBuf,
    prefix: String,
    position: usize,
    candidates: &Candidates,
    errors: &mut Errors,
) -> (Layer, Option<Setting>) {
    let label = format!("{prefix}{SETTINGS_FILE}");
    let text = locate::open(&directory, SETTINGS_FILE, MAX_SETTINGS_BYTES)
        .and_then(|file| file.ok_or(ErrorCode::FileMissing {}))
        .and_then(|file| read_text(file, MAX_SETTINGS_BYTES));
    let text = text.unwrap_or_else(|code| {
        errors.push(FileError::of_file(&label, code));
        String::new()
    });
    let mut settings = tree::parse(&text, position, &label, errors);
    tree::expand_shorthand(&mut settings, "rules", "mode");
    tree::expand_shorthand(&mut settings, "areas", "name");
    let base = settings.remove("base");
    let drops = settings.remove("drop");
    let layer = Layer { prefix, directory, drops, settings };
    layer.check_drops(candidates, errors);
    report_misspelt_files(&layer, candidates, errors);
    (layer, base)
}

/// A table with a misspelt name would be passed over in silence; one that nearly has the name of a table is refused.
fn report_misspelt_files(layer: &Layer, candidates: &Candidates, errors: &mut Errors) {
    let Ok(entries) = layer.directory.read_dir() else { return };
    let known = |name: &str| name == SETTINGS_FILE || TABLES.iter().any(|table| table.file == name);
    for entry in entries.take(MAX_ENTRIES).flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some((stem, "csv" | "CSV" | "Csv")) = name.rsplit_once('.') else { continue };
        if known(&name) {
            continue;
        }
        let near = candidates.nearest(stem, TABLES.iter().map(TableSpec::name));
        if let Near(Some(table)) = near {
            let near = Near(Some(format!("{table}.csv")));
            errors.push(FileError::of_file(layer.label(&name), ErrorCode::UnknownFile { near }));
        }
    }
}
