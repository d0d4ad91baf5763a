//! `cargo xtask demo`: builds the program and shows it with a worked scenario.

use std::path::Path;

use anyhow::Result;

use crate::command::Invocation;
use crate::requirements;

/// Builds `needmatch` and becomes `needmatch demo`, with the arguments given.
pub(crate) fn demo(root: &Path, arguments: &[String]) -> Result<()> {
    requirements::ensure_build(root)?;
    eprintln!("The first build compiles the solver and takes some minutes.");
    Invocation::new(root, "cargo", &["build", "--package", "needmatch-cli", "--bin", "needmatch"]).run()?;
    Invocation::new(
        root,
        "cargo",
        &["run", "--quiet", "--package", "needmatch-cli", "--bin", "needmatch", "--", "demo"],
    )
    .with(arguments)
    .replace_this_process()
}
