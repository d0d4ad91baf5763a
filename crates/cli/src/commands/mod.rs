//! One file a command.

mod access;
mod audit;
mod backup;
mod check;
mod compare;
mod demo;
mod explain;
mod export;
mod freeze;
mod generate;
mod import;
mod input;
mod matching;
mod migrate;
mod openapi;
mod serve;
mod solve;
mod stress;
mod sweep;
mod verify;
mod worker;

use std::process::ExitCode;

pub(crate) use explain::report as explain_report;

/// The commands.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Match a scenario folder or a frozen problem: a proven plan.
    Match(matching::Arguments),
    /// Recount a run file: exit 0 accepted, 1 refused with every finding, 2 unreadable.
    Verify(verify::Arguments),
    /// Explain a run: why each match, why not, what would unlock it, what one more unit would bring.
    Explain(explain::Arguments),
    /// Compare two runs: what changed, match by match, and which setting explains it.
    Compare(compare::Arguments),
    /// Run a scenario under many settings: one table, the runs no other beats marked.
    Sweep(sweep::Arguments),
    /// Drop pledges or offers and solve again: what falls, what holds.
    Stress(stress::Arguments),
    /// Check a scenario folder: all errors, and what keeps its requests from being matched.
    Check(check::Arguments),
    /// Freeze a scenario folder into problem.json.
    Freeze(freeze::Arguments),
    /// Generate a random scenario folder of any size.
    Generate(generate::Arguments),
    /// Serve the API and the pages; also works off the queue, unless told not to.
    Serve(serve::Arguments),
    /// Work off the queue: run it beside `serve`, on as many machines as you like.
    Worker(worker::Arguments),
    /// Bring the database's schema up to date.
    Migrate(migrate::Arguments),
    /// Give the first party, person or token of a new register.
    Access(access::Arguments),
    /// Add up the ledger anew; `audit verify` recounts the audit log.
    Audit(audit::Arguments),
    /// Write the whole register into one file, while the service goes on.
    Backup(backup::BackupArguments),
    /// Fill an empty register from a backup, checked to its last byte.
    Restore(backup::RestoreArguments),
    /// Look at tables of a folder and, with `--confirm`, take them into the register.
    Import(import::Arguments),
    /// Write the register as tables of a folder.
    Export(export::Arguments),
    /// Match two scenarios and serve them, with one sign-in link per role.
    Demo(demo::Arguments),
    /// Print the `OpenAPI` document of the API.
    Openapi,
    /// The solver process: reads an order, answers with an outcome. Started by needmatch itself.
    #[command(hide = true)]
    Solve,
}

impl Command {
    /// Whether the command lasts, and logs as its settings say.
    pub(crate) fn is_service(&self) -> bool {
        matches!(self, Self::Serve(_) | Self::Worker(_))
    }
}

pub(crate) fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Match(arguments) => matching::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Compare(arguments) => compare::run(&arguments),
        Command::Sweep(arguments) => sweep::run(&arguments),
        Command::Stress(arguments) => stress::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Freeze(arguments) => freeze::run(&arguments),
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Worker(arguments) => worker::run(&arguments),
        Command::Migrate(arguments) => migrate::run(&arguments),
        Command::Access(arguments) => access::run(&arguments),
        Command::Audit(arguments) => audit::run(&arguments),
        Command::Backup(arguments) => backup::back_up(&arguments),
        Command::Restore(arguments) => backup::restore(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Openapi => openapi::run(),
        Command::Solve => solve::run(),
    }
}
