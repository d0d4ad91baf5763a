//! `needmatch audit`: adds up the ledger anew, recounts the log, signs its heads.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use jiff::SignedDuration;
use needmatch_app::App;
use needmatch_app::audit::{SigningKey, keep_checkpoint, recount};
use needmatch_store::audit::Checkpoint;

use crate::exit::{REFUSED, unreadable};
use crate::print::output;
use crate::service::{self, Settings};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    part: Option<Part>,
}

/// Without one of these: the ledger.
#[derive(Debug, clap::Subcommand)]
enum Part {
    /// Recount every chain of the log and every checkpoint: exit 0 nothing wrong, 1 with every finding.
    Verify {
        /// The key every checkpoint must be signed with, hexadecimal.
        #[arg(long)]
        public_key: Option<String>,
        /// Checkpoints kept elsewhere, as `audit checkpoint` prints them, one a line.
        #[arg(long)]
        kept: Option<PathBuf>,
    },
    /// Sign the heads of all chains now and print the checkpoint, to be kept elsewhere.
    Checkpoint {
        /// File of the signing key; else `audit.key_file` of the settings.
        #[arg(long)]
        key: Option<PathBuf>,
    },
    /// Make a signing key, in a file that only its owner reads, and print its public key.
    Key {
        /// The file to make.
        #[arg(long)]
        out: PathBuf,
    },
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if let Some(Part::Key { out }) = &arguments.part {
        return make_key(out);
    }
    let Some(configuration) = arguments.settings.read(&[])? else { return Ok(ExitCode::SUCCESS) };
    service::runtime()?.block_on(async {
        let app = App::with_system_clock(service::open(&configuration.database).await?);
        let code = match &arguments.part {
            None => ledger(&app).await?,
            Some(Part::Verify { public_key, kept }) => verify(&app, public_key.as_deref(), kept.as_deref()).await?,
            Some(Part::Checkpoint { key }) => {
                let file = key.clone().or(configuration.audit_key);
                checkpoint(&app, &file.context("name the signing key: --key, or audit.key_file")?).await?
            }
            Some(Part::Key { .. }) => ExitCode::SUCCESS,
        };
        app.store().close().await;
        Ok(code)
    })
}

async fn ledger(app: &App) -> anyhow::Result<ExitCode> {
    let faults = app.read().await?.recount_ledger().await?;
    for fault in &faults {
        output::line(format_args!(
            "{} {}: {} stands, entries add up to {}",
            fault.kind, fault.key, fault.standing, fault.entries
        ))?;
    }
    if faults.is_empty() {
        output::line("every running total is the sum of its entries")?;
    }
    Ok(code(faults.is_empty()))
}

async fn verify(app: &App, public_key: Option<&str>, kept: Option<&Path>) -> anyhow::Result<ExitCode> {
    let kept = kept.map(read_kept).transpose()?.unwrap_or_default();
    let found = recount(&mut app.read().await?, &kept, public_key).await?;
    for finding in &found.verdict.findings {
        output::line(serde_json::to_string(finding)?)?;
    }
    for checkpoint in &found.unsigned {
        output::line(format_args!("checkpoint {checkpoint} is not signed as it should be"))?;
    }
    for checkpoint in &found.missing {
        output::line(format_args!("checkpoint {checkpoint} is no longer in the register"))?;
    }
    output::line(format_args!(
        "{} rows in {} chains, {} checkpoints: {}",
        found.verdict.rows,
        found.verdict.chains,
        found.checkpoints,
        if found.is_clean() { "nothing is wrong" } else { "the log is not what was written" }
    ))?;
    Ok(code(found.is_clean()))
}

fn read_kept(path: &Path) -> anyhow::Result<Vec<Checkpoint>> {
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(format!("{}: {error}", path.display())))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let read = |(number, line): (usize, &str)| {
        serde_json::from_str(line)
            .map_err(|error| unreadable(format!("{}: line {}: {error}", path.display(), number + 1)))
    };
    lines.map(read).collect()
}

async fn checkpoint(app: &App, file: &Path) -> anyhow::Result<ExitCode> {
    let key = service::signing_key(file)?;
    let made = keep_checkpoint(app, &key, SignedDuration::ZERO).await?;
    let last = app.read().await?.last_checkpoint().await?;
    match made.or(last) {
        Some(checkpoint) => output::line(serde_json::to_string(&checkpoint)?)?,
        None => eprintln!("nothing was ever changed here: there is nothing to sign"),
    }
    Ok(ExitCode::SUCCESS)
}

fn make_key(out: &Path) -> anyhow::Result<ExitCode> {
    let seed = SigningKey::new_seed()?;
    let mut options = std::fs::OpenOptions::new();
    let file = options.write(true).create_new(true).mode(0o600).open(out);
    let mut file = file.map_err(|error| unreadable(format!("{}: {error}", out.display())))?;
    writeln!(file, "{seed}")?;
    file.sync_all()?;
    output::line(SigningKey::read(&seed)?.public_key())?;
    Ok(ExitCode::SUCCESS)
}

fn code(is_clean: bool) -> ExitCode {
    if is_clean { ExitCode::SUCCESS } else { ExitCode::from(REFUSED) }
}
