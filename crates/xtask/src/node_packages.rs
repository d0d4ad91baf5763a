//! Packages of node that tests need: installed from their lock file into a folder below `target`, where only the tests
//! look for them, and again when the lock file has changed.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::command::Invocation;

/// Folders with a `package.json` and its lock file, and where below `target/node` they are installed.
const FOLDERS: [(&str, &str); 1] = [("tests/service/openid", "openid")];

/// Installs what is missing.
pub(crate) fn ensure(root: &Path) -> Result<()> {
    FOLDERS
        .iter()
        .try_for_each(|(folder, name)| install(root, &root.join(folder), &root.join("target/node").join(name)))
}

fn install(root: &Path, from: &Path, into: &Path) -> Result<()> {
    let wanted = read(&from.join("package-lock.json"))?;
    // Written last: an installation that broke off is begun again.
    let installed = into.join("installed.json");
    if fs::read_to_string(&installed).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    fs::create_dir_all(into).with_context(|| format!("making {}", into.display()))?;
    for name in ["package.json", "package-lock.json"] {
        fs::write(into.join(name), read(&from.join(name))?).with_context(|| format!("writing {name}"))?;
    }
    let place = into.to_str().context("a path in UTF-8")?;
    let options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", place];
    Invocation::new(root, "npm", &options).run()?;
    fs::write(&installed, wanted).with_context(|| format!("writing {}", installed.display()))
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}
