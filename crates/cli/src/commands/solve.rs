//! `needmatch solve`: the child.

use std::process::ExitCode;

pub(crate) fn run() -> anyhow::Result<ExitCode> {
    needmatch_worker::solver::run_child(std::io::stdin(), std::io::stdout())?;
    Ok(ExitCode::SUCCESS)
}
