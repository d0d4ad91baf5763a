//! What benchmarks share: the committed scenarios, frozen, and a plan to recount.
//!
//! To add a benchmark: a `[[bench]]` in `Cargo.toml`, a folder of its name here. `cargo xtask bench` finds it.

use std::path::{Path, PathBuf};

use needmatch_domain::problem::Problem;
use needmatch_domain::run::{Run, RunSettings};
use needmatch_domain::scenario::Scenario;
use needmatch_exchange::read_folder;
use needmatch_matching::freeze::freeze;
use needmatch_matching::propose::{Options, Watch, propose};

/// The committed scenarios, the smallest first.
pub const SCENARIOS: [&str; 4] =
    ["first-steps", "pacific-security-2024", "haiti-2010-flash-appeal", "bms6-illustrative"];

/// Where a committed scenario lies.
pub fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios").join(name)
}

/// Reads a committed scenario.
///
/// # Panics
/// When it has errors, which the tests would have told.
pub fn read(name: &str) -> Scenario {
    read_folder(&folder(name)).unwrap_or_else(|errors| panic!("{name}: {}", errors[0]))
}

/// Freezes a scenario.
///
/// # Panics
/// When it cannot be frozen, which the tests would have told.
pub fn frozen(scenario: &Scenario) -> Problem {
    freeze(scenario).unwrap_or_else(|errors| panic!("{}", errors[0])).problem
}

/// A sealed run with the plan that is made without the solver: every goal in its order, no bound from below.
///
/// # Panics
/// When no plan is found.
pub fn constructed(problem: &Problem, settings: &RunSettings) -> Run {
    let options = Options { solver: false, ..Options::new(settings.gap_permille, f64::from(settings.seconds)) };
    let mut watch = Watch { elapsed: &|| 0.0, cancelled: &|| false, progress: &mut |_| {} };
    let outcome = propose(problem, &options, &mut watch).expect("a plan");
    Run::seal(problem.clone(), *settings, outcome, "bench")
}
