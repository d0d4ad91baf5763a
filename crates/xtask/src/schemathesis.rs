//! `cargo xtask schemathesis`: the API is asked what its description allows, and what it does not, thousands of times.
//! It must answer nothing it does not describe, and never break.

use std::path::Path;

use anyhow::{Context, Result};

use crate::command::Invocation;

/// The version that was last tried.
const PACKAGE: &str = "schemathesis==4.*";

/// Installs schemathesis where only this looks for it, and runs it against a server of its own.
pub(crate) fn schemathesis(root: &Path, examples: u32) -> Result<()> {
    Invocation::new(root, "cargo", &["build", "--workspace", "--bins"]).run()?;
    let directory = root.join("target/schemathesis");
    let python = directory.join("bin/python");
    if !python.exists() {
        Invocation::new(root, "python3", &["-m", "venv", text(&directory)?]).run()?;
        Invocation::new(root, text(&python)?, &["-m", "pip", "install", "--quiet", PACKAGE]).run()?;
    }
    let script = root.join("tests/schemathesis/run.py");
    Invocation::new(root, text(&python)?, &[text(&script)?, &examples.to_string()]).run()
}

fn text(path: &Path) -> Result<&str> {
    path.to_str().context("a path in UTF-8")
}
