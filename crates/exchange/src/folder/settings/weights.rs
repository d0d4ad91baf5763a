//! `[weights]`: what a unit of help counts, by priority, area, context and group.

use needmatch_domain::area::Context;
use needmatch_domain::scenario::Weights;

use super::reader::Reader;
use super::rules::group;
use super::tree::{Tree, Value};
use crate::error::ErrorCode;

/// Largest weight.
pub(crate) const MAX_WEIGHT: i64 = 1_000_000;

const BOUNDS: std::ops::RangeInclusive<i64> = 0..=MAX_WEIGHT;

pub(super) fn read(tree: &Tree, reader: &mut Reader<'_>) -> Weights {
    let mut weights = Weights::default();
    let Some(table) = reader.table_at(tree, "", "weights") else { return weights };
    reader.only(table, "weights", &["priority", "area", "context", "group"]);
    if let Some(setting) = table.get("priority") {
        match &setting.value {
            Value::List(items) if items.len() == weights.priority.len() => {
                for (rank, (weight, item)) in weights.priority.iter_mut().zip(items).enumerate() {
                    let path = format!("weights.priority[{}]", rank + 1);
                    *weight = reader.whole(item, &path, &BOUNDS).unwrap_or(*weight);
                }
            }
            _ => reader.wrong_type(setting, "weights.priority", "a list of five whole numbers, priority 1 first"),
        }
    }
    weights.area = reader.numbers(table, "weights", "area", &BOUNDS, |known, name| {
        known.area(name).map_err(|near| ErrorCode::UnknownArea { near })
    });
    weights.context = reader.numbers(table, "weights", "context", &BOUNDS, |known, name| {
        name.parse().map_err(|_| {
            let names = Context::ALL.map(Context::name);
            let near = known.candidates.nearest(name, names);
            ErrorCode::UnknownWord { allowed: names.join(", "), near }
        })
    });
    weights.group = reader.numbers(table, "weights", "group", &BOUNDS, group);
    weights
}
