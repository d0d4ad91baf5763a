//! `needmatch migrate`.

use std::process::ExitCode;

use crate::print::output;
use crate::service::{self, Settings};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    settings: Settings,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let Some(configuration) = arguments.settings.read(&[])? else { return Ok(ExitCode::SUCCESS) };
    service::runtime()?.block_on(async {
        let store = service::open(&configuration.database).await?;
        store.close().await;
        output::line("the schema is up to date")?;
        Ok(ExitCode::SUCCESS)
    })
}
