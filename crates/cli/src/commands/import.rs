//! `needmatch import`: tables of a folder looked at and, with `--confirm`, taken into the register as a whole, by the code
//! that the API uses.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use needmatch_app::imports::{self, Looked, TABLES, Tables};
use needmatch_app::{App, Principal, Surface};

use super::access::{Named, find, told};
use crate::exit::unreadable;
use crate::print::{grouped, output};
use crate::service::{self, Settings};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    settings: Settings,
    /// Folder with any of `requests.csv` and `components.csv`, `offers.csv` and `offer_periods.csv`, `programmes.csv`.
    folder: PathBuf,
    /// The party in whose name programmes are registered.
    #[command(flatten)]
    party: Named,
    /// Take the tables; else they are only looked at.
    #[arg(long)]
    confirm: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let Some(configuration) = arguments.settings.read(&[])? else { return Ok(ExitCode::SUCCESS) };
    let tables = read(&arguments.folder)?;
    service::runtime()?.block_on(async {
        let app = App::with_system_clock(service::open(&configuration.database).await?);
        let (operator, surface) = (Principal::operator(), Surface { name: "cli", request_id: "import".to_owned() });
        let mut transaction = app.begin(&operator, &surface).await?;
        let party = find(&mut transaction, &arguments.party).await?;
        transaction.rollback().await?;
        let looked = imports::look_as(&app, &operator, &surface, party, &tables).await.map_err(told)?;
        print(&looked)?;
        let is_good = looked.faults.is_empty();
        if is_good && arguments.confirm {
            let mut transaction = app.begin(&operator, &surface).await?;
            let done = imports::take(&mut transaction, &operator, party, &tables).await.map_err(told)?;
            transaction.commit().await?;
            let (created, changed) = (done.created, done.changed);
            output::line(format_args!("taken: {created} new, {changed} changed, {} as they were", done.unchanged))?;
        } else if is_good {
            output::line(format_args!("nothing was taken: add --confirm"))?;
        }
        app.store().close().await;
        Ok(if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    })
}

fn read(folder: &Path) -> anyhow::Result<Tables> {
    let mut tables = BTreeMap::new();
    for name in TABLES {
        let path = folder.join(format!("{name}.csv"));
        if !path.exists() {
            continue;
        }
        let bytes = std::fs::metadata(&path).map_or(0, |found| found.len());
        if usize::try_from(bytes).map_or(true, |bytes| bytes > imports::MAX_IMPORT_BYTES) {
            return Err(unreadable(format!("{} is larger than {} bytes", path.display(), imports::MAX_IMPORT_BYTES)));
        }
        let text =
            std::fs::read_to_string(&path).map_err(|error| unreadable(format!("{}: {error}", path.display())))?;
        tables.insert(name.to_owned(), text);
    }
    Tables::of(tables).map_err(|error| unreadable(error.to_string()))
}

fn print(looked: &Looked) -> anyhow::Result<()> {
    for (name, figures) in &looked.tables {
        output::line(format_args!("{name}: {} rows, SHA-256 {}", figures.rows, figures.sha256))?;
    }
    let totals = &looked.totals;
    for (what, sums) in
        [("asked", &totals.asked), ("offered", &totals.offered_money), ("offered in kind", &totals.offered_in_kind)]
    {
        for (unit, sum) in sums {
            output::line(format_args!("{what}, {unit}: {}", grouped(*sum)))?;
        }
    }
    for column in &looked.left_out {
        output::line(format_args!("not taken: {column}"))?;
    }
    for fault in &looked.faults {
        let near = fault.near.as_ref().map(|near| format!(" Did you mean {near}?")).unwrap_or_default();
        output::line(format_args!("{}{near}", fault.clone().into_field()))?;
    }
    let done = looked.done;
    output::line(format_args!("{} new, {} to change, {} as they are", done.created, done.changed, done.unchanged))?;
    Ok(())
}
