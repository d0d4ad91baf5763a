//! Two worlds that differ in one hidden thing — an offer, a request, a programme, a report, a package, a draft among joint
//! requests, what is tried in a sandbox — give everybody who may not know of it identical bytes before publication: every
//! list, count, finding, page and error. What is hidden may have ended meanwhile. The registers are drawn at random, on
//! both databases; both worlds are frozen and matched after they part. `NEEDMATCH_TEST_SEED` tells a run again.

use std::sync::Arc;
use std::time::UNIX_EPOCH;

use jiff::Timestamp;
use needmatch_app::{Clock, Principal, Surface, offers};
use needmatch_test_postgres::{Database, copy_of, database};
use proptest::prelude::RngExt;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::asking::Answer;
use crate::callers::Caller;
use crate::rows::{ROWS, Row};
use crate::world::{World, offer, request, round};

/// Registers drawn on each database.
const REGISTERS: usize = 14;

/// Headers that differ from answer to answer.
const PASSING: [&str; 2] = ["x-request-id", "date"];

const STATE: &str = "manager of SEN";
const OTHER_STATE: &str = "manager of KEN";
const PROVIDER: &str = "manager of Halvorland";
const COORDINATOR: &str = "manager of the secretariat";

fn clock() -> Clock {
    let moment: Timestamp = "2026-11-22T12:00:00Z".parse().expect("a moment");
    Arc::new(move || moment)
}

/// Where a register is kept.
enum Place {
    File(TempDir),
    Database(Database),
}

impl Place {
    fn file() -> Self {
        Self::File(tempfile::tempdir().expect("a directory"))
    }

    async fn database() -> Self {
        let made = tokio::task::spawn_blocking(database).await.expect("a task");
        Self::Database(made.expect("a PostgreSQL server"))
    }

    fn url(&self) -> String {
        match self {
            Self::File(directory) => format!("sqlite://{}", directory.path().join("register.db").display()),
            Self::Database(database) => database.url.clone(),
        }
    }

    /// Another register that holds the same. Nobody may have this one open.
    async fn copied(self) -> (Self, Self) {
        match self {
            Self::File(directory) => {
                let other = tempfile::tempdir().expect("a directory");
                let (from, to) = (directory.path().join("register.db"), other.path().join("register.db"));
                std::fs::copy(from, to).expect("a copy");
                (Self::File(directory), Self::File(other))
            }
            Self::Database(database) => {
                let copied = tokio::task::spawn_blocking(move || (copy_of(&database), database)).await;
                let (other, database) = copied.expect("a task");
                (Self::Database(database), Self::Database(other.expect("a copy")))
            }
        }
    }
}

/// Requests, offers and programmes of any visibility, in any state; answers the addresses of the round and of everything.
async fn draw(world: &World, rng: &mut TestRng) -> (String, Vec<String>) {
    let none = || json!({});
    let mut addresses = Vec::new();
    for number in 0..rng.random_range(2..6) {
        let asked = request(&format!("Request {number}"));
        let (address, _) = world.make(STATE, "POST", "/api/v1/requests", None, &asked).await;
        let circulation = ["providers", "public"][rng.random_range(0..2)];
        let steps = [
            (STATE, "endorse", none()),
            (STATE, "submit", none()),
            (COORDINATOR, "authenticate", json!({ "priority": rng.random_range(1..=5) })),
            (STATE, "circulate", json!({ "circulation": circulation })),
        ];
        world.steps(&address, &steps[..rng.random_range(0..=4)]).await;
        addresses.push(address);
    }
    for number in 0..rng.random_range(1..5) {
        let visibility = ["confidential", "parties", "public"][rng.random_range(0..3)];
        let offered = offer(&format!("Offer {number}"), visibility);
        let (address, _) = world.make(PROVIDER, "POST", "/api/v1/offers", None, &offered).await;
        let steps = [(PROVIDER, "submit", none()), (COORDINATOR, "confirm", none())];
        world.steps(&address, &steps[..rng.random_range(0..=2)]).await;
        addresses.push(address);
    }
    for number in 0..rng.random_range(0..3) {
        let visibility = ["confidential", "parties", "public"][rng.random_range(0..3)];
        let document = programme(&format!("Programme {number}"), visibility);
        let (address, _) = world.make(PROVIDER, "POST", "/api/v1/programmes", None, &document).await;
        world.steps(&address, &[(COORDINATOR, "confirm", none())][..rng.random_range(0..=1)]).await;
        addresses.push(address);
    }
    let package = json!({ "code": "joint", "title": "Joint", "invited": ["KEN"] });
    let (address, _) = world.make(STATE, "POST", "/api/v1/packages", None, &package).await;
    world.steps(&address, &[(OTHER_STATE, "join", none())]).await;
    addresses.push(address);
    let (round, _) = world.make(COORDINATOR, "POST", "/api/v1/rounds", None, &round("Round")).await;
    addresses.push(round.clone());
    (round, addresses)
}

fn programme(title: &str, visibility: &str) -> Value {
    json!({ "title": title, "state": "SEN", "area": "record_keeping", "amount": 1, "visibility": visibility })
}

/// Ends it, or leaves it standing: that what nobody was shown has ended shows it to nobody.
async fn end(world: &World, rng: &mut TestRng, address: &str, owner: &str) {
    let ends = [(owner, "withdraw", json!({})), (COORDINATOR, "expire", json!({}))];
    if let Some(step) = ends.get(rng.random_range(0..3)) {
        world.steps(address, std::slice::from_ref(step)).await;
    }
}

/// Hides one thing; answers whose it is, and whom it is for.
async fn hide(world: &World, rng: &mut TestRng, kind: &str) -> &'static [&'static str] {
    match kind {
        "offer" => {
            let (visibility, steps) = [("confidential", 2), ("public", 0), ("parties", 1)][rng.random_range(0..3)];
            let offered = offer("Hidden", visibility);
            let (address, _) = world.make(PROVIDER, "POST", "/api/v1/offers", None, &offered).await;
            let all = [(PROVIDER, "submit", json!({})), (COORDINATOR, "confirm", json!({}))];
            world.steps(&address, &all[..steps]).await;
            end(world, rng, &address, PROVIDER).await;
            &["Halvorland"]
        }
        "request" => {
            let (address, _) = world.make(STATE, "POST", "/api/v1/requests", None, &request("Hidden")).await;
            let all = [
                (STATE, "endorse", json!({})),
                (STATE, "submit", json!({})),
                (COORDINATOR, "authenticate", json!({ "priority": 1 })),
            ];
            world.steps(&address, &all[..rng.random_range(0..=3)]).await;
            end(world, rng, &address, STATE).await;
            &["SEN"]
        }
        "joint request" => {
            let mut asked = request("Hidden");
            (asked["state"], asked["package"]) = (json!("KEN"), json!("SEN/joint"));
            let (address, _) = world.make(OTHER_STATE, "POST", "/api/v1/requests", None, &asked).await;
            end(world, rng, &address, OTHER_STATE).await;
            &["KEN"]
        }
        "programme" => {
            let hidden = programme("Hidden", "confidential");
            let (address, _) = world.make(PROVIDER, "POST", "/api/v1/programmes", None, &hidden).await;
            world.steps(&address, &[(COORDINATOR, "confirm", json!({}))][..rng.random_range(0..=1)]).await;
            &["Halvorland", "SEN"]
        }
        "package" => {
            let document = json!({ "code": "hidden", "title": "Hidden" });
            world.make(OTHER_STATE, "POST", "/api/v1/packages", None, &document).await;
            let mut asked = request("Hidden");
            (asked["state"], asked["package"]) = (json!("KEN"), json!("KEN/hidden"));
            let (address, _) = world.make(OTHER_STATE, "POST", "/api/v1/requests", None, &asked).await;
            let steps = [(OTHER_STATE, "endorse", json!({})), (OTHER_STATE, "submit", json!({}))];
            world.steps(&address, &steps[..rng.random_range(0..=2)]).await;
            end(world, rng, &address, OTHER_STATE).await;
            &["KEN"]
        }
        "report" => {
            let report = json!({
                "state": "SEN", "year": 2026, "title": "Hidden",
                "sections": [{ "section": "marking", "ask": "Assistance for marking" }],
            });
            world.make(STATE, "POST", "/api/v1/reports", None, &report).await;
            &["SEN"]
        }
        "sandbox" => {
            let sandbox = json!({ "kind": "provider", "code": "sandbox-x", "name": "Hidden", "sandbox": true });
            world.make(COORDINATOR, "POST", "/api/v1/parties", None, &sandbox).await;
            let (operator, surface) = (Principal::operator(), Surface { name: "cli", request_id: "test".to_owned() });
            let mut transaction = world.app.begin(&operator, &surface).await.expect("a transaction");
            let mut offered = offer("Hidden", "public");
            offered["provider"] = json!("sandbox-x");
            let made = offers::create(&mut transaction, &operator, &offered).await.expect("an offer");
            for (version, step) in [(1, "submit"), (2, "confirm")] {
                offers::take_step(&mut transaction, &operator, made.key, version, step, None).await.expect("a step");
            }
            transaction.commit().await.expect("a commit");
            &["sandbox-x"]
        }
        other => panic!("nothing is known of hiding a {other}"),
    }
}

/// Frozen and matched, but not published.
async fn match_round(world: &World, round: &str) {
    world.steps(round, &[(COORDINATOR, "freeze", json!({}))]).await;
    let base = json!({ "name": "base" });
    let (scenario, _) = world.make(COORDINATOR, "POST", &format!("{round}/scenarios"), None, &base).await;
    let (_, run): (String, Value) =
        world.make(COORDINATOR, "POST", &format!("{scenario}/runs"), None, &json!({})).await;
    world.solve(run["id"].as_str().expect("a key").parse().expect("a key")).await;
}

fn shown(answer: &Answer) -> (u16, Vec<(String, String)>, String) {
    let headers = answer.headers.iter().filter(|(name, _)| !PASSING.contains(&name.as_str()));
    let headers =
        headers.map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
    (answer.status, headers.collect(), String::from_utf8_lossy(&answer.body).into_owned())
}

/// Everything that can be read: every route about nothing, every list by pages, every route about each of the objects.
fn questions(addresses: &[String]) -> Vec<String> {
    let reads = || ROWS.iter().filter(|row| row.method == "GET");
    let mut questions: Vec<String> =
        reads().filter(|row| row.on.is_none() && !row.path.contains('{')).map(|row| row.path.to_owned()).collect();
    for table in ["requests", "components", "offers", "offer_periods", "programmes"] {
        questions.push(format!("/api/v1/exports/{table}"));
    }
    for list in ["requests", "packages", "offers", "rounds", "runs", "programmes", "reports"] {
        questions.push(format!("/api/v1/{list}?limit=1"));
        questions.push(format!("/api/v1/{list}?order=oldest&limit=2"));
    }
    for address in addresses {
        let (list, id) = address.rsplit_once('/').expect("an address of an object");
        let about = |row: &&Row| row.path.strip_prefix(list).is_some_and(|rest| rest.starts_with("/{id}"));
        questions.extend(reads().filter(about).map(|row| row.path.replace("{id}", id)));
    }
    questions.retain(|question| !question.contains('{'));
    questions
}

async fn compare(one: &World, other: &World, owners: &[&str], addresses: &[String]) {
    let questions = questions(addresses);
    let mut asked = 0;
    let is_kept = |caller: &&Caller| !owners.iter().chain(&["UN"]).any(|party| caller.acts_for(party));
    for caller in one.callers.iter().filter(is_kept) {
        for world in [one, other] {
            world.note_first_use(caller).await;
        }
        for question in &questions {
            let (left, right) = (one.get(caller, question).await, other.get(caller, question).await);
            assert_eq!(shown(&left), shown(&right), "{question} asked by {}", caller.name);
            asked += 1;
        }
    }
    assert!(asked > 200, "{asked}");
}

/// A round that is matched with the hidden thing in it and without.
async fn nothing_is_told(place: Place, kind: &str, rng: &mut TestRng) {
    let mut before = World::empty(&place.url(), clock()).await;
    before.register().await;
    let (round, addresses) = draw(&before, rng).await;
    let callers = before.callers.clone();
    before.app.store().close().await;
    let (left, right) = place.copied().await;
    let reopen = async |place: &Place| {
        let mut world = World::empty(&place.url(), clock()).await;
        world.callers.clone_from(&callers);
        world
    };
    let (one, other) = (reopen(&left).await, reopen(&right).await);
    let owners = hide(&other, rng, kind).await;
    compare(&one, &other, owners, &addresses).await;
    match_round(&one, &round).await;
    match_round(&other, &round).await;
    compare(&one, &other, owners, &addresses).await;
    one.app.store().close().await;
    other.app.store().close().await;
}

async fn hold_on(place: impl AsyncFn() -> Place) {
    let told = std::env::var("NEEDMATCH_TEST_SEED").ok().map(|text| text.parse().expect("a seed is a whole number"));
    let seed: u64 = told.unwrap_or_else(|| UNIX_EPOCH.elapsed().map_or(0, |since| u64::from(since.subsec_nanos())));
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let kinds = ["offer", "request", "programme", "report", "package", "joint request", "sandbox"];
    for kind in kinds.into_iter().cycle().take(REGISTERS) {
        eprintln!("a hidden {kind}; told again by NEEDMATCH_TEST_SEED={seed}");
        nothing_is_told(place().await, kind, runner.rng()).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_hidden_changes_no_byte_that_others_see_before_publication_on_sqlite() {
    hold_on(async || Place::file()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_hidden_changes_no_byte_that_others_see_before_publication_on_postgres() {
    hold_on(Place::database).await;
}
