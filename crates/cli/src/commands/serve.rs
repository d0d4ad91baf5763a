//! `needmatch serve`.

use std::net::SocketAddr;
use std::process::ExitCode;

use needmatch_app::App;

use crate::service::{self, Database};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    database: Database,
    /// Address to listen on.
    #[arg(long, env = "NEEDMATCH_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Leave the queue to `needmatch worker`.
    #[arg(long)]
    no_worker: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    service::runtime()?.block_on(async {
        let store = arguments.database.open().await?;
        let listener = tokio::net::TcpListener::bind(arguments.listen).await?;
        eprintln!("needmatch listens on http://{}", listener.local_addr()?);
        let stop = service::stop_on_signal()?;
        service::serve(App::with_system_clock(store.clone()), listener, !arguments.no_worker, stop).await?;
        store.close().await;
        Ok(ExitCode::SUCCESS)
    })
}
