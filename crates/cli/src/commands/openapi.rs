//! `needmatch openapi`.

use std::process::ExitCode;

#[expect(clippy::unnecessary_wraps, reason = "every command has this shape")]
pub(crate) fn run() -> anyhow::Result<ExitCode> {
    print!("{}", needmatch_api::openapi());
    Ok(ExitCode::SUCCESS)
}
