//! Typed access to settings. Each reading reports what is wrong with its value and goes on.

use std::ops::RangeInclusive;

use super::tree::{Setting, Tree, Value};
use crate::error::{ErrorCode, Errors, FileError};
use crate::folder::known::Known;

/// Reads settings and collects what is wrong with them.
pub(crate) struct Reader<'a> {
    /// Names of `scenario.toml`, by layer.
    pub(crate) labels: &'a [String],
    pub(crate) known: &'a Known,
    pub(crate) errors: &'a mut Errors,
}

impl Reader<'_> {
    pub(crate) fn refuse(&mut self, setting: &Setting, path: &str, value: &str, code: ErrorCode) {
        let label = self.labels.get(setting.layer).map_or("scenario.toml", String::as_str);
        self.errors.push(FileError::of_file(label, code).at_row(setting.line).in_column(path).with_value(value));
    }

    /// An error about a setting that is absent.
    pub(crate) fn refuse_absent(&mut self, path: &str, code: ErrorCode) {
        let label = self.labels.first().map_or("scenario.toml", String::as_str);
        self.errors.push(FileError::of_file(label, code).in_column(path));
    }

    pub(crate) fn wrong_type(&mut self, setting: &Setting, path: &str, expected: &'static str) {
        self.refuse(setting, path, &setting.shown(), ErrorCode::WrongType { expected });
    }

    /// Refuses keys that are not among the known ones.
    pub(crate) fn only(&mut self, tree: &Tree, path: &str, allowed: &[&str]) {
        for (key, setting) in tree.iter().filter(|(key, _)| !allowed.contains(&key.as_str())) {
            let near = self.known.candidates.nearest(key, allowed.iter().copied());
            self.refuse(setting, &join(path, key), key, ErrorCode::UnknownSetting { near });
        }
    }

    pub(crate) fn text<'s>(&mut self, setting: &'s Setting, path: &str) -> Option<&'s str> {
        if let Value::Text(text) = &setting.value {
            return Some(text);
        }
        self.wrong_type(setting, path, "a text between quotation marks");
        None
    }

    pub(crate) fn table<'s>(&mut self, setting: &'s Setting, path: &str) -> Option<&'s Tree> {
        if let Value::Table(tree) = &setting.value {
            return Some(tree);
        }
        self.wrong_type(setting, path, "a table");
        None
    }

    /// The table under a key; empty when absent or no table (which is reported).
    pub(crate) fn table_at<'s>(&mut self, tree: &'s Tree, path: &str, key: &str) -> Option<&'s Tree> {
        tree.get(key).and_then(|setting| self.table(setting, &join(path, key)))
    }

    pub(crate) fn list<'s>(&mut self, setting: &'s Setting, path: &str) -> &'s [Setting] {
        if let Value::List(items) = &setting.value {
            return items;
        }
        self.wrong_type(setting, path, "a list");
        &[]
    }

    /// The texts of a list.
    pub(crate) fn texts<'s>(&mut self, setting: &'s Setting, path: &str) -> Vec<(&'s Setting, &'s str)> {
        let items = self.list(setting, path);
        items.iter().filter_map(|item| self.text(item, path).map(|text| (item, text))).collect()
    }

    pub(crate) fn whole<T: TryFrom<i64>>(
        &mut self,
        setting: &Setting,
        path: &str,
        bounds: &RangeInclusive<i64>,
    ) -> Option<T> {
        let code = match &setting.value {
            Value::Integer { number, .. } => match number.filter(|number| bounds.contains(number)) {
                Some(number) => return T::try_from(number).ok(),
                None => ErrorCode::OutOfRange { least: *bounds.start(), most: *bounds.end() },
            },
            Value::Decimal(_) => ErrorCode::NotWhole {},
            _ => ErrorCode::WrongType { expected: "a whole number without quotation marks" },
        };
        self.refuse(setting, path, &setting.shown(), code);
        None
    }

    /// A whole number under a key, or its default.
    pub(crate) fn whole_at<T: TryFrom<i64>>(
        &mut self,
        tree: &Tree,
        path: &str,
        key: &str,
        bounds: &RangeInclusive<i64>,
    ) -> Option<T> {
        tree.get(key).and_then(|setting| self.whole(setting, &join(path, key), bounds))
    }

    /// Whole numbers by key; `read` recognises a key or says why it does not.
    pub(crate) fn numbers<K: Ord>(
        &mut self,
        tree: &Tree,
        path: &str,
        key: &str,
        bounds: &RangeInclusive<i64>,
        read: impl Fn(&Known, &str) -> Result<K, ErrorCode>,
    ) -> std::collections::BTreeMap<K, u32> {
        let path = join(path, key);
        let mut numbers = std::collections::BTreeMap::new();
        let Some(entries) = tree.get(key).and_then(|setting| self.table(setting, &path)) else { return numbers };
        for (name, setting) in entries {
            let place = join(&path, name);
            let number = self.whole(setting, &place, bounds);
            match (read(self.known, name), number) {
                (Ok(key), Some(number)) => {
                    numbers.insert(key, number);
                }
                (Ok(_), None) => {}
                (Err(code), _) => self.refuse(setting, &place, name, code),
            }
        }
        numbers
    }
}

/// A path one key longer; keys that are not plain words stand between quotation marks.
pub(crate) fn join(path: &str, key: &str) -> String {
    let plain = key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    let key = if plain && !key.is_empty() { key.to_owned() } else { format!("{key:?}") };
    if path.is_empty() { key } else { format!("{path}.{key}") }
}
