//! Installs what is missing, or says how.

use std::path::Path;

use anyhow::{Context, Result, bail};

use super::search::program;
use super::{CargoTool, Requirement, found};
use crate::command::Invocation;

/// Keeps a package's questions from waiting for an answer.
const QUIET: &str = "DEBIAN_FRONTEND=noninteractive";

/// Who may install Debian packages here.
enum Permission {
    Root,
    Sudo,
    Nobody,
}

/// Sees to the packages behind the requirements.
pub(super) fn ensure_packages<'a>(root: &Path, requirements: impl Iterator<Item = &'a Requirement>) -> Result<()> {
    let missing: Vec<_> = requirements.filter(|requirement| !found(&requirement.search)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    for requirement in &missing {
        eprintln!("missing: {} ({})", requirement.name, requirement.why);
    }
    let mut packages: Vec<_> = missing.iter().map(|requirement| requirement.package.to_owned()).collect();
    packages.sort();
    packages.dedup();
    let line = format!("apt-get update && apt-get install --yes --no-install-recommends {}", packages.join(" "));
    if !program("apt-get") {
        bail!("install the missing programs with your system's package manager; on Debian: {line}");
    }
    let words: &[&str] = match permission(root) {
        Permission::Root => &["env", QUIET, "apt-get"],
        Permission::Sudo => &["sudo", "--non-interactive", "env", QUIET, "apt-get"],
        Permission::Nobody => bail!("run as root, then try again: {line}"),
    };
    apt_get(root, words, &["update"]).run()?;
    apt_get(root, words, &["install", "--yes", "--no-install-recommends"]).with(&packages).run()?;
    let still: Vec<_> = missing.iter().filter(|requirement| !found(&requirement.search)).collect();
    if let Some(requirement) = still.first() {
        bail!("the package {} was installed, and {} is still not found", requirement.package, requirement.name);
    }
    Ok(())
}

fn apt_get(root: &Path, words: &[&str], arguments: &[&str]) -> Invocation {
    let all: Vec<_> = words[1..].iter().chain(arguments).copied().collect();
    Invocation::new(root, words[0], &all)
}

fn permission(root: &Path) -> Permission {
    let user = Invocation::new(root, "id", &["--user"]).read().unwrap_or_default();
    if user.trim() == "0" {
        Permission::Root
    } else if Invocation::new(root, "sudo", &["--non-interactive", "true"]).succeeds() {
        Permission::Sudo
    } else {
        Permission::Nobody
    }
}

/// Sees to the Cargo tools. Each is compiled once, which takes minutes.
pub(super) fn ensure_tools(root: &Path, tools: &[CargoTool]) -> Result<()> {
    for tool in tools.iter().filter(|tool| !program(tool.name)) {
        eprintln!("missing: {} ({}); compiling it takes some minutes, once", tool.name, tool.why);
        Invocation::new(root, "cargo", &["install", "--locked", tool.name])
            .run()
            .with_context(|| format!("run it yourself and try again: cargo install --locked {}", tool.name))?;
        if !program(tool.name) {
            bail!("{} was installed outside PATH: add Cargo's bin directory to it", tool.name);
        }
    }
    Ok(())
}
