//! `scenario.toml` as a tree in which every value knows its line, so that an error names it even after inheritance
//! has merged the trees of several folders.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::error::{ErrorCode, Errors, FileError};
use crate::folder::text::{is_forbidden, normalize};

/// A value with its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Setting {
    /// Position of the folder in the chain, the folder that was asked for first.
    pub(crate) layer: usize,
    pub(crate) line: u64,
    pub(crate) value: Value,
}

/// What TOML can say. Numbers keep their digits, so that decimals stay exact.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Text(String),
    Integer { digits: String, number: Option<i64> },
    Decimal(String),
    Boolean(bool),
    Date(String),
    List(Vec<Setting>),
    Table(Tree),
}

/// Settings by key.
pub(crate) type Tree = BTreeMap<String, Setting>;

impl Setting {
    /// The value as an error quotes it.
    pub(crate) fn shown(&self) -> String {
        match &self.value {
            Value::Text(text) | Value::Decimal(text) | Value::Date(text) | Value::Integer { digits: text, .. } => {
                text.clone()
            }
            Value::Boolean(flag) => flag.to_string(),
            Value::List(_) => "[…]".to_owned(),
            Value::Table(_) => "{…}".to_owned(),
        }
    }
}

/// Reads the text of one layer. Every syntax error is reported; what could be read is returned.
pub(crate) fn parse(text: &str, layer: usize, label: &str, errors: &mut Errors) -> Tree {
    let lines = Lines::of(text);
    let (document, faults) = DeTable::parse_recoverable(text);
    for fault in &faults {
        let reason = fault.message().to_owned();
        let error = FileError::of_file(label, ErrorCode::TomlSyntax { reason });
        errors.push(error.at_row(fault.span().map_or(1, |span| lines.line(span.start))));
    }
    Conversion { layer, label, lines, errors }.table(document.get_ref())
}

struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    fn of(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self { starts: breaks.map(|(at, _)| at + 1).collect() }
    }

    fn line(&self, offset: usize) -> u64 {
        self.starts.partition_point(|start| *start <= offset) as u64 + 1
    }
}

struct Conversion<'a> {
    layer: usize,
    label: &'a str,
    lines: Lines,
    errors: &'a mut Errors,
}

impl Conversion<'_> {
    fn text(&mut self, text: &str, line: u64) -> String {
        if let Some(character) = text.chars().find(|c| is_forbidden(*c)) {
            let code = ErrorCode::ForbiddenCharacter { character: format!("U+{:04X}", u32::from(character)) };
            self.errors.push(FileError::of_file(self.label, code).at_row(line).with_value(text));
        }
        normalize(text.trim()).into_owned()
    }

    fn table(&mut self, table: &DeTable<'_>) -> Tree {
        let mut tree = Tree::new();
        for (key, value) in table {
            let line = self.lines.line(key.span().start);
            let name = self.text(key.get_ref(), line);
            let value = self.value(value);
            tree.insert(name, Setting { layer: self.layer, line, value });
        }
        tree
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>) -> Value {
        let line = self.lines.line(value.span().start);
        match value.get_ref() {
            DeValue::String(text) => Value::Text(self.text(text, line)),
            DeValue::Integer(integer) => Value::Integer {
                digits: integer.to_string(),
                number: i64::from_str_radix(integer.as_str(), integer.radix()).ok(),
            },
            DeValue::Float(float) => Value::Decimal(float.as_str().to_owned()),
            DeValue::Boolean(flag) => Value::Boolean(*flag),
            DeValue::Datetime(moment) => Value::Date(moment.to_string()),
            DeValue::Array(items) => Value::List(
                items
                    .iter()
                    .map(|item| {
                        let line = self.lines.line(item.span().start);
                        Setting { layer: self.layer, line, value: self.value(item) }
                    })
                    .collect(),
            ),
            DeValue::Table(table) => Value::Table(self.table(table)),
        }
    }
}

/// Lays a folder's settings over those it inherits: tables merge by key, anything else is replaced.
pub(crate) fn overlay(base: &mut Tree, child: Tree) {
    for (key, setting) in child {
        match (base.get_mut(&key), setting) {
            (
                Some(Setting { value: Value::Table(inherited), layer, line }),
                Setting { value: Value::Table(own), layer: own_layer, line: own_line },
            ) => {
                (*layer, *line) = (own_layer, own_line);
                overlay(inherited, own);
            }
            (_, setting) => {
                base.insert(key, setting);
            }
        }
    }
}

/// Writes shorthand out: under `table`, a bare text `"x"` becomes `{ member = "x" }`, so that a base's other members
/// stay when a folder overrides only the text.
pub(crate) fn expand_shorthand(tree: &mut Tree, table: &str, member: &str) {
    let Some(Setting { value: Value::Table(entries), .. }) = tree.get_mut(table) else { return };
    for setting in entries.values_mut() {
        if let Value::Text(_) = setting.value {
            let inner = setting.clone();
            setting.value = Value::Table(Tree::from([(member.to_owned(), inner)]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(text: &str) -> Tree {
        let mut errors = Errors::default();
        let tree = parse(text, 0, "scenario.toml", &mut errors);
        assert!(errors.is_empty(), "{errors:?}");
        tree
    }

    #[test]
    fn tables_merge_by_key_and_lists_replace() {
        let mut base = tree("a = 1\nlist = [1, 2]\n[t]\nx = 1\ny = 2\n[t.deep]\nz = 3\n");
        overlay(&mut base, tree("list = [3]\n[t]\ny = 5\n[t.deep]\nw = 4\n"));
        let expected = tree("a = 1\nlist = [3]\n[t]\nx = 1\ny = 5\n[t.deep]\nz = 3\nw = 4\n");
        assert_eq!(format!("{:?}", shape(&base)), format!("{:?}", shape(&expected)));
    }

    fn shape(tree: &Tree) -> Vec<(String, String)> {
        tree.iter()
            .flat_map(|(key, setting)| match &setting.value {
                Value::Table(inner) => {
                    shape(inner).into_iter().map(|(inner, value)| (format!("{key}.{inner}"), value)).collect()
                }
                Value::List(items) => {
                    vec![(key.clone(), items.iter().map(Setting::shown).collect::<Vec<_>>().join(","))]
                }
                _ => vec![(key.clone(), setting.shown())],
            })
            .collect()
    }

    #[test]
    fn shorthand_keeps_the_other_members_of_a_base() {
        let mut base = tree("[rules]\nsustainability = { mode = \"enforce\", threshold = 40 }\n");
        let mut child = tree("[rules]\nsustainability = \"warn\"\n");
        expand_shorthand(&mut child, "rules", "mode");
        overlay(&mut base, child);
        let expected = [("rules.sustainability.mode", "warn"), ("rules.sustainability.threshold", "40")];
        assert_eq!(shape(&base), expected.map(|(key, value)| (key.to_owned(), value.to_owned())));
    }

    #[test]
    fn every_syntax_error_is_reported_with_its_line_and_depth_is_bounded() {
        let mut errors = Errors::default();
        parse("a = 1\nb = \nc = 2\na = 3\n", 0, "scenario.toml", &mut errors);
        let lines: Vec<_> = errors.into_sorted(|_| 0).iter().map(|error| error.row).collect();
        assert_eq!(lines, [Some(2), Some(4)]);
        let mut errors = Errors::default();
        parse(&format!("a = {}", "[".repeat(100_000)), 0, "scenario.toml", &mut errors);
        assert!(!errors.is_empty());
    }

    #[test]
    fn decimals_keep_their_digits() {
        let Value::Decimal(digits) = &tree("a = 1.0900")["a"].value else { panic!("a decimal") };
        assert_eq!(digits, "1.0900");
    }
}
