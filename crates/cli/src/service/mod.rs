//! What the commands of the service share: how it is set up, the database, the signals, the server. The only place that
//! names a database URL or an address.

mod background;
pub(crate) mod configuration;
mod keys;
mod logs;
mod mail;
mod metrics;
mod openid;

use std::future::IntoFuture;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use axum::Router;
use needmatch_app::App;
use needmatch_app::access::Seal;
use needmatch_app::audit::SigningKey;
use needmatch_app::messages::shown::Shown;
use needmatch_store::Store;
use needmatch_worker::Pace;
use needmatch_worker::solver::SolverCommand;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::exit::unreadable;
use crate::print::output;
use background::Background;
use configuration::Configuration;

/// How the service is set up, and where the data is.
#[derive(Debug, clap::Args)]
pub(crate) struct Settings {
    /// File of settings, as `--check-config` prints them.
    #[arg(long, env = "NEEDMATCH_CONFIG")]
    config: Option<PathBuf>,
    /// `sqlite://FILE` or `postgres://…`; else `DATABASE_URL`, the file, or `sqlite://needmatch.db`.
    #[arg(long)]
    database: Option<String>,
    /// Print every setting as it stands and exit: 0 good, 2 with everything that is wrong.
    #[arg(long)]
    check_config: bool,
}

impl Settings {
    /// Reads the settings, with further flags by their names. `None`: they were only to be checked, and are good.
    pub(crate) fn read(&self, flags: &[(&'static str, Option<String>)]) -> anyhow::Result<Option<Configuration>> {
        let database = ("database.url", self.database.clone());
        let given = std::iter::once(&database).chain(flags);
        let given = given.filter_map(|(name, value)| Some((*name, value.clone()?))).collect();
        let configuration = Configuration::load(self.config.as_deref(), given)
            .map_err(|faults| unreadable(format!("the settings have errors:\n  {}", faults.join("\n  "))))?;
        if self.check_config {
            output::text(configuration.shown())?;
            return Ok(None);
        }
        Ok(Some(configuration))
    }
}

/// Runs a command of the service that lasts: with logs, figures and signals.
pub(crate) fn run<F>(
    configuration: Option<Configuration>,
    command: impl FnOnce(Running) -> F,
) -> anyhow::Result<ExitCode>
where
    F: Future<Output = anyhow::Result<()>>,
{
    let Some(configuration) = configuration else { return Ok(ExitCode::SUCCESS) };
    logs::start(&configuration);
    let handle = metrics::install()?;
    runtime()?.block_on(async {
        let stop = stop_on_signal()?;
        let store = open(&configuration.database).await?;
        let figures = metrics::router(handle, store.clone());
        let shown_mail = Shown::new()?;
        command(Running { configuration, store: store.clone(), figures, shown_mail, stop }).await?;
        store.close().await;
        Ok(ExitCode::SUCCESS)
    })
}

/// A command of the service at work.
pub(crate) struct Running {
    pub(crate) configuration: Configuration,
    pub(crate) store: Store,
    /// `/metrics`.
    pub(crate) figures: Router,
    /// Mail kept for a page to show, where one does.
    pub(crate) shown_mail: Shown,
    /// Becomes true when the process is asked to end.
    pub(crate) stop: watch::Receiver<bool>,
}

impl Running {
    /// The application as it serves: with the providers to come in by, where they are named.
    pub(crate) fn app(&self) -> anyhow::Result<App> {
        let app = self.app_at_work()?;
        Ok(match self.configuration.openid.providers(&self.configuration.mail.site)? {
            Some(providers) => app.with_providers(providers),
            None => app,
        })
    }

    /// The application as workers need it, with the key that seals secrets, where it is named. Nobody comes in there:
    /// what is shown to providers need not lie on their machines.
    fn app_at_work(&self) -> anyhow::Result<App> {
        let mut app = App::with_system_clock(self.store.clone());
        app = app.with_destinations(self.configuration.destinations.clone());
        if self.configuration.mail_page {
            app = app.with_shown_mail(self.shown_mail.clone());
        }
        let seal = self.configuration.access_key.as_deref().map(seal).transpose()?;
        Ok(match seal {
            Some(seal) => app.with_seal(seal),
            None => app,
        })
    }

    /// Works off the queue, keeps deadlines, calls webhooks, sends mail, and signs checkpoints where a key is named, until told to stop.
    pub(crate) fn work(&self) -> anyhow::Result<Background> {
        let mut command = solver_command()?;
        command.memory_mebibytes = self.configuration.solver_mebibytes;
        let mut background = Background::new(&self.stop);
        if let Some(file) = &self.configuration.audit_key {
            let (store, key) = (self.store.clone(), Arc::new(signing_key(file)?));
            background.keep("checkpoints", move |stop| {
                needmatch_app::audit::keep_checkpoints(store.clone(), key.clone(), stop)
            });
        }
        keep_deadlines(&self.store, &mut background);
        let app = self.app_at_work()?;
        background.keep("webhooks", move |stop| needmatch_worker::deliver(app.clone(), stop));
        let (app, mailer) = (self.app_at_work()?, self.configuration.mail.mailer()?);
        background.keep("mail", move |stop| needmatch_worker::send_mail(app.clone(), mailer.clone(), stop));
        let (store, pace) = (self.store.clone(), self.configuration.pace);
        background.keep("runs", move |stop| needmatch_worker::work_at(store.clone(), command.clone(), stop, pace));
        Ok(background)
    }
}

/// Ends proposals at their deadlines, beside everything else.
fn keep_deadlines(store: &Store, background: &mut Background) {
    let app = App::with_system_clock(store.clone());
    background.keep("deadlines", move |stop| needmatch_app::proposals::keep_deadlines(app.clone(), stop));
}

/// Reads the key that seals second factors.
fn seal(file: &Path) -> anyhow::Result<Seal> {
    let text = std::fs::read_to_string(file).map_err(|error| unreadable(format!("{}: {error}", file.display())))?;
    Seal::read(&text).map_err(|error| unreadable(format!("{}: {error}", file.display())))
}

/// Reads the key that signs checkpoints.
pub(crate) fn signing_key(file: &Path) -> anyhow::Result<SigningKey> {
    let text = std::fs::read_to_string(file).map_err(|error| unreadable(format!("{}: {error}", file.display())))?;
    SigningKey::read(&text).map_err(|error| unreadable(format!("{}: {error}", file.display())))
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

/// The API and the pages, with the usual bounds.
pub(crate) fn site(app: &App) -> Router {
    needmatch_api::router(app.clone()).merge(needmatch_web::router(app.clone()))
}

/// Serves until told to stop; answers under way are finished, unless they take longer than the grace.
pub(crate) async fn serve(
    router: Router,
    listener: TcpListener,
    mut stop: watch::Receiver<bool>,
    grace: std::time::Duration,
) -> anyhow::Result<()> {
    let mut stopped = stop.clone();
    let until_stopped = async move {
        let _ = stopped.wait_for(|&stop| stop).await;
    };
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(until_stopped).into_future();
    let patience = async {
        if stop.wait_for(|&stop| stop).await.is_err() {
            std::future::pending::<()>().await;
        }
        tokio::time::sleep(grace).await;
    };
    tokio::select! {
        served = serving => served?,
        // Whoever follows a run listens for as long as it takes, and resumes with another server.
        () = patience => tracing::info!("some answers had not ended in time"),
    }
    Ok(())
}

/// The usual pace, for `demo`.
pub(crate) fn work(app: &App, stop: &watch::Receiver<bool>) -> anyhow::Result<Background> {
    let (store, command) = (app.store().clone(), solver_command()?);
    let mut background = Background::new(stop);
    keep_deadlines(&store, &mut background);
    let app = app.clone();
    background.keep("mail", move |stop| needmatch_worker::send_mail(app.clone(), needmatch_worker::Mailer::Log, stop));
    background
        .keep("runs", move |stop| needmatch_worker::work_at(store.clone(), command.clone(), stop, Pace::default()));
    Ok(background)
}
