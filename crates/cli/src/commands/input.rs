//! Reads what commands are given: a scenario folder, or a frozen problem.

use std::path::Path;

use needmatch_domain::problem::Problem;
use needmatch_domain::scenario::Scenario;
use needmatch_matching::freeze::{Frozen, freeze};
use needmatch_verify::VerifiedPlan;

use crate::exit::{refused, unreadable};

/// A problem, with the scenario it was frozen from where there is one.
pub(crate) struct Input {
    pub(crate) problem: Problem,
    pub(crate) scenario: Option<Scenario>,
}

/// Reads a folder or a `problem.json`.
pub(crate) fn read(path: &Path) -> anyhow::Result<Input> {
    if path.is_dir() {
        let scenario = read_scenario(path)?;
        let Frozen { problem, .. } = freeze_scenario(&scenario)?;
        return Ok(Input { problem, scenario: Some(scenario) });
    }
    if !path.exists() {
        return Err(unreadable(format!("{}: there is no such folder or file", path.display())));
    }
    let problem = needmatch_exchange::read_problem(path).map_err(|errors| unreadable(all(&errors)))?;
    Ok(Input { problem, scenario: None })
}

/// Reads a scenario folder; every error at once.
pub(crate) fn read_scenario(path: &Path) -> anyhow::Result<Scenario> {
    needmatch_exchange::read_folder(path).map_err(|errors| refused(all(&errors)))
}

/// Freezes a scenario; every error at once.
pub(crate) fn freeze_scenario(scenario: &Scenario) -> anyhow::Result<Frozen> {
    freeze(scenario).map_err(|errors| refused(all(&errors)))
}

/// One line an error, counted.
fn all<E: std::fmt::Display>(errors: &[E]) -> String {
    let lines: Vec<_> = errors.iter().map(|error| format!("\n  {error}")).collect();
    format!("{} error{}:{}", errors.len(), if errors.len() == 1 { "" } else { "s" }, lines.concat())
}

/// Reads a run file and recounts it; every error, or every finding, at once.
pub(crate) fn read_verified_run(path: &Path) -> anyhow::Result<VerifiedPlan> {
    let file = needmatch_exchange::read_run(path).map_err(|errors| unreadable(all(&errors)))?;
    needmatch_verify::accept(file.run, file.problem)
        .map_err(|findings| refused(format!("{} is not accepted by the verifier: {}", path.display(), all(&findings))))
}
