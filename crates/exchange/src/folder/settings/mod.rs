//! `scenario.toml`: from the merged tree to [`Settings`], one file a section.

mod alone;
mod general;
mod goals;
pub(crate) mod reader;
mod rules;
pub(crate) mod tree;
mod weights;
pub(crate) mod write;

use needmatch_domain::scenario::{DeclaredArea, Settings};

pub use alone::{read_settings, write_settings};
pub use rules::RULE_SETTINGS;

use self::reader::Reader;
use self::tree::Tree;

/// Keys of `scenario.toml`.
pub const KEYS: [&str; 11] =
    ["name", "currency", "as_of", "base", "areas", "rates", "rules", "goals", "weights", "limits", "drop"];

/// Areas declared under `[areas]`; read before everything else, since tables and weights refer to them.
pub(crate) fn read_areas(tree: &Tree, reader: &mut Reader<'_>) -> Vec<DeclaredArea> {
    general::read_areas(tree, reader)
}

/// Everything but the areas. `None` when what has no default is missing (and reported).
pub(crate) fn read(
    tree: &Tree,
    areas: Vec<DeclaredArea>,
    folder_name: &str,
    reader: &mut Reader<'_>,
) -> Option<Settings> {
    reader.only(tree, "", &KEYS);
    // A folder's chain has taken these out already; settings that stand alone have nothing to inherit from.
    for key in ["base", "drop"] {
        if let Some(setting) = tree.get(key) {
            reader.refuse(setting, key, key, crate::ErrorCode::UnknownSetting { near: crate::Near::default() });
        }
    }
    let name = general::read_name(tree, folder_name, reader);
    let currency = general::read_currency(tree, reader);
    let as_of = general::read_as_of(tree, reader);
    let rates = general::read_rates(tree, currency.as_deref(), reader);
    let rules = rules::read(tree, reader);
    let goals = goals::read(tree, reader);
    let weights = weights::read(tree, reader);
    let limits = general::read_limits(tree, reader);
    Some(Settings { name, currency: currency?, as_of: as_of?, rates, rules, goals, weights, limits, areas })
}
