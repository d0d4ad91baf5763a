//! What a sweep varies (`docs/sweep.md`): single settings with values, every combination of them, and settings by name.
//!
//! The file of the terminal and the document of the service are read here alike, from the same tables; every error at
//! once, each at the path of what is wrong, such as `vary.0.values`.

mod axis;

use needmatch_domain::ids::{IdError, MAX_ID_CHARS};
use toml::{Table, Value};

use crate::error::{ErrorCode, Errors, FileError, Near};
use crate::folder::text::is_forbidden;
use axis::{Axis, every_combination, split};

/// A setting of a sweep: what is laid over `scenario.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Variation {
    /// As shown, unique within the sweep.
    pub name: String,
    /// Settings as in `scenario.toml`, without `base`.
    pub settings: Table,
    origin: Origin,
}

/// The part of the document that a setting comes from.
#[derive(Debug, Clone, PartialEq)]
enum Origin {
    Unchanged,
    /// Of each axis its key, its position and that of the value.
    Combination(Vec<(String, usize, usize)>),
    Named(usize),
}

impl Variation {
    /// Where the document sets what stands at a path of the settings: for `rules.contribution.threshold` perhaps
    /// `vary.0.values.1`.
    pub fn path_of(&self, setting: &str) -> String {
        match &self.origin {
            Origin::Unchanged => String::new(),
            Origin::Named(position) if setting.is_empty() => format!("run.{position}"),
            Origin::Named(position) => format!("run.{position}.{setting}"),
            Origin::Combination(axes) => {
                let sets = |key: &str| is_within(setting, key) || is_within(key, setting);
                let axis = axes.iter().find(|(key, _, _)| sets(key));
                axis.map_or_else(|| "vary".to_owned(), |(_, axis, value)| format!("vary.{axis}.values.{value}"))
            }
        }
    }
}

/// Reads what is to be varied: at least one setting, at most `most`.
///
/// # Errors
/// Everything wrong with the document, but not whether the scenario has such settings: that shows when they are laid
/// over it.
pub fn read_variations(document: &Table, most: usize) -> Result<Vec<Variation>, Vec<FileError>> {
    let mut reader = Reader { errors: Errors::default() };
    let found = reader.read(document, most);
    if reader.errors.is_empty() { Ok(found) } else { Err(reader.errors.into_sorted(|_| 0)) }
}

struct Reader {
    errors: Errors,
}

impl Reader {
    fn refuse(&mut self, path: impl Into<String>, value: Option<&str>, code: ErrorCode) {
        let error = FileError::of_file("", code).in_column(path);
        self.errors.push(match value {
            Some(value) => error.with_value(value),
            None => error,
        });
    }

    fn read(&mut self, document: &Table, most: usize) -> Vec<Variation> {
        self.only(document, "", &["vary", "run", "unchanged"]);
        let mut found = Vec::new();
        match document.get("unchanged") {
            None | Some(Value::Boolean(true)) => {
                let (name, settings) = ("unchanged".to_owned(), Table::new());
                found.push(Variation { name, settings, origin: Origin::Unchanged });
            }
            Some(Value::Boolean(false)) => {}
            Some(other) => {
                self.refuse("unchanged", Some(&shown(other)), ErrorCode::WrongType { expected: "true or false" });
            }
        }
        let axes: Vec<Axis> =
            self.list(document, "vary").into_iter().filter_map(|(at, one)| self.axis(at, one)).collect();
        let named = self.list(document, "run");
        let combined =
            axes.iter().fold(usize::from(!axes.is_empty()), |all, axis| all.saturating_mul(axis.values.len()));
        let all = found.len().saturating_add(combined).saturating_add(named.len());
        if all > most {
            self.refuse("vary", None, ErrorCode::TooManySettings { found: all, most });
            return Vec::new();
        }
        found.extend(self.combinations(&axes));
        found.extend(named.into_iter().filter_map(|(at, one)| self.named(at, one)));
        self.tell_apart(&found);
        if found.is_empty() && self.errors.is_empty() {
            self.refuse("vary", None, ErrorCode::NothingVaried {});
        }
        found
    }

    fn only(&mut self, table: &Table, path: &str, known: &[&str]) {
        for key in table.keys().filter(|key| !known.contains(&key.as_str())) {
            self.refuse(join(path, key), Some(key), ErrorCode::UnknownSetting { near: Near::default() });
        }
    }

    fn list<'t>(&mut self, document: &'t Table, key: &str) -> Vec<(usize, &'t Table)> {
        let items = match document.get(key) {
            None => return Vec::new(),
            Some(Value::Array(items)) => items,
            Some(other) => {
                self.refuse(key, Some(&shown(other)), ErrorCode::WrongType { expected: "a list" });
                return Vec::new();
            }
        };
        let mut tables = Vec::new();
        for (at, item) in items.iter().enumerate() {
            match item {
                Value::Table(table) => tables.push((at, table)),
                other => {
                    let code = ErrorCode::WrongType { expected: "a table" };
                    self.refuse(format!("{key}.{at}"), Some(&shown(other)), code);
                }
            }
        }
        tables
    }

    fn axis(&mut self, position: usize, table: &Table) -> Option<Axis> {
        let place = format!("vary.{position}");
        self.only(table, &place, &["key", "values"]);
        let path = self.text(table, &place, "key", "key = \"rules.sustainability.threshold\"").and_then(|key| {
            let path = split(&key);
            let is_setting = !path.iter().any(String::is_empty) && !["base", "name"].contains(&path[0].as_str());
            if !is_setting {
                let code = ErrorCode::UnknownSetting { near: Near::default() };
                self.refuse(format!("{place}.key"), Some(&key), code);
            }
            is_setting.then_some(path)
        });
        let values = match table.get("values") {
            Some(Value::Array(values)) if !values.is_empty() => Some(values.clone()),
            None | Some(Value::Array(_)) => {
                let code = ErrorCode::SettingMissing { example: "values = [10, 20]" };
                self.refuse(format!("{place}.values"), None, code);
                None
            }
            Some(other) => {
                let code = ErrorCode::WrongType { expected: "a list" };
                self.refuse(format!("{place}.values"), Some(&shown(other)), code);
                None
            }
        };
        for (at, value) in values.iter().flatten().enumerate() {
            if values.iter().flatten().take(at).any(|earlier| earlier == value) {
                self.refuse(format!("{place}.values.{at}"), Some(&shown(value)), ErrorCode::VariedTwice {});
            }
        }
        Some(Axis { position, path: path?, values: values? })
    }

    /// A text that must be there, without characters that deceive.
    fn text(&mut self, table: &Table, place: &str, key: &str, example: &'static str) -> Option<String> {
        let path = join(place, key);
        match table.get(key) {
            Some(Value::String(text)) if !text.trim().is_empty() => {
                let character = text.chars().find(|one| is_forbidden(*one));
                if let Some(character) = character {
                    let character = format!("U+{:04X}", u32::from(character));
                    self.refuse(path, Some(text), ErrorCode::ForbiddenCharacter { character });
                    return None;
                }
                Some(text.trim().to_owned())
            }
            None | Some(Value::String(_)) => {
                self.refuse(path, None, ErrorCode::SettingMissing { example });
                None
            }
            Some(other) => {
                let expected = "a text between quotation marks";
                self.refuse(path, Some(&shown(other)), ErrorCode::WrongType { expected });
                None
            }
        }
    }

    /// Every combination of the values of all axes.
    fn combinations(&mut self, axes: &[Axis]) -> Vec<Variation> {
        for (at, axis) in axes.iter().enumerate() {
            let overlaps = |other: &&Axis| other.path.starts_with(&axis.path) || axis.path.starts_with(&other.path);
            if axes[..at].iter().any(|other| overlaps(&other)) {
                let key = axis.path.join(".");
                self.refuse(format!("vary.{}.key", axis.position), Some(&key), ErrorCode::VariedInParts {});
            }
        }
        if axes.is_empty() || !self.errors.is_empty() {
            return Vec::new();
        }
        every_combination(axes)
    }

    /// A `[[run]]`: a name and settings as in `scenario.toml`.
    fn named(&mut self, position: usize, table: &Table) -> Option<Variation> {
        let place = format!("run.{position}");
        if table.contains_key("base") {
            let code = ErrorCode::UnknownSetting { near: Near::default() };
            self.refuse(join(&place, "base"), Some("base"), code);
        }
        let name = self.text(table, &place, "name", "name = \"without the fund\"")?;
        if name.chars().count() > MAX_ID_CHARS {
            let code = ErrorCode::BadIdentifier { reason: IdError::TooLong.to_string() };
            self.refuse(join(&place, "name"), Some(&name), code);
            return None;
        }
        let mut settings = table.clone();
        settings.remove("name");
        Some(Variation { name, settings, origin: Origin::Named(position) })
    }

    /// Two settings of one name could not be told apart in the table.
    fn tell_apart(&mut self, found: &[Variation]) {
        for (at, variation) in found.iter().enumerate() {
            if let (Origin::Named(position), true) =
                (&variation.origin, found[..at].iter().any(|earlier| earlier.name == variation.name))
            {
                self.refuse(format!("run.{position}.name"), Some(&variation.name), ErrorCode::VariedTwice {});
            }
        }
    }
}

/// Whether a path leads to another or below it.
fn is_within(path: &str, other: &str) -> bool {
    path.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// A value as an error quotes it.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(_) => "[…]".to_owned(),
        Value::Table(_) => "{…}".to_owned(),
        scalar => scalar.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::read_variations;

    const MOST: usize = 500;

    fn names(text: &str) -> Result<Vec<String>, Vec<String>> {
        let found = read_variations(&text.parse().expect("the test writes valid TOML"), MOST);
        let found = found.map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>())?;
        Ok(found.into_iter().map(|variation| variation.name).collect())
    }

    #[test]
    fn every_combination_and_every_named_setting_is_run_once() {
        let text = r#"
            [[vary]]
            key = "rules.sustainability.threshold"
            values = [0, 40]
            [[vary]]
            key = 'rules.regional_floor.share_permille."Western Africa"'
            values = [100]
            [[run]]
            name = "without the fund"
            drop = { offers = ["northland-fund"] }
        "#;
        let expected = [
            "unchanged",
            "rules.sustainability.threshold=0 rules.regional_floor.share_permille.Western Africa=100",
            "rules.sustainability.threshold=40 rules.regional_floor.share_permille.Western Africa=100",
            "without the fund",
        ];
        assert_eq!(names(text).unwrap(), expected);
    }

    #[test]
    fn a_setting_is_found_where_the_document_sets_it() {
        let text = r#"
            unchanged = false
            [[vary]]
            key = "limits.seconds"
            values = [1]
            [[vary]]
            key = "rules.sustainability"
            values = ["warn", "enforce"]
            [[run]]
            name = "a"
            currency = "XXQ"
        "#;
        let found = read_variations(&text.parse().unwrap(), MOST).unwrap();
        assert_eq!(found[1].path_of("rules.sustainability.mode"), "vary.1.values.1");
        assert_eq!(found[0].path_of("limits.seconds"), "vary.0.values.0");
        assert_eq!(found[0].path_of("goals"), "vary");
        assert_eq!(found[2].path_of("currency"), "run.0.currency");
    }

    #[test]
    fn what_cannot_be_run_is_refused() {
        for (text, why) in [
            ("[[vary]]\nkey = \"name.x\"", "vary.0.values: the setting is missing"),
            ("[[vary]]\nvalues = [1]", "vary.0.key: the setting is missing"),
            ("[[vary]]\nkey = \"base\"\nvalues = [\"x\"]", "vary.0.key: base is no setting here"),
            ("[[vary]]\nkey = \"limits..seconds\"\nvalues = [1]", "is no setting here"),
            ("[[vary]]\nkey = \"limits.seconds\"\nvalues = [1, 2, 1]", "vary.0.values.2: 1 stands twice"),
            ("[[run]]\ncurrency = \"EUR\"", "run.0.name: the setting is missing"),
            ("[[run]]\nname = \"a\"\nbase = \"x\"", "run.0.base: base is no setting here"),
            ("[[run]]\nname = \"a\"\n[[run]]\nname = \"a\"", "run.1.name: a stands twice"),
            ("[[run]]\nname = \"a\u{202e}\"", "holds the character U+202E"),
            ("vari = 1", "vari: vari is no setting here"),
            ("unchanged = 1", "unchanged: 1 is not true or false"),
            ("vary = 1", "vary: 1 is not a list"),
            ("run = [1]", "run.0: 1 is not a table"),
            ("unchanged = false", "there is nothing to run"),
            (
                "[[vary]]\nkey = \"weights.a\"\nvalues = [1]\n[[vary]]\nkey = \"weights.a.b\"\nvalues = [1]",
                "vary.1.key: weights.a.b is varied both as a whole and in parts",
            ),
        ] {
            let errors = names(text).expect_err(text).join("\n");
            assert!(errors.contains(why), "{text}: {errors}");
        }
    }

    #[test]
    fn everything_wrong_is_told_at_once_and_nothing_is_multiplied_out_before_it_is_counted() {
        let errors = names("wrong = 1\n[[vary]]\nvalues = []\n[[run]]\nbase = \"x\"").unwrap_err();
        assert_eq!(errors.len(), 5, "{errors:?}");
        let values: Vec<String> = (0..1000).map(|value| value.to_string()).collect();
        let axis = |key: &str| format!("[[vary]]\nkey = \"weights.{key}\"\nvalues = [{}]\n", values.join(", "));
        let text: String = ["a", "b", "c", "d", "e", "f", "g", "h"].map(axis).concat();
        let errors = names(&text).unwrap_err();
        assert!(errors[0].contains(&format!("are more than the {MOST} a sweep may have")), "{errors:?}");
    }
}
