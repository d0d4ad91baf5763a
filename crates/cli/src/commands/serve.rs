//! `needmatch serve`.

use std::process::ExitCode;

use anyhow::Context;

use crate::service::{self, Running, Settings};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    settings: Settings,
    /// Address to listen on; else `NEEDMATCH_LISTEN`, the file, or 127.0.0.1:8080.
    #[arg(long)]
    listen: Option<String>,
    /// Leave the queue to `needmatch worker`.
    #[arg(long)]
    no_worker: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let without_worker = arguments.no_worker.then(|| "false".to_owned());
    let flags = [("server.listen", arguments.listen.clone()), ("server.worker", without_worker)];
    service::run(arguments.settings.read(&flags)?, serve)
}

async fn serve(running: Running) -> anyhow::Result<()> {
    let configuration = &running.configuration;
    let address = configuration.listen;
    let listener = tokio::net::TcpListener::bind(address).await.with_context(|| format!("listening on {address}"))?;
    let address = listener.local_addr()?;
    eprintln!("needmatch listens on http://{address}");
    let background = configuration.with_worker.then(|| running.work()).transpose()?;
    let app = running.app()?;
    if let Some(shown) = app.shown_mail() {
        eprintln!("mail that would be sent: http://{address}{}", shown.path());
    }
    let router = needmatch_api::guard(service::site(&app).merge(running.figures), configuration.bounds);
    let serving = service::serve(router, listener, running.stop, configuration.grace);
    let beside = async {
        if let Some(background) = background {
            background.ended(configuration.grace).await;
        }
        Ok(())
    };
    tokio::try_join!(serving, beside).map(drop)
}
