//! Files that are committed although a command makes them, and the check that they are what the command makes.
//!
//! To add one, write a function that returns a [`Generated`] and name it in [`all`]. Where the product itself makes the
//! text, the function reads what `cargo run --package needmatch-cli -- <command>` writes: this crate depends on no other.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::geography;

/// A generated file: its path from the root of the workspace, and its whole text.
pub(crate) struct Generated {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
}

/// Every generated file, made anew.
fn all(root: &Path) -> Result<Vec<Generated>> {
    Ok(vec![geography::generate(root)?])
}

impl Generated {
    /// Writes the file where it belongs.
    pub(crate) fn write(&self, root: &Path) -> Result<()> {
        let path = root.join(&self.path);
        fs::write(&path, &self.text).with_context(|| format!("writing {}", path.display()))
    }

    fn is_current(&self, root: &Path) -> bool {
        fs::read_to_string(root.join(&self.path)).is_ok_and(|committed| committed == self.text)
    }
}

/// Fails with the names of all generated files that are not what their command makes.
pub(crate) fn check_all(root: &Path) -> Result<()> {
    let stale: Vec<_> = all(root)?
        .iter()
        .filter(|generated| !generated.is_current(root))
        .map(|generated| generated.path.display().to_string())
        .collect();
    ensure!(stale.is_empty(), "generated files differ from what their command makes: {}", stale.join(", "));
    Ok(())
}
