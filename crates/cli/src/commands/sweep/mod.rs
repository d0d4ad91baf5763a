//! `needmatch sweep`: a scenario under many settings (`docs/sweep.md`).
//!
//! Each setting is a scenario of its own that inherits from the folder, read as any other: what a child scenario may
//! change, a sweep may vary, with the same checks and messages.

mod outcome;
mod vary;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Context;
use indicatif::ProgressBar;
use needmatch_domain::run::RunSettings;
use needmatch_exchange::Variation;
use needmatch_worker::solver::Task;

use super::input;
use super::matching::Format;
use crate::exit::{REFUSED, refused};
use crate::print::output;
use crate::solving::{Solver, in_parallel};
use outcome::{Outcome, Swept};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Scenario folder.
    folder: PathBuf,
    /// What to vary: a TOML file, see docs/sweep.md.
    #[arg(long)]
    vary: PathBuf,
    /// Write each run file into this folder, under the name of its setting.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Seconds after which each run is stopped; otherwise the scenario's own.
    #[arg(long)]
    seconds: Option<u32>,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let variations = vary::read(&arguments.vary)?;
    let base = input::read(&arguments.folder)?;
    let (Some(_), problem) = (base.scenario, base.problem) else {
        return Err(refused(format!(
            "{}: a sweep varies a scenario folder, not a frozen problem",
            arguments.folder.display()
        )));
    };
    if let Some(out) = &arguments.out {
        std::fs::create_dir_all(out).with_context(|| out.display().to_string())?;
    }
    let folder = arguments.folder.canonicalize()?;
    let scratch = tempfile::tempdir()?;
    let inputs: Vec<(Variation, input::Input)> = variations
        .into_iter()
        .enumerate()
        .map(|(at, variation)| {
            let child = scratch.path().join(at.to_string());
            vary::write(&variation, &folder, &child)?;
            let input =
                input::read(&child).map_err(|error| refused(format!("setting {:?}: {error}", variation.name)))?;
            Ok((variation, input))
        })
        .collect::<anyhow::Result<_>>()?;

    let solver = Solver::start()?;
    let bar = ProgressBar::new(inputs.len() as u64);
    bar.set_message("settings");
    let done = AtomicUsize::new(0);
    let runs = in_parallel(&inputs, |(variation, input)| {
        let limits = input.scenario.as_ref().map(|scenario| scenario.settings.limits).unwrap_or_default();
        let settings = RunSettings {
            gap_permille: limits.gap_permille,
            seconds: arguments.seconds.unwrap_or(limits.seconds).max(1),
            threads: limits.threads,
        };
        let scenario = input.scenario.clone().map(Arc::new);
        let answer = solver.solve(Task::of(Arc::new(input.problem.clone()), scenario, settings), |_| {});
        bar.set_position(done.fetch_add(1, Ordering::Relaxed) as u64 + 1);
        let written = answer.as_ref().map(|solving| write(arguments.out.as_deref(), &variation.name, solving));
        (Swept::of(&variation.name, &problem, answer.as_ref()), written.unwrap_or(Ok(())))
    });
    bar.finish_and_clear();
    let (runs, written): (Vec<Swept>, Vec<anyhow::Result<()>>) = runs.into_iter().unzip();
    written.into_iter().collect::<anyhow::Result<()>>()?;
    let failed = runs.iter().any(|run| run.status == "failed");
    let outcome = Outcome::of(&problem, runs);
    match arguments.format {
        Format::Json => output::line(serde_json::to_string_pretty(&outcome)?)?,
        Format::Text => output::text(outcome.text())?,
    }
    Ok(if failed { ExitCode::from(REFUSED) } else { ExitCode::SUCCESS })
}

fn write(out: Option<&Path>, name: &str, solving: &needmatch_worker::solver::Solving) -> anyhow::Result<()> {
    if let Some(out) = out {
        let safe: String =
            name.chars().map(|c| if c.is_alphanumeric() || c == '-' || c == '.' { c } else { '_' }).collect();
        needmatch_exchange::write_run(solving.plan.run(), &out.join(format!("{safe}.json")))?;
    }
    Ok(())
}
