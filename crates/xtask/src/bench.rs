//! `cargo xtask bench`: lists the benchmarks and runs them.

use std::path::Path;

use anyhow::{Result, ensure};

use crate::command::Invocation;
use crate::packages::packages;
use crate::requirements;

/// Members that are compiled plainly for tests, and are measured as they are released.
const MEASURED: [&str; 6] = ["api", "app", "cli", "store", "web", "worker"];

/// Runs the benchmarks named, or all; `list` only names them.
pub(crate) fn bench(root: &Path, names: &[String], list: bool) -> Result<()> {
    let all: Vec<(String, String)> = packages(root)?
        .into_iter()
        .flat_map(|package| {
            let benches = package.targets.into_iter().filter(|target| target.kind == "bench");
            benches.map(move |target| (package.name.clone(), target.name)).collect::<Vec<_>>()
        })
        .collect();
    ensure!(!all.is_empty(), "no package of the workspace declares a `[[bench]]` target");
    println!("Benchmarks:");
    for (package, name) in &all {
        println!("  {name} ({package})");
    }
    let unknown: Vec<_> = names.iter().filter(|name| all.iter().all(|(_, known)| known != *name)).cloned().collect();
    ensure!(unknown.is_empty(), "no benchmark is called {}", unknown.join(", "));
    if list {
        return Ok(());
    }
    requirements::ensure_build(root)?;
    let released = MEASURED.map(|member| format!("profile.dev.package.needmatch-{member}.opt-level=3"));
    let released: Vec<&str> = released.iter().flat_map(|setting| ["--config", setting.as_str()]).collect();
    let cargo = |arguments: &[&str]| Invocation::new(root, "cargo", &[&released[..], arguments].concat()).run();
    // Some start the program itself, which is built as they are.
    cargo(&["build", "--workspace", "--bins"])?;
    for (_, name) in all.iter().filter(|(_, name)| names.is_empty() || names.contains(name)) {
        // The profile and the selection of the tests serve here too, so that the solver is compiled once.
        cargo(&["bench", "--profile", "dev", "--workspace", "--bench", name])?;
    }
    Ok(())
}
