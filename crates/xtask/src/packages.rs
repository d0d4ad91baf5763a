//! Packages of the workspace, as `cargo metadata` lists them.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::command::Invocation;

/// A package with its targets.
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) directory: PathBuf,
    pub(crate) targets: Vec<Target>,
}

/// A target: a library, a binary, a test, a benchmark.
pub(crate) struct Target {
    pub(crate) name: String,
    pub(crate) kind: String,
}

/// Every package of the workspace, by name.
pub(crate) fn packages(root: &Path) -> Result<Vec<Package>> {
    let text = Invocation::new(root, "cargo", &["metadata", "--no-deps", "--format-version", "1"]).read()?;
    let metadata: Value = serde_json::from_str(&text).context("reading what `cargo metadata` wrote")?;
    let listed = metadata["packages"].as_array().context("`cargo metadata` lists no packages")?;
    let mut packages = listed.iter().map(package).collect::<Result<Vec<_>>>()?;
    packages.sort_by(|left, right| left.name.cmp(&right.name));
    Ok(packages)
}

fn package(value: &Value) -> Result<Package> {
    let manifest = Path::new(text(&value["manifest_path"])?);
    let targets = value["targets"].as_array().context("a package without a list of targets")?;
    Ok(Package {
        name: text(&value["name"])?.to_owned(),
        directory: manifest.parent().context("a manifest without a directory")?.to_owned(),
        targets: targets
            .iter()
            .map(|target| Ok(Target { name: text(&target["name"])?.into(), kind: text(&target["kind"][0])?.into() }))
            .collect::<Result<_>>()?,
    })
}

fn text(value: &Value) -> Result<&str> {
    value.as_str().context("`cargo metadata` wrote something other than text where text is due")
}
