//! The programs of a PostgreSQL server, and the user they run as.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// Where Debian keeps one directory for each major version.
const DEBIAN: &str = "/usr/lib/postgresql";

/// The directory with `initdb` and `pg_ctl`: on the search path, else Debian's newest.
pub(crate) fn directory() -> Result<PathBuf> {
    let on_path = env::split_paths(&env::var_os("PATH").unwrap_or_default()).find(|directory| holds_server(directory));
    on_path.or_else(newest_of_debian).context("no PostgreSQL server found: install Debian's package `postgresql`")
}

fn newest_of_debian() -> Option<PathBuf> {
    let versions = fs::read_dir(DEBIAN).ok()?.flatten().map(|entry| entry.path());
    let number = |path: &Path| path.file_name().and_then(OsStr::to_str).and_then(|name| name.parse::<u32>().ok());
    let newest = versions.filter(|path| holds_server(&path.join("bin"))).max_by_key(|path| number(path))?;
    Some(newest.join("bin"))
}

fn holds_server(directory: &Path) -> bool {
    directory.join("initdb").is_file() && directory.join("pg_ctl").is_file()
}

/// Whether this process runs as root, which the server refuses.
pub(crate) fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// A command that runs as the user the server runs as, in a directory that user may read.
pub(crate) fn as_server_user(program: impl AsRef<OsStr>) -> Command {
    let mut command = if is_root() {
        let mut command = Command::new("runuser");
        command.args(["--user", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.current_dir("/");
    command
}

/// Runs to the end. Failure carries what the program wrote.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let output = command.output().with_context(|| format!("starting {command:?}"))?;
    ensure!(
        output.status.success(),
        "{command:?} ended with {}: {}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}
