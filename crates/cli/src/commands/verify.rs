//! `needmatch verify`: the recount. Needs no solver.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::exit::{REFUSED, unreadable};
use crate::print::output;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Run file.
    run: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let file = needmatch_exchange::read_run(&arguments.run).map_err(|errors| {
        let lines: Vec<_> = errors.iter().map(ToString::to_string).collect();
        unreadable(lines.join("\n"))
    })?;
    match needmatch_verify::accept(file.run, file.problem) {
        Ok(plan) => {
            let outcome = &plan.run().outcome;
            output::line(format_args!("accepted: {} with {} matches", outcome.status.name(), outcome.totals.matches))?;
            for goal in &outcome.goals {
                output::line(format_args!(
                    "  {}: {} of at most {} (gap {} permille)",
                    goal.goal, goal.best, goal.bound, goal.gap_permille
                ))?;
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(findings) => {
            output::line(format_args!(
                "refused: {} finding{}",
                findings.len(),
                if findings.len() == 1 { "" } else { "s" }
            ))?;
            for finding in &findings {
                output::line(format_args!("  {finding}"))?;
            }
            Ok(ExitCode::from(REFUSED))
        }
    }
}
