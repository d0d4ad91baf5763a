//! A service of one test's own: a database, a port, and workers where the test wants them.

use std::sync::Mutex;
use std::time::Duration;

use needmatch_app::access::Seal;
use needmatch_app::store::Store;
use needmatch_app::store::keys::PartyKey;
use needmatch_app::store::words::PartyKind;
use needmatch_app::webhooks::Destinations;
use needmatch_app::{App, Principal, Scope, Surface, parties, tokens};
use needmatch_test_postgres::Database;
use needmatch_worker::solver::SolverCommand;
use needmatch_worker::{MailServer, Mailer, Pace, work_at};
use serde_json::json;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::client::Client;

/// What holds the data as long as the test runs.
enum Holding {
    Directory(#[expect(dead_code, reason = "kept until the test ends")] TempDir),
    Database(#[expect(dead_code, reason = "kept until the test ends")] Database),
}

/// A running service.
pub(crate) struct Service {
    pub(crate) app: App,
    /// Of the database.
    pub(crate) url: String,
    address: String,
    receiver: Mutex<Option<TcpListener>>,
    stop: watch::Sender<bool>,
    workers: Mutex<Vec<tokio::task::JoinHandle<()>>>,
    _holding: Holding,
}

/// A party with a token of every scope.
pub(crate) struct Party {
    pub(crate) key: PartyKey,
    pub(crate) client: Client,
}

pub(crate) fn surface() -> Surface {
    Surface { name: "cli", request_id: "test".to_owned() }
}

impl Service {
    pub(crate) async fn on_sqlite() -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let url = format!("sqlite://{}", directory.path().join("register.db").display());
        Self::start(&url, Holding::Directory(directory)).await
    }

    pub(crate) async fn on_postgres() -> Self {
        let database = tokio::task::spawn_blocking(needmatch_test_postgres::database).await;
        let database = database.expect("a task").expect("a PostgreSQL server");
        let url = database.url.clone();
        Self::start(&url, Holding::Database(database)).await
    }

    async fn start(url: &str, holding: Holding) -> Self {
        let store = Store::open(url).await.expect("a store");
        store.migrate().await.expect("a schema");
        let seal = Seal::read(&"5a".repeat(32)).expect("a key");
        let receiver = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let allowed = format!("http://{}", receiver.local_addr().expect("an address"));
        let destinations = Destinations::read(&allowed).expect("an origin");
        let app = App::with_system_clock(store).with_seal(seal).with_destinations(destinations);
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let router = needmatch_api::router(app.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let (receiver, stop, workers) = (Mutex::new(Some(receiver)), watch::Sender::new(false), Mutex::default());
        Self { app, url: url.to_owned(), address, receiver, stop, workers, _holding: holding }
    }

    /// Starts a worker whose solver behaves so: `solve`, `die`, `hang`, `garbage` or `lie`.
    pub(crate) fn worker(&self, behaviour: &str) {
        let pace = Pace {
            lease: Duration::from_secs(3),
            renew: Duration::from_millis(200),
            look: Duration::from_millis(50),
            report: Duration::from_millis(50),
        };
        let work = work_at(self.app.store().clone(), solver(behaviour), self.stop.subscribe(), pace);
        self.workers.lock().expect("nobody panicked").push(tokio::spawn(work));
    }

    /// Starts a worker that calls webhooks.
    pub(crate) fn deliverer(&self) {
        let deliver = needmatch_worker::deliver(self.app.clone(), self.stop.subscribe());
        self.workers.lock().expect("nobody panicked").push(tokio::spawn(deliver));
    }

    /// Starts a worker that sends mail to a server.
    pub(crate) fn mailer(&self, smtp: &str) {
        let (from, site) = ("needmatch <needmatch@example.org>", "https://needmatch.example.org");
        let server = MailServer::read(smtp, from, site, None).expect("a server of mail");
        let send =
            needmatch_worker::send_mail(self.app.clone(), Mailer::Server(Box::new(server)), self.stop.subscribe());
        self.workers.lock().expect("nobody panicked").push(tokio::spawn(send));
    }

    /// The one port of this machine that webhooks may lead to; it is given once.
    pub(crate) fn receiver(&self) -> TcpListener {
        self.receiver.lock().expect("nobody panicked").take().expect("it was not given before")
    }

    /// Tells the workers to stop and waits for them.
    pub(crate) async fn stop_workers(&self) {
        self.stop.send_replace(true);
        let workers = std::mem::take(&mut *self.workers.lock().expect("nobody panicked"));
        for worker in workers {
            worker.await.expect("a worker ends in order");
        }
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// A client without a token.
    pub(crate) fn public(&self) -> Client {
        Client::new(&self.address, None)
    }

    /// A client with this token.
    pub(crate) fn with_token(&self, token: &str) -> Client {
        Client::new(&self.address, Some(token))
    }

    /// Registers a party and gives it a token of these scopes.
    pub(crate) async fn party_with(&self, kind: PartyKind, code: &str, scopes: &[Scope]) -> Party {
        let operator = Principal::operator();
        let mut transaction = self.app.begin(&operator, &surface()).await.expect("a transaction");
        let document = json!({ "kind": kind.name(), "code": code, "name": code });
        let party = parties::register(&mut transaction, &operator, &document).await.expect("a party");
        let issued = tokens::issue_to(&mut transaction, &operator, party.key, "test", scopes).await.expect("a token");
        transaction.commit().await.expect("a commit");
        Party { key: party.key, client: Client::new(&self.address, Some(issued.secret.reveal())) }
    }

    /// Registers a party and gives it a token of every scope.
    pub(crate) async fn party(&self, kind: PartyKind, code: &str) -> Party {
        self.party_with(kind, code, &Scope::ALL).await
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.stop.send_replace(true);
    }
}

/// A solver that behaves so.
pub(crate) fn solver(behaviour: &str) -> SolverCommand {
    SolverCommand {
        program: env!("CARGO_BIN_EXE_needmatch-test-solver").into(),
        arguments: vec![behaviour.into()],
        memory_mebibytes: 4 << 10,
    }
}
