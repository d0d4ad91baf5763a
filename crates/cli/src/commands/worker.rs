//! `needmatch worker`.

use std::process::ExitCode;

use crate::service::{self, Database};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    database: Database,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    service::runtime()?.block_on(async {
        let store = arguments.database.open().await?;
        let stop = service::stop_on_signal()?;
        needmatch_worker::work(store.clone(), service::solver_command()?, stop).await;
        store.close().await;
        Ok(ExitCode::SUCCESS)
    })
}
