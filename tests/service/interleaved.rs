//! What ends while a round is published: withdrawals, expiries and answers fall anywhere into the publication, by a seed,
//! on both engines. Afterwards nothing that has ended has an open proposal, every answer that was acknowledged stands, and
//! the ledger adds up.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use needmatch_app::validity::expire_overdue;
use needmatch_app::{App, AppError};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use crate::client::{Answer, Client};
use crate::consent::{decide, path_of};
use crate::matching::{Parties, available, circulated, parties, scenario};
use crate::server::Service;
use crate::validity::{today, tomorrow};

/// Requests with an offer each, in every turn.
const PAIRS: usize = 12;

/// Publications on each database.
const TURNS: u64 = 3;

/// Everything begins within so many milliseconds.
const WITHIN: u64 = 250;

/// What callers were told of their answers, by the address of the proposal: where it then stood.
type Acknowledged = Arc<Mutex<BTreeMap<String, &'static str>>>;

/// `SplitMix64`: the same moments for the same seed.
struct Moments(u64);

impl Moments {
    fn next(&mut self) -> Duration {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Duration::from_millis((mixed ^ (mixed >> 31)) % WITHIN)
    }
}

/// Takes a step until it is taken or not possible any more, however often somebody is in the way.
async fn insist(client: &Client, path: &str, step: &str, body: &Value) -> Answer {
    loop {
        let version = client.get(path).await.expect(200).version();
        let answer = client.step(path, version, step, body).await;
        if !matches!(answer.status.as_u16(), 412 | 503) {
            return answer;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Requests and offers of a turn: every third of each is valid until today.
async fn register(parties: &Parties, turn: u64) -> (Vec<String>, Vec<String>) {
    let (mut requests, mut offers) = (Vec::new(), Vec::new());
    for pair in 0..PAIRS {
        let name = format!("t{turn}-{pair}");
        let day = if pair % 3 == 0 { json!(today().to_string()) } else { Value::Null };
        let request = json!({ "title": name, "area": "record_keeping", "valid_until": day, "components": [
            { "reference": name, "type": "training", "unit": "place", "quantity": 10, "minimum": 10, "unit_cost": 100 }] });
        requests.push(circulated(parties, &request).await);
        let day = if pair % 3 == 1 { json!(today().to_string()) } else { Value::Null };
        let offer = json!({ "title": name, "form": "money", "unit": "USD", "quantity": 1000, "valid_until": day });
        offers.push(available(parties, &offer).await);
    }
    (requests, offers)
}

/// Answers open proposals as they come up, until told that all is over: some are declined, some accepted by both sides.
fn answering(parties: &Parties, round: &str, until: Instant, told: &Acknowledged) -> JoinHandle<()> {
    let (state, provider) = (parties.state.client.clone(), parties.provider.client.clone());
    let (round, told) = (round.rsplit('/').next().expect("a key").to_owned(), told.clone());
    tokio::spawn(async move {
        let list = format!("/api/v1/proposals?round={round}&lifecycle=proposed&order=oldest&limit=100");
        while Instant::now() < until {
            let open = state.get(&list).await.expect(200).body;
            for (number, proposal) in open["items"].as_array().expect("a list").iter().enumerate() {
                let (path, version) = (path_of(proposal), proposal["version"].as_i64().expect("a version"));
                if number % 2 == 0 {
                    let reason = json!({ "reason": "not now" });
                    if decide(&state, &path, version, "decline", &reason).await.status.is_success() {
                        told.lock().expect("nobody panicked").insert(path, "declined");
                    }
                    continue;
                }
                let half = decide(&state, &path, version, "accept", &json!({})).await;
                if half.status.is_success()
                    && decide(&provider, &path, half.version(), "accept", &json!({})).await.status.is_success()
                {
                    told.lock().expect("nobody panicked").insert(path, "agreed");
                }
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    })
}

fn ending(client: &Client, path: &str, step: &'static str, after: Duration) -> JoinHandle<()> {
    let (client, path) = (client.clone(), path.to_owned());
    tokio::spawn(async move {
        tokio::time::sleep(after).await;
        let answer = insist(&client, &path, step, &json!({})).await;
        assert!(matches!(answer.status.as_u16(), 200 | 409), "{}", answer.body);
    })
}

fn expiring(app: &App, after: Duration) -> JoinHandle<()> {
    let app = app.clone();
    tokio::spawn(async move {
        tokio::time::sleep(after).await;
        loop {
            match expire_overdue(&app).await {
                Ok(0) => return,
                Ok(_) | Err(AppError::Busy) => tokio::time::sleep(Duration::from_millis(5)).await,
                Err(error) => panic!("{error}"),
            }
        }
    })
}

/// Publishes a run while a third of what it matches ends; answers what callers were told.
async fn publish_amid(service: &Service, parties: &Parties, turn: u64) -> (String, Acknowledged) {
    let (requests, offers) = register(parties, turn).await;
    let coordinator = &parties.coordinator.client;
    let round = json!({ "name": format!("Turn {turn}"), "periods": ["2027"],
        "settings": { "currency": "USD", "as_of": "2026-11-22", "limits": { "seconds": 10 } } });
    let (round, scenario) = scenario(coordinator, &round).await;
    let run = coordinator.post(&format!("{scenario}/runs"), &json!({})).await.expect(202).location();
    let ended = coordinator.wait(&run).await;
    assert!(ended["result"]["matches"].as_i64() >= Some(6), "{ended}");

    let (mut moments, told) = (Moments(turn), Acknowledged::default());
    let until = Instant::now() + Duration::from_millis(2 * WITHIN);
    let mut all = vec![answering(parties, &round, until, &told)];
    for pair in (0..PAIRS).filter(|pair| pair % 3 == 2) {
        all.push(ending(&parties.state.client, &requests[pair], "withdraw", moments.next()));
        all.push(ending(&parties.provider.client, &offers[(pair + 1) % PAIRS], "withdraw", moments.next()));
    }
    let tomorrow = tomorrow(service);
    all.extend((0..2).map(|_| expiring(&tomorrow, moments.next())));
    let publishing = {
        let (client, round, run, after) = (coordinator.clone(), round.clone(), ended["id"].clone(), moments.next());
        tokio::spawn(async move {
            tokio::time::sleep(after).await;
            insist(&client, &round, "publish", &json!({ "run": run })).await.expect(200);
        })
    };
    all.push(publishing);
    for one in all {
        one.await.expect("nobody panicked");
    }
    (round, told)
}

async fn nothing_that_has_ended_is_left_open(service: &Service) {
    service.worker("solve");
    let parties = parties(service).await;
    let coordinator = &parties.coordinator.client;
    let mut ends: BTreeMap<String, u32> = BTreeMap::new();
    for turn in 1..=TURNS {
        let (round, told) = publish_amid(service, &parties, turn).await;
        let key = round.rsplit('/').next().expect("a key");
        let made = coordinator.get(&format!("/api/v1/proposals?round={key}&limit=100")).await.expect(200).body;
        let mut told = std::mem::take(&mut *told.lock().expect("nobody panicked"));
        for proposal in made["items"].as_array().expect("a list") {
            let of = async |kind: &str| {
                let path = format!("/api/v1/{kind}s/{}", proposal[kind].as_str().expect("a key"));
                coordinator.get(&path).await.expect(200).body["lifecycle"].as_str().expect("a state").to_owned()
            };
            let (request, offer) = (of("request").await, of("offer").await);
            let has_ended = |state: &str| matches!(state, "withdrawn" | "expired");
            let stands = proposal["lifecycle"].as_str().expect("a state");
            let is_open = stands == "proposed";
            assert!(!is_open || !(has_ended(&request) || has_ended(&offer)), "{request} {offer} {proposal}");
            if let Some(answered) = told.remove(&path_of(proposal)) {
                let reason = if answered == "declined" { json!("not now") } else { Value::Null };
                assert_eq!((stands, &proposal["reason"]), (answered, &reason), "{proposal}");
            }
            let how = proposal["ending"].as_str().unwrap_or(stands);
            *ends.entry(how.to_owned()).or_default() += 1;
        }
        assert!(told.is_empty(), "what was answered is gone: {told:?}");
        assert_eq!(service.app.read().await.unwrap().recount_ledger().await.unwrap(), []);
    }
    assert!(ends.len() > 1, "publications met endings: {ends:?}");
    assert_eq!(service.app.read().await.unwrap().verify_audit().await.unwrap().findings, []);
}

crate::on_both_databases!(nothing_that_has_ended_is_left_open);
