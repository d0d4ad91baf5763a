//! `cargo xtask check`: everything that can be said about the sources without running them.
//!
//! To add a check, put a row into [`STEPS`].

use std::path::Path;

use anyhow::{Result, bail};

use crate::command::Invocation;
use crate::{generated, requirements};

type Step = (&'static str, fn(&Path) -> Result<()>);

const STEPS: [Step; 5] = [
    ("format", |root| cargo(root, &["fmt", "--all", "--check"])),
    ("generated files", generated::check_all),
    ("unused dependencies", |root| Invocation::new(root, "cargo", &["machete"]).run()),
    ("licences, sources and bans", |root| cargo(root, &["deny", "check", "bans", "licenses", "sources"])),
    ("lints", |root| cargo(root, &["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"])),
];

/// Runs every check, also behind one that fails, and names those that failed.
///
/// Known vulnerabilities are looked up only when asked for: the list of advisories changes from day to day and comes from
/// the network, so that a commit that passed could fail tomorrow without a change in it.
pub(crate) fn check(root: &Path, advisories: bool) -> Result<()> {
    requirements::ensure_check(root)?;
    let mut steps = STEPS.to_vec();
    if advisories {
        steps.push(("advisories", |root| cargo(root, &["deny", "check", "advisories"])));
    }
    let mut failed = Vec::new();
    for (name, step) in steps {
        eprintln!("check: {name}");
        if let Err(error) = step(root) {
            eprintln!("{error:#}");
            failed.push(name);
        }
    }
    if !failed.is_empty() {
        bail!("checks failed: {}", failed.join(", "));
    }
    if !advisories {
        eprintln!("Advisories need the network and were not asked for: cargo xtask check --advisories");
    }
    eprintln!("All checks passed.");
    Ok(())
}

fn cargo(root: &Path, arguments: &[&str]) -> Result<()> {
    Invocation::new(root, "cargo", arguments).run()
}
