//! The program, called as an operator calls it, on a register made for the test.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use needmatch_app::store::Store;
use needmatch_app::{App, Principal, Scope, Surface, parties, rounds, tokens};
use serde_json::json;
use tempfile::TempDir;

/// A register on SQLite with a round, and the token of its coordinator.
pub(crate) struct Made {
    pub(crate) directory: TempDir,
    pub(crate) url: String,
    pub(crate) token: String,
    pub(crate) scenario: String,
}

impl Made {
    pub(crate) async fn new() -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let url = sqlite(&directory.path().join("register.db"));
        let store = Store::open(&url).await.expect("a store");
        store.migrate().await.expect("a schema");
        let app = App::with_system_clock(store);
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
        app.store().close().await;
        Self { directory, url, token: issued.secret.reveal().to_owned(), scenario }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// Calls the program on this register.
    pub(crate) fn call(&self, arguments: &[&str]) -> Called {
        call(&self.url, arguments)
    }
}

pub(crate) fn sqlite(path: &Path) -> String {
    format!("sqlite://{}", path.display())
}

/// What the program answered.
#[derive(Debug)]
pub(crate) struct Called {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) told: String,
}

/// Calls the program on a register.
pub(crate) fn call(url: &str, arguments: &[&str]) -> Called {
    let mut command = Command::new(env!("CARGO_BIN_EXE_needmatch"));
    let Output { status, stdout, stderr } =
        command.args(arguments).env("DATABASE_URL", url).output().expect("needmatch starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Called { code: status.code().unwrap_or(-1), out: text(stdout), told: text(stderr) }
}

impl Called {
    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}{}", self.out, self.told);
        self
    }
}

pub(crate) fn text(path: &Path) -> String {
    path.to_str().expect("a path in UTF-8").to_owned()
}
