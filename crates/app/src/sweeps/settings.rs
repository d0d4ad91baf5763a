//! From what a sweep varies to the scenario of each setting. Everything wrong with any of them is found at once, at the
//! place of the document that sets it.

use std::collections::BTreeSet;

use needmatch_domain::scenario::Scenario;
use needmatch_exchange::{Variation, read_variations};
use serde_json::{Map, Value};

use super::{MOST_SETTINGS, drops};
use crate::error::{AppError, Fault, Faults, FieldError};
use crate::rounds::settings::{self, as_toml};
use crate::scenarios::Ground;

/// What a setting lays over its scenario.
const DROP: &str = "drop";

/// A setting of a sweep, about to be frozen.
#[derive(Debug)]
pub(super) struct Setting {
    pub(super) name: String,
    pub(super) overrides: Value,
}

/// Reads a document of a sweep. The scenario of each setting is made to see whether it can be, one at a time.
///
/// # Errors
/// [`AppError::Invalid`] with everything that is wrong with it and with the settings it makes.
pub(super) fn read(document: &Value, ground: &Ground) -> Result<Vec<Setting>, AppError> {
    let mut faults = Faults::default();
    let mut told = BTreeSet::new();
    let mut found = Vec::new();
    for variation in variations(document)? {
        let overrides = serde_json::to_value(&variation.settings).map_err(|_| AppError::Internal)?;
        match lay_over(ground, &overrides) {
            Ok(_) => found.push(Setting { name: variation.name, overrides }),
            Err(AppError::Invalid { fields }) => {
                for FieldError { pointer, value, fault } in fields {
                    let pointer = placed(&variation, &pointer);
                    // One wrong value stands in every combination it is part of.
                    if told.insert((pointer.clone(), value.clone(), fault.name())) {
                        faults.push(pointer, value.as_deref(), fault);
                    }
                }
            }
            Err(other) => return Err(other),
        }
    }
    faults.finish(Some(found))
}

fn variations(document: &Value) -> Result<Vec<Variation>, AppError> {
    let mut faults = Faults::default();
    let Ok(toml::Value::Table(table)) = as_toml(document) else {
        faults.push("", None, Fault::WrongType { expected: "a document of settings" });
        return faults.finish(None);
    };
    read_variations(&table, MOST_SETTINGS).or_else(|errors| {
        for error in errors {
            let path = error.column.unwrap_or_default();
            faults.push(format!("/{}", path.replace('.', "/")), error.value.as_deref(), Fault::Setting(error.code));
        }
        faults.finish(None)
    })
}

/// The scenario with what is laid over it.
///
/// # Errors
/// [`AppError::Invalid`] with every error, at pointers into the overrides.
pub(crate) fn lay_over(ground: &Ground, overrides: &Value) -> Result<Scenario, AppError> {
    let mut over = overrides.as_object().cloned().unwrap_or_default();
    let dropped = over.remove(DROP);
    let effective = settings::overlay(&ground.settings, &Value::Object(Map::from_iter(over)));
    let read = settings::read(&effective, &ground.name, ground.frozen.states(), "");
    let mut faults = Faults::default();
    let usual = || settings::read(&ground.settings, &ground.name, ground.frozen.states(), "");
    let read = match read {
        Err(AppError::Invalid { fields }) if dropped.is_some() => {
            for field in fields {
                faults.push(field.pointer, field.value.as_deref(), field.fault);
            }
            usual()?
        }
        other => other?,
    };
    let mut scenario = ground.scenario(read)?;
    if let Some(dropped) = dropped {
        drops::leave_out(&mut scenario, &dropped, &format!("/{DROP}"), &mut faults);
    }
    faults.finish(Some(scenario))
}

/// The pointer into the document of a pointer into the overrides.
fn placed(variation: &Variation, pointer: &str) -> String {
    let path = variation.path_of(&pointer.trim_start_matches('/').replace('/', "."));
    if path.is_empty() { path } else { format!("/{}", path.replace('.', "/")) }
}
