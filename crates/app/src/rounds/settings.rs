//! Settings of rounds and scenarios: the tables of `scenario.toml` as JSON, so that a file and the register say the same
//! in the same words. A scenario names only what it sets instead of its base.

use std::collections::BTreeMap;

use needmatch_domain::ids::StateCode;
use needmatch_domain::scenario::{Settings, StateProfile};
use needmatch_exchange::{FileError, read_settings, write_settings};
use serde_json::{Map, Value};

use crate::error::{AppError, Fault, Faults};

/// Tables in which a bare text stands for an object with one member.
const SHORTHANDS: [(&str, &str); 2] = [("rules", "mode"), ("areas", "name")];

/// Deepest nesting of settings.
const MAX_DEPTH: usize = 8;

/// Lays settings over those they start from: objects merge by key, anything else is replaced.
pub(crate) fn overlay(base: &Value, over: &Value) -> Value {
    let mut merged = base.clone();
    for (table, member) in SHORTHANDS {
        expand(&mut merged, table, member);
    }
    let mut over = over.clone();
    for (table, member) in SHORTHANDS {
        expand(&mut over, table, member);
    }
    lay(&mut merged, over);
    merged
}

fn expand(settings: &mut Value, table: &str, member: &str) {
    let Some(Value::Object(entries)) = settings.get_mut(table) else { return };
    for entry in entries.values_mut().filter(|entry| entry.is_string()) {
        *entry = Value::Object(Map::from_iter([(member.to_owned(), entry.take())]));
    }
}

fn lay(base: &mut Value, over: Value) {
    match (base, over) {
        (Value::Object(base), Value::Object(over)) => {
            for (key, value) in over {
                lay(base.entry(key).or_insert(Value::Null), value);
            }
        }
        (base, over) => *base = over,
    }
}

/// Reads settings in full; `name` stands where they name themselves not.
///
/// # Errors
/// [`AppError::Invalid`] with every error, at pointers below `at`.
pub(crate) fn read(
    settings: &Value,
    name: &str,
    states: BTreeMap<StateCode, StateProfile>,
    at: &str,
) -> Result<Settings, AppError> {
    let mut faults = Faults::default();
    let Value::Object(members) = settings else {
        faults.push(at, Some(&crate::document::shown(settings)), Fault::WrongType { expected: "an object" });
        return faults.finish(None);
    };
    let mut members = members.clone();
    members.entry("name").or_insert_with(|| name.into());
    for foreign in ["base", "drop"] {
        if members.remove(foreign).is_some() {
            let allowed = "currency, as_of, areas, rates, rules, goals, weights, limits".to_owned();
            faults.push(format!("{at}/{foreign}"), None, Fault::UnknownField { allowed });
        }
    }
    let text =
        as_toml(&Value::Object(members)).and_then(|value| toml::to_string(&value).map_err(|error| error.to_string()));
    let text = match text {
        Ok(text) => text,
        Err(reason) => {
            tracing::debug!(reason, "settings cannot be written as TOML");
            faults.push(at, None, Fault::WrongType { expected: "a document of settings" });
            return faults.finish(None);
        }
    };
    match read_settings(&text, states) {
        Ok(read) => faults.finish(Some(read)),
        Err(errors) => {
            for FileError { column, value, code, .. } in errors {
                let path = column.map(|column| format!("/{}", column.replace('.', "/"))).unwrap_or_default();
                faults.push(format!("{at}{path}"), value.as_deref(), Fault::Setting(code));
            }
            faults.finish(None)
        }
    }
}

/// JSON as TOML, which has no null: what is null is left out.
///
/// # Errors
/// Why it cannot be written so.
pub(crate) fn as_toml(value: &Value) -> Result<toml::Value, String> {
    text(value, 0)
}

fn text(value: &Value, depth: usize) -> Result<toml::Value, String> {
    if depth > MAX_DEPTH {
        return Err(format!("nested deeper than {MAX_DEPTH}"));
    }
    Ok(match value {
        Value::Null => return Err("a null in a list".to_owned()),
        Value::Bool(flag) => toml::Value::Boolean(*flag),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => toml::Value::Integer(whole),
            None => toml::Value::Float(number.as_f64().ok_or("a number that is none")?),
        },
        Value::String(text) => toml::Value::String(text.clone()),
        Value::Array(items) => {
            toml::Value::Array(items.iter().map(|item| self::text(item, depth + 1)).collect::<Result<_, _>>()?)
        }
        Value::Object(members) => {
            let members = members.iter().filter(|(_, member)| !member.is_null());
            let members = members.map(|(key, member)| Ok((key.clone(), self::text(member, depth + 1)?)));
            toml::Value::Table(members.collect::<Result<_, String>>()?)
        }
    })
}

/// Settings as JSON. What equals its default is left out.
///
/// # Errors
/// [`AppError::Internal`] when they hold a text that no file may hold.
pub(crate) fn write(settings: &Settings) -> Result<Value, AppError> {
    let text = write_settings(settings).map_err(|error| {
        tracing::error!(%error, "settings cannot be written");
        AppError::Internal
    })?;
    toml::from_str(&text).map_err(|error| {
        tracing::error!(%error, "written settings cannot be read");
        AppError::Internal
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use needmatch_domain::rule::{Mode, Rule};
    use serde_json::json;

    use super::{overlay, read, write};
    use crate::error::AppError;

    #[test]
    fn a_scenario_changes_only_what_it_names() {
        let base = json!({
            "currency": "USD", "as_of": "2026-01-15",
            "rules": { "sustainability": { "mode": "enforce", "threshold": 40 } }, "limits": { "seed": 7 }
        });
        let over = json!({ "rules": { "sustainability": "warn" }, "limits": { "seconds": 5 } });
        let settings = read(&overlay(&base, &over), "R", BTreeMap::new(), "").unwrap();
        assert_eq!(settings.rules.mode(Rule::Sustainability), Mode::Warn);
        assert_eq!(settings.rules.sustainability.threshold, 40);
        assert_eq!((settings.limits.seed, settings.limits.seconds), (7, 5));
        assert_eq!(read(&write(&settings).unwrap(), "", BTreeMap::new(), "").unwrap(), settings);
    }

    #[test]
    fn every_wrong_setting_is_named_by_its_pointer() {
        let settings = json!({ "currency": "XXQ", "rules": { "fairness": "on" }, "limits": { "seconds": 1e30 } });
        let AppError::Invalid { fields } = read(&settings, "R", BTreeMap::new(), "/settings").unwrap_err() else {
            panic!()
        };
        let pointers: Vec<_> = fields.iter().map(|field| field.pointer.as_str()).collect();
        for expected in
            ["/settings/currency", "/settings/as_of", "/settings/rules/fairness", "/settings/limits/seconds"]
        {
            assert!(pointers.contains(&expected), "{expected} among {fields:?}");
        }
    }
}
