//! `needmatch openapi`.

use std::process::ExitCode;

use crate::print::output;

pub(crate) fn run() -> anyhow::Result<ExitCode> {
    output::text(needmatch_api::openapi())?;
    Ok(ExitCode::SUCCESS)
}
