//! The register that the machines share, looked into from outside.

use std::time::{Duration, Instant};

use needmatch_app::store::runs::{Run, RunFilter};
use needmatch_app::store::{Order, Page, Store, Viewer};
use needmatch_app::{App, Principal, Scope, Surface, parties, rounds, tokens};
use needmatch_store::keys::RunKey;
use needmatch_test_postgres::Database;
use serde_json::json;

use crate::processes::Addresses;

/// A register with a frozen round and a coordinator.
pub(crate) struct Register {
    store: Store,
    token: String,
    scenario: String,
    database: Database,
}

impl Register {
    pub(crate) async fn new() -> Self {
        let database = tokio::task::spawn_blocking(needmatch_test_postgres::database).await.expect("a task");
        let database = database.expect("a PostgreSQL server");
        let store = Store::open(&database.url).await.expect("a store");
        store.migrate().await.expect("a schema");
        let app = App::with_system_clock(store.clone());
        let (operator, surface) = (Principal::operator(), Surface { name: "cli", request_id: "test".to_owned() });
        let mut transaction = app.begin(&operator, &surface).await.expect("a transaction");
        let document = json!({ "kind": "coordinator", "code": "UN", "name": "Secretariat" });
        let party = parties::register(&mut transaction, &operator, &document).await.expect("a party").key;
        let issued = tokens::issue_to(&mut transaction, &operator, party, "test", &Scope::ALL).await.expect("a token");
        transaction.commit().await.expect("a commit");
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios/first-steps");
        let scenario = needmatch_exchange::read_folder(folder.as_ref()).expect("the scenario reads");
        let imported = rounds::import(&app, &operator, &surface, party, "first steps", &scenario).await;
        let scenario = imported.expect("the folder can be imported").scenario.key.to_string();
        Self { store, token: issued.secret.reveal().to_owned(), scenario, database }
    }

    pub(crate) fn url(&self) -> &str {
        &self.database.url
    }

    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// Starts a run for each key, on one server after another, again and again until one takes it. Answers the addresses
    /// of the runs.
    pub(crate) fn start_runs(
        &self,
        addresses: Addresses,
        keys: Vec<String>,
    ) -> impl Future<Output = Vec<String>> + Send + 'static {
        let (token, path) = (self.token.clone(), format!("/api/v1/scenarios/{}/runs", self.scenario));
        async move {
            let http = reqwest::Client::new();
            let mut runs = Vec::new();
            let mut tries = 0;
            for key in keys {
                let run = loop {
                    tries += 1;
                    assert!(tries < 2_000, "no server takes the run");
                    let url = format!("{}{path}", addresses.of(tries % addresses.count()));
                    let request = http.post(url).bearer_auth(&token).header("Idempotency-Key", &key).json(&json!({}));
                    match request.send().await {
                        Ok(answer) if answer.status() == 202 => {
                            break answer.headers()["location"].to_str().expect("an address").to_owned();
                        }
                        Ok(answer) if answer.status().as_u16() == 409 || answer.status().is_server_error() => {}
                        Ok(answer) => panic!("{}: {:?}", answer.status(), answer.text().await),
                        // Killed before it answered: the same key asks for the same run.
                        Err(_) => {}
                    }
                    tokio::time::sleep(Duration::from_millis(50)).await;
                };
                runs.push(run);
                tokio::time::sleep(Duration::from_millis(150)).await;
            }
            runs
        }
    }

    /// Waits for the end of a run.
    pub(crate) async fn wait(&self, run: &str, at_most: Duration) -> Run {
        let key: RunKey = run.rsplit('/').next().unwrap_or_default().parse().expect("a key");
        let deadline = Instant::now() + at_most;
        loop {
            let mut session = self.store.read().await.expect("a session");
            let run = session.run(&Viewer::system(), key).await.expect("a run");
            if run.lifecycle.has_ended() {
                return run;
            }
            assert!(Instant::now() < deadline, "the run has not ended: {run:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Every run was made once, ended once, with a plan that recounts; answers attempts and losses together.
    pub(crate) async fn check(&self, runs: &[String], seed: u64) -> (i64, i64) {
        let mut session = self.store.read().await.expect("a session");
        let page = Page { order: Order::Oldest, after: None, limit: 100 };
        let found = session.runs(&Viewer::system(), &RunFilter::default(), &page).await.expect("runs");
        assert_eq!(found.len(), runs.len(), "seed {seed}: a run for each key, and no more");
        let (mut attempts, mut losses) = (0, 0);
        for run in found {
            assert!(runs.iter().any(|address| address.ends_with(&run.key.to_string())), "seed {seed}: {run:?}");
            assert_eq!(run.lifecycle.name(), "succeeded", "seed {seed}: {run:?}");
            let told = session.audit_of(run.key.uuid()).await.expect("an audit log");
            let count = |action: &str| told.iter().filter(|row| row.action == action).count();
            assert_eq!((count("run.start"), count("run.end")), (1, 1), "seed {seed}: {told:?}");
            let file = session.run_file(run.key).await.expect("a plan");
            needmatch_verify::verify_run(file).expect("a plan that recounts");
            let rows = session.plan_rows(&Viewer::system(), run.key, None, 500).await.expect("a plan");
            let summary = session.run_summary(run.key).await.expect("a summary").expect("a result");
            assert_eq!(rows.len() as u64, summary.totals.matches, "seed {seed}: no match is stored twice");
            attempts += run.attempt;
            losses += run.losses;
        }
        let verdict = session.verify_audit().await.expect("a recount");
        assert!(verdict.findings.is_empty(), "seed {seed}: {verdict:?}");
        (attempts, losses)
    }
}
