//! `needmatch generate`.

use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Components in all.
    #[arg(long)]
    components: u32,
    /// Offers.
    #[arg(long)]
    offers: u32,
    /// States.
    #[arg(long)]
    states: u32,
    /// Eligible pairs in all, within a tenth.
    #[arg(long)]
    pairs: u64,
    /// Seed: the same seed gives the same folder.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Folder to write.
    #[arg(long)]
    out: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let scenario = needmatch_exchange::generate::generate(
        arguments.components,
        arguments.offers,
        arguments.states,
        arguments.pairs,
        arguments.seed,
    )?;
    needmatch_exchange::write_folder(&scenario, &arguments.out)?;
    println!("{}", arguments.out.display());
    Ok(ExitCode::SUCCESS)
}
