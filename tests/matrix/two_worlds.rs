//! Two worlds that differ in one hidden offer give everybody who may not know of it identical bytes before publication:
//! every list, count, page and error. The registers are drawn at random; both worlds are frozen and matched after they
//! part.

use std::sync::Arc;

use jiff::Timestamp;
use needmatch_app::Clock;
use proptest::prelude::RngExt;
use proptest::test_runner::{Config, TestRng, TestRunner};
use serde_json::{Value, json};

use crate::asking::Answer;
use crate::callers::Caller;
use crate::rows::ROWS;
use crate::world::{World, offer, request, round};

/// Registers drawn.
const REGISTERS: u32 = 4;

/// Headers that differ from answer to answer.
const PASSING: [&str; 2] = ["x-request-id", "date"];

fn clock() -> Clock {
    let moment: Timestamp = "2026-11-22T12:00:00Z".parse().expect("a moment");
    Arc::new(move || moment)
}

/// Somebody who may not know of Halvorland's hidden offers.
fn is_kept_from(caller: &Caller) -> bool {
    !caller.acts_for("Halvorland") && !caller.acts_for("UN")
}

/// Requests and offers of any visibility, in any state; answers the addresses of the round and of everything.
async fn draw(world: &World, rng: &mut TestRng) -> (String, Vec<String>) {
    let (state, provider, un) = ("manager of SEN", "manager of Halvorland", "manager of the secretariat");
    let none = || json!({});
    let mut addresses = Vec::new();
    for number in 0..rng.random_range(2..6) {
        let asked = request(&format!("Request {number}"));
        let (address, _) = world.make(state, "POST", "/api/v1/requests", None, &asked).await;
        let circulation = ["providers", "public"][rng.random_range(0..2)];
        let steps = [
            (state, "endorse", none()),
            (state, "submit", none()),
            (un, "authenticate", json!({ "priority": rng.random_range(1..=5) })),
            (state, "circulate", json!({ "circulation": circulation })),
        ];
        world.steps(&address, &steps[..rng.random_range(0..=4)]).await;
        addresses.push(address);
    }
    for number in 0..rng.random_range(1..5) {
        let visibility = ["confidential", "parties", "public"][rng.random_range(0..3)];
        let offered = offer(&format!("Offer {number}"), visibility);
        let (address, _) = world.make(provider, "POST", "/api/v1/offers", None, &offered).await;
        let steps = [(provider, "submit", none()), (un, "confirm", none())];
        world.steps(&address, &steps[..rng.random_range(0..=2)]).await;
        addresses.push(address);
    }
    let (round, _) = world.make(un, "POST", "/api/v1/rounds", None, &round("Round")).await;
    addresses.push(round.clone());
    (round, addresses)
}

/// The offer by which the worlds differ.
async fn hide(world: &World, rng: &mut TestRng) {
    let (provider, un) = ("manager of Halvorland", "manager of the secretariat");
    let (visibility, steps) = [("confidential", 2), ("public", 0), ("parties", 1)][rng.random_range(0..3)];
    let (address, _) = world.make(provider, "POST", "/api/v1/offers", None, &offer("Hidden", visibility)).await;
    let all = [(provider, "submit", json!({})), (un, "confirm", json!({}))];
    world.steps(&address, &all[..steps]).await;
}

/// Frozen and matched, but not published.
async fn match_round(world: &World, round: &str) {
    let un = "manager of the secretariat";
    world.steps(round, &[(un, "freeze", json!({}))]).await;
    let (scenario, _) = world.make(un, "POST", &format!("{round}/scenarios"), None, &json!({ "name": "base" })).await;
    let (_, run): (String, Value) = world.make(un, "POST", &format!("{scenario}/runs"), None, &json!({})).await;
    world.solve(run["id"].as_str().expect("a key").parse().expect("a key")).await;
}

fn shown(answer: &Answer) -> (u16, Vec<(String, String)>, String) {
    let headers = answer.headers.iter().filter(|(name, _)| !PASSING.contains(&name.as_str()));
    let headers =
        headers.map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
    (answer.status, headers.collect(), String::from_utf8_lossy(&answer.body).into_owned())
}

async fn compare(one: &World, other: &World, addresses: &[String]) {
    let mut questions: Vec<String> = ROWS
        .iter()
        .filter(|row| row.method == "GET" && row.on.is_none() && !row.path.contains('{'))
        .map(|row| row.path.to_owned())
        .collect();
    for list in ["/api/v1/requests", "/api/v1/offers", "/api/v1/rounds", "/api/v1/runs"] {
        questions.extend([format!("{list}?limit=1"), format!("{list}?order=oldest&limit=2")]);
    }
    for address in addresses {
        questions.extend([address.clone(), format!("{address}/components"), format!("{address}/scenarios")]);
    }
    let mut asked = 0;
    for caller in one.callers.iter().filter(|caller| is_kept_from(caller)) {
        for question in &questions {
            let (left, right) = (one.get(caller, question).await, other.get(caller, question).await);
            assert_eq!(shown(&left), shown(&right), "{question} asked by {}", caller.name);
            asked += 1;
        }
    }
    assert!(asked > 100, "{asked}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hidden_offer_changes_no_byte_that_others_see_before_publication() {
    let seed = [u8::try_from(std::process::id() % 251).expect("below 251"); 32];
    let seed = std::env::var_os("NEEDMATCH_TEST_SEED").map_or(seed, |_| [7; 32]);
    let rng = TestRng::from_seed(proptest::test_runner::RngAlgorithm::ChaCha, &seed);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    for number in 0..REGISTERS {
        eprintln!("register {number}, seed {seed:?}");
        let directory = tempfile::tempdir().expect("a directory");
        let file = |name: &str| directory.path().join(name);
        let url = |name: &str| format!("sqlite://{}", file(name).display());
        let mut before = World::empty(&url("one.db"), clock()).await;
        before.register().await;
        let (round, addresses) = draw(&before, runner.rng()).await;
        let callers = before.callers.clone();
        before.app.store().close().await;
        std::fs::copy(file("one.db"), file("other.db")).expect("a copy");
        let reopen = async |name: &str| {
            let mut world = World::empty(&url(name), clock()).await;
            world.callers.clone_from(&callers);
            world
        };
        let (one, other) = (reopen("one.db").await, reopen("other.db").await);
        hide(&other, runner.rng()).await;
        compare(&one, &other, &addresses).await;
        match_round(&one, &round).await;
        match_round(&other, &round).await;
        compare(&one, &other, &addresses).await;
    }
}
