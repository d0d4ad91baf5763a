//! Settings without a folder around them: the text of `scenario.toml` alone, for registers that keep it as a document.

use std::collections::BTreeMap;

use needmatch_domain::ids::StateCode;
use needmatch_domain::scenario::{Settings, StateProfile};

use super::reader::Reader;
use super::tree;
use crate::error::{Errors, FileError};
use crate::folder::WriteError;
use crate::folder::known::Known;

/// Reads settings from the text of a `scenario.toml` without `base` and `drop`. `states` are those that stand beside the
/// reference table.
///
/// # Errors
/// Everything wrong with the text, up to [`crate::error::MAX_ERRORS`].
pub fn read_settings(text: &str, states: BTreeMap<StateCode, StateProfile>) -> Result<Settings, Vec<FileError>> {
    let mut errors = Errors::default();
    let mut known = Known::default();
    known.set_states(states);
    let labels = ["scenario.toml".to_owned()];
    let mut tree = tree::parse(text, 0, &labels[0], &mut errors);
    tree::expand_shorthand(&mut tree, "rules", "mode");
    tree::expand_shorthand(&mut tree, "areas", "name");
    let areas = super::read_areas(&tree, &mut Reader { labels: &labels, known: &known, errors: &mut errors });
    known.set_areas(&areas);
    let settings =
        super::read(&tree, areas, "scenario", &mut Reader { labels: &labels, known: &known, errors: &mut errors });
    match settings {
        Some(settings) if errors.is_empty() => Ok(settings),
        _ => Err(errors.into_sorted(|_| 0)),
    }
}

/// Writes settings as the text of a `scenario.toml`. What equals its default is left out.
pub fn write_settings(settings: &Settings) -> Result<String, WriteError> {
    super::write::text(settings, "")
}
