//! `needmatch export`: the register as tables of a folder, by the code that the API uses.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use needmatch_app::exports::{Lines, Table};
use needmatch_app::{App, Principal};

use super::access::told;
use crate::print::output;
use crate::service::{self, Settings};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    settings: Settings,
    /// Folder for the tables, made if need be; tables that stand there are replaced.
    #[arg(long)]
    out: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let Some(configuration) = arguments.settings.read(&[])? else { return Ok(ExitCode::SUCCESS) };
    std::fs::create_dir_all(&arguments.out).with_context(|| format!("making {}", arguments.out.display()))?;
    service::runtime()?.block_on(async {
        let app = App::with_system_clock(service::open(&configuration.database).await?);
        for table in Table::ALL {
            write(&app, table, &arguments.out).await?;
        }
        app.store().close().await;
        Ok(ExitCode::SUCCESS)
    })
}

async fn write(app: &App, table: Table, folder: &Path) -> anyhow::Result<()> {
    let path = folder.join(format!("{}.csv", table.name()));
    // Whoever finds a table finds it whole.
    let unfinished = folder.join(format!(".{}.csv.unfinished", table.name()));
    let mut file = BufWriter::new(File::create(&unfinished).with_context(|| format!("making {}", path.display()))?);
    let mut lines = Lines::of(table, Principal::operator());
    let mut session = app.read().await?;
    while let Some(bytes) = lines.next(&mut session).await.map_err(told)? {
        file.write_all(&bytes)?;
    }
    file.into_inner()?.sync_all()?;
    std::fs::rename(&unfinished, &path).with_context(|| format!("writing {}", path.display()))?;
    output::line(format_args!("{}", path.display()))?;
    Ok(())
}
