//! The `needmatch` binary. Commands only read arguments, call a crate and print; nothing is decided here.

mod commands;
mod exit;
mod print;
mod service;
mod solving;
mod unlocking;

use std::process::ExitCode;

use clap::Parser;

use commands::Command;

/// Matches what states need to control small arms with what donors offer, and proves it.
///
/// Exit codes: 0 done, 1 refused (a file has errors, a run is not accepted, a scenario has no plan), 2 unreadable or
/// wrongly called, 3 failed inside. Results go to standard output, everything else to standard error.
#[derive(Debug, Parser)]
#[command(name = "needmatch", version, propagate_version = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if !arguments.command.is_service() {
        start_logging();
    }
    match commands::run(arguments.command) {
        Ok(code) => code,
        Err(error) => exit::report(&error),
    }
}

/// Logs go to standard error, quiet unless `NEEDMATCH_LOG` asks for more.
fn start_logging() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("NEEDMATCH_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("error"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}
