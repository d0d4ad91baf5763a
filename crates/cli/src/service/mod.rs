//! What the commands of the service share: the database, the signals, the server. The only place that names a database
//! URL or an address.

use std::future::IntoFuture;

use needmatch_app::App;
use needmatch_store::Store;
use needmatch_worker::solver::SolverCommand;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// Where the data is.
#[derive(Debug, clap::Args)]
pub(crate) struct Database {
    /// `sqlite://FILE` or `postgres://…`.
    #[arg(long = "database", env = "DATABASE_URL", default_value = "sqlite://needmatch.db", hide_env_values = true)]
    url: String,
}

impl Database {
    /// Opens the database and brings its schema up to date.
    pub(crate) async fn open(&self) -> anyhow::Result<Store> {
        open(&self.url).await
    }
}

/// Opens a database and brings its schema up to date.
pub(crate) async fn open(url: &str) -> anyhow::Result<Store> {
    let store = Store::open(url).await?;
    store.migrate().await?;
    Ok(store)
}

/// The threads everything runs on.
pub(crate) fn runtime() -> std::io::Result<Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()
}

/// The solver process: this program, unless a test puts another in its place.
pub(crate) fn solver_command() -> std::io::Result<SolverCommand> {
    let mut command = SolverCommand::own()?;
    if let Some(program) = std::env::var_os("NEEDMATCH_SOLVER_PROGRAM") {
        command.program = program.into();
    }
    Ok(command)
}

/// Becomes true when the process is asked to end.
pub(crate) fn stop_on_signal() -> std::io::Result<watch::Receiver<bool>> {
    let (stop, stopped) = watch::channel(false);
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        let _ = stop.send(true);
        stop.closed().await;
    });
    Ok(stopped)
}

/// Serves until told to stop; requests under way are finished, a run under way is given back.
pub(crate) async fn serve(
    app: App,
    listener: TcpListener,
    with_worker: bool,
    stop: watch::Receiver<bool>,
) -> anyhow::Result<()> {
    let worker = with_worker.then(|| -> std::io::Result<_> {
        let command = solver_command()?;
        Ok(tokio::spawn(needmatch_worker::work(app.store().clone(), command, stop.clone())))
    });
    let worker = worker.transpose()?;
    let router = needmatch_api::router(app.clone()).merge(needmatch_web::router(app));
    let mut stopped = stop;
    let until_stopped = async move {
        let _ = stopped.wait_for(|&stop| stop).await;
    };
    axum::serve(listener, router).with_graceful_shutdown(until_stopped).into_future().await?;
    if let Some(worker) = worker {
        worker.await?;
    }
    Ok(())
}
