//! `needmatch migrate`.

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
        store.close().await;
        println!("the schema is up to date");
        Ok(ExitCode::SUCCESS)
    })
}
