//! Exit codes: part of the contract with scripts.

use std::process::ExitCode;

/// Refused: a file has errors, a run is not accepted, a scenario has no plan.
pub(crate) const REFUSED: u8 = 1;
/// Unreadable or wrongly called.
pub(crate) const UNREADABLE: u8 = 2;
/// Failed inside.
pub(crate) const FAILED: u8 = 3;

/// An error that knows its exit code.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(crate) struct Refusal {
    pub(crate) code: u8,
    pub(crate) message: String,
}

/// A file or run was refused, for the reasons given.
pub(crate) fn refused(message: impl Into<String>) -> anyhow::Error {
    Refusal { code: REFUSED, message: message.into() }.into()
}

/// A file cannot be read.
pub(crate) fn unreadable(message: impl Into<String>) -> anyhow::Error {
    Refusal { code: UNREADABLE, message: message.into() }.into()
}

/// Prints an error and gives its code.
pub(crate) fn report(error: &anyhow::Error) -> ExitCode {
    eprintln!("needmatch: {error:#}");
    let code = error.downcast_ref::<Refusal>().map_or(FAILED, |refusal| refusal.code);
    ExitCode::from(code)
}
