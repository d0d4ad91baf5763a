//! Generates the reference table of states in `needmatch-domain` from the tables committed beside it.
//!
//! Two steps, so that anyone can repeat the second one without the published files: `--from DIRECTORY` keeps the needed
//! columns of the published tables under `crates/domain/data`; every call then joins those with the hand-checked
//! corrections and writes `crates/domain/src/geography/table.rs`.

mod extract;
mod join;
mod render;
mod tables;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::generated::Generated;

/// Where the committed tables stand.
const DATA: &str = "crates/domain/data";

/// Keeps the needed columns of published tables, where a directory that holds them is given.
pub(crate) fn extract_from(root: &Path, published: Option<&Path>) -> Result<()> {
    published.map_or(Ok(()), |directory| extract::keep_needed_columns(directory, &root.join(DATA)))
}

/// The generated table, from the committed ones.
pub(crate) fn generate(root: &Path) -> Result<Generated> {
    let tables = tables::read(&root.join(DATA))?;
    let joined = join::join(&tables).context("joining the country tables")?;
    Ok(Generated { path: PathBuf::from("crates/domain/src/geography/table.rs"), text: render::render(&joined) })
}
