//! A setting with the values it takes, and every combination of such.

use toml::{Table, Value};

use super::{Origin, Variation};

/// Longest name of a combination, in characters; longer ones are cut and numbered.
const MAX_NAME: usize = 200;

/// A `[[vary]]`: a key with the values it takes.
pub(super) struct Axis {
    pub(super) position: usize,
    pub(super) path: Vec<String>,
    pub(super) values: Vec<Value>,
}

/// Every combination of the values of all axes, of which there is at least one.
pub(super) fn every_combination(axes: &[Axis]) -> Vec<Variation> {
    let mut found = vec![(String::new(), Table::new(), Vec::new())];
    for axis in axes {
        let key = axis.path.join(".");
        let varied = |(name, settings, origin): &(String, Table, Vec<_>)| {
            let each = axis.values.iter().enumerate().map(|(at, value)| {
                let mut settings = settings.clone();
                put(&mut settings, &axis.path, value.clone());
                let part = format!("{key}={}", value.to_string().replace('"', ""));
                let name = if name.is_empty() { part } else { format!("{name} {part}") };
                let mut origin = origin.clone();
                origin.push((key.clone(), axis.position, at));
                (name, settings, origin)
            });
            each.collect::<Vec<_>>()
        };
        found = found.iter().flat_map(varied).collect();
    }
    let variation = |(at, (name, settings, origin)): (usize, (String, Table, Vec<_>))| {
        let name = match name.char_indices().nth(MAX_NAME) {
            Some((end, _)) => format!("{}… ({})", &name[..end], at + 1),
            None => name,
        };
        Variation { name, settings, origin: Origin::Combination(origin) }
    };
    found.into_iter().enumerate().map(variation).collect()
}

/// Parts of a dotted key; a part between quotation marks may hold dots.
pub(super) fn split(key: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    for character in key.chars() {
        match character {
            '"' => quoted = !quoted,
            '.' if !quoted => parts.push(String::new()),
            other => parts.last_mut().expect("there is a first part").push(other),
        }
    }
    parts
}

/// Sets what stands at a path; tables on the way are made. No other axis stands on it.
fn put(table: &mut Table, path: &[String], value: Value) {
    match path {
        [] => {}
        [last] => {
            table.insert(last.clone(), value);
        }
        [first, rest @ ..] => {
            let inner = table.entry(first.clone()).or_insert_with(|| Value::Table(Table::new()));
            if let Value::Table(inner) = inner {
                put(inner, rest, value);
            }
        }
    }
}
