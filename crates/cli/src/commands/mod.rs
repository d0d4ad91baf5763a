//! One file a command.

mod check;
mod freeze;
mod generate;
mod input;
mod matching;
mod solve;
mod verify;

use std::process::ExitCode;

/// The commands.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Match a scenario folder or a frozen problem: a proven plan.
    Match(matching::Arguments),
    /// Recount a run file: exit 0 accepted, 1 refused with every finding, 2 unreadable.
    Verify(verify::Arguments),
    /// Check a scenario folder: all errors, and what keeps its requests from being matched.
    Check(check::Arguments),
    /// Freeze a scenario folder into problem.json.
    Freeze(freeze::Arguments),
    /// Generate a random scenario folder of any size.
    Generate(generate::Arguments),
    /// The solver process: reads an order, answers with an outcome. Started by needmatch itself.
    #[command(hide = true)]
    Solve,
}

pub(crate) fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Match(arguments) => matching::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Freeze(arguments) => freeze::run(&arguments),
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Solve => solve::run(),
    }
}
