//! The one-way ladder of crates, and the few crates that only one of ours may see.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

use crate::repository::{expect_none, root};

/// Crates by rung. A crate depends only on lower rungs.
const LADDER: [(&str, u8); 12] = [
    ("needmatch-domain", 0),
    ("needmatch-i18n", 0),
    ("needmatch-charts", 0),
    ("needmatch-verify", 1),
    ("needmatch-matching", 2),
    ("needmatch-exchange", 2),
    ("needmatch-store", 2),
    ("needmatch-app", 3),
    ("needmatch-api", 4),
    ("needmatch-web", 4),
    ("needmatch-worker", 4),
    ("needmatch-cli", 5),
];

/// Packages that stand beside the ladder: nothing on it may need them except for its own tests.
const BESIDE: [&str; 4] = ["xtask", "needmatch-tests", "needmatch-test-postgres", "needmatch-benches"];

/// The solver's crates, which `matching` alone may see.
const SOLVER: [&str; 3] = ["good_lp", "highs", "highs-sys"];

/// Crates that reach outside the process or draw chance. The core does neither.
const OUTSIDE: [&str; 9] = ["axum", "fastrand", "getrandom", "hyper", "rand", "reqwest", "sqlx", "tokio", "tower"];

struct Dependency {
    of: String,
    on: String,
    /// Compiled into what users run, not only into tests.
    shipped: bool,
}

fn workspace() -> (Vec<String>, Vec<Dependency>) {
    let arguments = ["metadata", "--no-deps", "--format-version", "1", "--offline"];
    let output = Command::new(env!("CARGO")).current_dir(root()).args(arguments).output().expect("cargo runs");
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo metadata writes JSON");
    let text = |value: &Value| value.as_str().expect("a name").to_owned();
    let mut names = Vec::new();
    let mut dependencies = Vec::new();
    for package in metadata["packages"].as_array().expect("a list of packages") {
        names.push(text(&package["name"]));
        for dependency in package["dependencies"].as_array().expect("a list of dependencies") {
            dependencies.push(Dependency {
                of: text(&package["name"]),
                on: text(&dependency["name"]),
                shipped: dependency["kind"].as_str() != Some("dev"),
            });
        }
    }
    (names, dependencies)
}

fn breaches(dependencies: &[Dependency], breaks: impl Fn(&Dependency) -> bool) -> Vec<String> {
    dependencies.iter().filter(|one| breaks(one)).map(|one| format!("{} -> {}", one.of, one.on)).collect()
}

#[test]
fn every_package_has_its_place() {
    let (names, _) = workspace();
    let known = |name: &str| LADDER.iter().any(|(crate_name, _)| *crate_name == name) || BESIDE.contains(&name);
    let unknown: Vec<_> = names.into_iter().filter(|name| !known(name)).collect();
    expect_none("packages without a rung: give each one, or a place beside the ladder", &unknown);
}

#[test]
fn crates_depend_only_on_lower_rungs() {
    let (_, dependencies) = workspace();
    let rungs = BTreeMap::from(LADDER);
    let upward = breaches(&dependencies, |one| {
        let (Some(of), on) = (rungs.get(one.of.as_str()), rungs.get(one.on.as_str())) else { return false };
        one.shipped && (BESIDE.contains(&one.on.as_str()) || on.is_some_and(|on| on >= of))
    });
    expect_none("a crate may depend on lower rungs only", &upward);
}

#[test]
fn stores_and_files_know_no_rule_of_matching_and_the_commands_of_developers_know_nothing() {
    let (_, dependencies) = workspace();
    let allowed: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("needmatch-store", ["needmatch-domain", "needmatch-verify"].as_slice()),
        ("needmatch-exchange", ["needmatch-domain", "needmatch-i18n", "needmatch-verify"].as_slice()),
        ("needmatch-verify", ["needmatch-domain"].as_slice()),
        ("needmatch-matching", ["needmatch-domain", "needmatch-verify"].as_slice()),
        ("xtask", [].as_slice()),
    ]);
    let further = breaches(&dependencies, |one| {
        one.shipped
            && one.on.starts_with("needmatch-")
            && allowed.get(one.of.as_str()).is_some_and(|allowed| !allowed.contains(&one.on.as_str()))
    });
    expect_none("these crates may depend on fewer than their rung allows", &further);
}

#[test]
fn matching_alone_sees_the_solver() {
    let (_, dependencies) = workspace();
    let solver = breaches(&dependencies, |one| SOLVER.contains(&one.on.as_str()) && one.of != "needmatch-matching");
    expect_none("only needmatch-matching may see the solver", &solver);
}

#[test]
fn the_core_does_no_input_or_output_and_draws_no_chance() {
    let (_, dependencies) = workspace();
    let core = ["needmatch-domain", "needmatch-verify", "needmatch-matching"];
    let reaching = breaches(&dependencies, |one| {
        one.shipped && core.contains(&one.of.as_str()) && OUTSIDE.iter().any(|name| one.on == *name)
    });
    expect_none("the core may not reach outside the process", &reaching);
}

#[test]
fn only_the_store_and_the_queue_of_the_worker_speak_sql() {
    let (_, dependencies) = workspace();
    let databases = breaches(&dependencies, |one| {
        one.shipped && one.on == "sqlx" && !["needmatch-store", "needmatch-worker"].contains(&one.of.as_str())
    });
    expect_none("only needmatch-store speaks SQL, and needmatch-worker to its queue", &databases);
}
