//! Developer commands of needmatch: `cargo xtask <command>`.
//!
//! This crate depends on no other crate of the workspace, so that it builds in seconds and can say what the rest needs
//! before the rest fails to build. A new command is a file of its own and a variant of [`Task`].

mod bench;
mod check;
mod command;
mod demo;
mod generated;
mod geography;
mod machines;
mod node_packages;
mod packages;
mod proof;
mod requirements;
mod scenarios;
mod schemathesis;
mod test;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

/// Developer commands of needmatch.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build needmatch and show it with a worked scenario
    Demo {
        /// Passed on to `needmatch demo`, such as --once
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Run every test; the summary comes last
    Test {
        /// Passed on to `cargo nextest run`, such as a part of a test's name
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Check format, lints, dependencies and generated files
    Check {
        /// Also look up known vulnerabilities of dependencies, over the network
        #[arg(long)]
        advisories: bool,
    },
    /// Solve random small problems and let brute force, verifier and recount judge every one
    Oracle {
        /// How many
        #[arg(long, default_value_t = 10_000)]
        cases: u64,
        /// Only this one, shown as well
        #[arg(long)]
        case: Option<u64>,
    },
    /// Change proofs, claims and plans of runs, seal them again, and let verifier and recount judge every one
    Mutants {
        /// How many
        #[arg(long, default_value_t = 10_000)]
        cases: u64,
        /// Only this one, shown as well
        #[arg(long)]
        case: Option<u64>,
    },
    /// Make each plan ten times with one and two threads: the same bytes every time
    Determinism,
    /// Count what history did with the same money, and write the tables into the READMEs of scenarios
    History,
    /// List the benchmarks and run them
    Bench {
        /// Benchmarks to run; all where none is named
        names: Vec<String>,
        /// Only list them
        #[arg(long)]
        list: bool,
    },
    /// Kill, freeze and stop servers and workers at random while runs are made, many times over
    Machines {
        /// How often
        #[arg(long, default_value_t = 50)]
        times: u32,
        /// Seed of the first telling, to repeat one that failed
        #[arg(long)]
        seed: Option<u64>,
    },
    /// Ask the API what its description allows and what it does not, with schemathesis
    Schemathesis {
        /// Most questions for each operation
        #[arg(long, default_value_t = 100)]
        examples: u32,
    },
    /// Generate the reference table of states
    Geography {
        /// Directory of the published tables, as `crates/domain/data/README.md` names them, to refresh the committed tables first
        #[arg(long)]
        from: Option<PathBuf>,
    },
    /// Make the committed scenarios that come from published data
    Scenarios {
        /// Directory of the published files, as `crates/exchange/src/convert/mod.rs` names them
        #[arg(long)]
        from: PathBuf,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).context("this crate stands in crates/xtask")?;
    match task {
        Task::Demo { arguments } => demo::demo(root, &arguments),
        Task::Test { arguments } => test::test(root, &arguments),
        Task::Check { advisories } => check::check(root, advisories),
        Task::Oracle { cases, case } => proof::cases(root, &proof::ORACLE, cases, case),
        Task::Mutants { cases, case } => proof::cases(root, &proof::MUTANTS, cases, case),
        Task::Determinism => proof::determinism(root),
        Task::History => proof::history(root),
        Task::Bench { names, list } => bench::bench(root, &names, list),
        Task::Machines { times, seed } => machines::machines(root, times, seed),
        Task::Schemathesis { examples } => schemathesis::schemathesis(root, examples),
        Task::Geography { from } => {
            geography::extract_from(root, from.as_deref())?;
            geography::generate(root)?.write(root)
        }
        Task::Scenarios { from } => scenarios::scenarios(root, &from),
    }
}
