//! Standard output, whose reader may have gone away: `needmatch verify run.json | head -1` has read enough, which is no
//! failure, and the work goes on without it.

use std::fmt::Display;
use std::io::{ErrorKind, Result, Write, stdout};

/// A line of results.
///
/// # Errors
/// What is wrong with standard output, unless it is only closed.
pub(crate) fn line(what: impl Display) -> Result<()> {
    unless_closed(writeln!(stdout(), "{what}"))
}

/// Text that ends its own lines.
///
/// # Errors
/// As [`line`].
pub(crate) fn text(what: impl Display) -> Result<()> {
    unless_closed(write!(stdout(), "{what}").and_then(|()| stdout().flush()))
}

fn unless_closed(written: Result<()>) -> Result<()> {
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}
