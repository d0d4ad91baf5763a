//! `needmatch backup` and `needmatch restore`: the whole register as one file, of either engine into either engine.

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use jiff::Timestamp;
use needmatch_app::App;
use needmatch_app::audit::recount;
use needmatch_store::backup::{BackupError, check_backup};

use crate::exit::{refused, unreadable};
use crate::print::output;
use crate::service::{self, Settings};

#[derive(Debug, clap::Args)]
pub(crate) struct BackupArguments {
    #[command(flatten)]
    settings: Settings,
    /// The file to make. It holds everything, also what is confidential: only its owner may read it.
    #[arg(long)]
    out: PathBuf,
}

/// Writes a backup while the service goes on; nothing is left where it fails.
pub(crate) fn back_up(arguments: &BackupArguments) -> anyhow::Result<ExitCode> {
    let Some(configuration) = arguments.settings.read(&[])? else { return Ok(ExitCode::SUCCESS) };
    let out = &arguments.out;
    let mut options = std::fs::OpenOptions::new();
    let file = options.write(true).create_new(true).mode(0o600).open(out);
    let file = file.map_err(|error| unreadable(format!("{}: {error}", out.display())))?;
    let written = service::runtime()?.block_on(async {
        let store = service::open(&configuration.database).await?;
        let mut output = BufWriter::with_capacity(1 << 20, &file);
        let ending = store.back_up(&mut output, Timestamp::now()).await?;
        drop(output);
        file.sync_all()?;
        store.close().await;
        anyhow::Ok(ending)
    });
    match written {
        Ok(ending) => {
            output::line(format_args!("{} rows, SHA-256 {}", ending.rows, ending.sha256))?;
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            // Half a backup is none.
            let _ = std::fs::remove_file(out);
            Err(error)
        }
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct RestoreArguments {
    #[command(flatten)]
    settings: Settings,
    /// The backup.
    #[arg(long)]
    from: PathBuf,
    /// Only compare the checksum.
    #[arg(long)]
    check: bool,
}

/// Checks a backup to its last byte, fills an empty register from it, and recounts ledger and log there.
pub(crate) fn restore(arguments: &RestoreArguments) -> anyhow::Result<ExitCode> {
    let Some(configuration) = arguments.settings.read(&[])? else { return Ok(ExitCode::SUCCESS) };
    let (heading, ending) = check(&arguments.from)?;
    output::line(format_args!(
        "{} rows of {}, SHA-256 {}: the backup is whole",
        ending.rows, heading.at, ending.sha256
    ))?;
    if arguments.check {
        return Ok(ExitCode::SUCCESS);
    }
    service::runtime()?.block_on(async {
        let app = App::with_system_clock(service::open(&configuration.database).await?);
        let input = BufReader::with_capacity(1 << 20, File::open(&arguments.from)?);
        let restored = app.store().restore(input).await.map_err(told)?;
        let mut session = app.read().await?;
        let (faults, found) = (session.recount_ledger().await?, recount(&mut session, &[], None).await?);
        drop(session);
        app.store().close().await;
        if !faults.is_empty() || !found.is_clean() {
            return Err(refused(format!(
                "{} rows are restored as they were backed up, but what was backed up does not add up: {} faults of the \
                 ledger, {} findings in the log. See `needmatch audit` and `needmatch audit verify`",
                restored.rows,
                faults.len(),
                found.verdict.findings.len()
            )));
        }
        output::line(format_args!("{} rows are restored; ledger and log add up", restored.rows))?;
        Ok(ExitCode::SUCCESS)
    })
}

fn check(path: &Path) -> anyhow::Result<(needmatch_store::backup::Heading, needmatch_store::backup::Ending)> {
    let file = File::open(path).map_err(|error| unreadable(format!("{}: {error}", path.display())))?;
    let mut input = BufReader::with_capacity(1 << 20, file);
    check_backup(&mut input).map_err(told)
}

fn told(error: BackupError) -> anyhow::Error {
    match error {
        BackupError::File(_) => unreadable(error.to_string()),
        BackupError::Store(error) => error.into(),
        refusal => refused(refusal.to_string()),
    }
}
