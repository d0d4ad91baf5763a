//! `cargo xtask scenarios`: makes the committed scenarios that come from published data.
//!
//! The published files are not committed; they are named in `crates/exchange/src/convert/mod.rs`. The work is done by an
//! example of `needmatch-exchange`, so that this crate stays free of the rest of the workspace.

use std::path::{Path, absolute};

use anyhow::{Context, Result, ensure};

use crate::command::Invocation;
use crate::proof;

/// Converts the published files in `from` into folders of `scenarios/`.
pub(crate) fn scenarios(root: &Path, from: &Path) -> Result<()> {
    let from = absolute(from).with_context(|| format!("finding {}", from.display()))?;
    ensure!(from.is_dir(), "{} is no directory; name the one that holds the published files", from.display());
    let arguments = [from, root.join("scenarios")].map(|path| path.to_string_lossy().into_owned());
    let example = ["run", "--quiet", "--package", "needmatch-exchange", "--example", "convert_scenarios", "--"];
    Invocation::new(root, "cargo", &example).with(&arguments).run()?;
    // Their READMEs compare each plan with what happened.
    proof::history(root)
}
