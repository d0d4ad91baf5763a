//! `needmatch freeze`.

use std::path::PathBuf;
use std::process::ExitCode;

use super::input;
use crate::print::output;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Scenario folder.
    folder: PathBuf,
    /// File to write.
    #[arg(long)]
    out: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let scenario = input::read_scenario(&arguments.folder)?;
    let frozen = input::freeze_scenario(&scenario)?;
    needmatch_exchange::write_problem(&frozen.problem, &arguments.out)?;
    output::line(format_args!("{}  {}", frozen.problem.sha256(), arguments.out.display()))?;
    for overridden in &frozen.report.overridden {
        eprintln!(
            "note: the lock of {} by {} in {} overrides {}",
            overridden.component, overridden.offer, overridden.period, overridden.rule
        );
    }
    Ok(ExitCode::SUCCESS)
}
