//! `cargo xtask test`: every test there is; the summary is the last thing written.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::command::Invocation;
use crate::packages::{Package, packages};
use crate::{node_packages, requirements};

/// Runs documentation examples, then all tests, with the arguments given passed on to nextest.
pub(crate) fn test(root: &Path, arguments: &[String]) -> Result<()> {
    requirements::ensure_test(root)?;
    node_packages::ensure(root)?;
    // nextest does not run documentation examples. They go first, so that its summary stays last.
    let documented = with_examples(root)?;
    if documented.is_empty() {
        eprintln!("No documentation examples to run.");
    } else {
        let mut selection = Vec::new();
        for package in documented {
            selection.extend(["--package".to_owned(), package]);
        }
        Invocation::new(root, "cargo", &["test", "--doc"]).with(&selection).run()?;
    }
    Invocation::new(root, "cargo", &["nextest", "run", "--workspace"]).with(arguments).replace_this_process()
}

fn with_examples(root: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for package in packages(root)? {
        let has_library = package.targets.iter().any(|target| target.kind == "lib");
        if has_library && has_examples(&package)? {
            names.push(package.name);
        }
    }
    Ok(names)
}

fn has_examples(package: &Package) -> Result<bool> {
    let mut open = vec![package.directory.join("src")];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            for entry in fs::read_dir(&path).with_context(|| format!("listing {}", path.display()))? {
                open.push(entry?.path());
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let source = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
            if holds_example(&source) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Whether a documentation comment holds a fenced block that rustdoc would compile.
fn holds_example(source: &str) -> bool {
    let mut inside = false;
    for line in source.lines() {
        let line = line.trim_start();
        let Some(comment) = line.strip_prefix("///").or_else(|| line.strip_prefix("//!")) else {
            inside = false;
            continue;
        };
        let Some(words) = comment.trim_start().strip_prefix("```") else { continue };
        let compiled = ["rust", "should_panic", "no_run", "compile_fail"];
        if !inside && words.split([',', ' ']).all(|word| word.is_empty() || compiled.contains(&word)) {
            return true;
        }
        inside = !inside;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::holds_example;

    #[test]
    fn only_blocks_that_rustdoc_compiles_are_examples() {
        assert!(holds_example("/// Adds.\n/// ```\n/// assert_eq!(1 + 1, 2);\n/// ```\nfn add() {}"));
        assert!(holds_example("//! ```rust,no_run\n//! serve();\n//! ```"));
        assert!(!holds_example("//! ```text\n//! a -> b\n//! ```\nfn f() {}"));
        assert!(!holds_example("let fence = \"```\";"));
        assert!(!holds_example("/// Plain words."));
    }
}
