//! `needmatch worker`.

use std::process::ExitCode;

use anyhow::Context;

use crate::service::{self, Running, Settings};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    settings: Settings,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    service::run(arguments.settings.read(&[])?, work)
}

async fn work(running: Running) -> anyhow::Result<()> {
    let work = running.work()?;
    if let Some(address) = running.configuration.worker_metrics {
        let listener =
            tokio::net::TcpListener::bind(address).await.with_context(|| format!("listening on {address}"))?;
        eprintln!("needmatch shows its figures on http://{}/metrics", listener.local_addr()?);
        let (figures, stop) = (running.figures.clone(), running.stop.clone());
        tokio::spawn(service::serve(figures, listener, stop, std::time::Duration::ZERO));
    }
    work.ended(running.configuration.grace).await;
    Ok(())
}
