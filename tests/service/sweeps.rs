//! Sweeps: from many settings to one table, by several workers.

use std::collections::BTreeSet;

use needmatch_app::store::Viewer;
use needmatch_app::store::words::PartyKind;
use needmatch_app::sweeps::{MOST_SETTINGS, MOST_WAITING};
use serde_json::{Value, json};

use crate::client::{Client, send};
use crate::matching::{Parties, available, circulated, parties, scenario};
use crate::server::Service;

/// Twenty places on a course at 900.
fn course() -> Value {
    json!({ "title": "Course", "area": "record_keeping", "priority": 1, "components": [
        { "reference": "clerks", "type": "training", "unit": "place", "quantity": 20, "minimum": 1, "unit_cost": 900 }] })
}

/// Money for them, of which as much again as half may go into delivery.
fn money(reference: &str, delivery_permille: i64) -> Value {
    json!({ "reference": reference, "title": reference, "form": "money", "unit": "USD", "quantity": 27000,
        "areas": ["record_keeping"], "delivery_permille": delivery_permille, "firmness": "pledge" })
}

fn round() -> Value {
    json!({ "name": "Round", "periods": ["2027"], "settings": {
        "currency": "USD", "as_of": "2026-11-22", "limits": { "seconds": 20 },
        "goals": { "order": [{ "goal": "coverage" }, { "goal": "economy", "provider_cost": 1000 }] } } })
}

/// A course, an offer at hand and one far away; answers the parties and the scenario.
async fn prepared(service: &Service) -> (Parties, String) {
    let parties = parties(service).await;
    circulated(&parties, &course()).await;
    available(&parties, &money("near", 1000)).await;
    available(&parties, &money("far", 1500)).await;
    let (_, scenario) = scenario(&parties.coordinator.client, &round()).await;
    (parties, scenario)
}

pub(crate) async fn ended(coordinator: &Client, sweep: &str) -> Value {
    for _ in 0..600 {
        let found = coordinator.get(sweep).await.expect(200).body;
        if found["has_ended"] == true {
            return found;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("{sweep} has not ended in a minute");
}

async fn many_settings_become_one_table(service: &Service) {
    service.worker("solve");
    service.worker("solve");
    let (parties, scenario) = prepared(service).await;
    let coordinator = &parties.coordinator.client;
    let vary = json!({
        "vary": [{ "key": "rules.contribution.threshold", "values": [0, 10] }],
        "run": [
            { "name": "without the near", "drop": { "offers": ["Halvorland/near"] } },
            { "name": "without pledges", "drop": { "pledges": true } },
        ],
    });
    let started = coordinator.post(&format!("{scenario}/sweeps"), &vary).await.expect(202);
    let sweep = started.location();
    assert_eq!((&started.body["settings"], &started.body["vary"]), (&json!(5), &vary));
    let found = ended(coordinator, &sweep).await;
    assert_eq!(found["counts"]["succeeded"], 5, "{found}");

    let table = coordinator.get(&format!("{sweep}/outcomes")).await.expect(200).body;
    assert_eq!((&table["goals"], &table["has_ended"]), (&json!(["coverage", "economy"]), &json!(true)));
    let rows = table["items"].as_array().unwrap();
    let names: Vec<_> = rows.iter().map(|row| row["setting"].as_str().unwrap()).collect();
    let [as_it_stands, lenient, strict] =
        ["unchanged", "rules.contribution.threshold=0", "rules.contribution.threshold=10"];
    assert_eq!(names, [as_it_stands, lenient, strict, "without the near", "without pledges"]);
    // By hand: 20 places from nearby cost one partner, 1,000; from far away also half of 18,000 in delivery. The state
    // contributes nothing, so that a threshold leaves it without, and so does a round without pledges.
    let economy: Vec<_> = rows.iter().map(|row| row["values"][1].as_i64().unwrap()).collect();
    assert_eq!(economy, [-1000, -1000, 0, -10_000, 0], "{table}");
    let coverage: Vec<_> = rows.iter().map(|row| row["values"][0].as_i64().unwrap()).collect();
    let all = coverage[0];
    assert!(all > 0);
    assert_eq!(coverage, [all, all, 0, all, 0], "{table}");
    let marks: Vec<_> = rows.iter().map(|row| row["non_dominated"].as_bool().unwrap()).collect();
    assert_eq!(marks, [true, true, true, false, true], "{table}");
    let first = &rows[0];
    assert_eq!(
        (&first["cost"], &first["requests_completed"], &first["status"]),
        (&json!(18_000), &json!(1), &json!("optimal"))
    );
    assert_eq!((&first["goals"][0]["best"], &first["goals"][0]["bound"]), (&json!(all), &json!(all)));
    assert_eq!((&first["goals"][0]["gap_thousandths"], &first["goals"][1]["value"]), (&json!(0), &json!(-1000)));
    assert_eq!(rows[3]["overrides"], json!({ "drop": { "offers": ["Halvorland/near"] } }));
    assert!(rows.iter().all(|row| row["seconds"].as_f64() >= Some(0.0)), "{table}");

    // Each is an ordinary run: followed, verified, exported.
    let run = format!("/api/v1/runs/{}", rows[3]["run"].as_str().unwrap());
    let seen = coordinator.get(&run).await.expect(200).body;
    assert_eq!((&seen["sweep"], &seen["lifecycle"]), (&found["id"], &json!("succeeded")));
    let file = coordinator.get(&format!("{run}/export")).await.expect(200);
    let verified = needmatch_verify::verify_run(serde_json::from_slice(&file.bytes).unwrap()).expect("it recounts");
    assert_eq!(verified.problem().offers.len(), 1, "the offer that was left out is no part of the problem");
    let same = coordinator.get(&format!("/api/v1/runs?sweep={}", found["id"].as_str().unwrap())).await.expect(200);
    assert_eq!(same.body["items"].as_array().map(Vec::len), Some(5));

    let csv = coordinator.request(reqwest::Method::GET, &format!("{sweep}/outcomes")).header("Accept", "text/csv");
    let csv = send(csv).await.expect(200);
    let mut reader = csv::Reader::from_reader(csv.bytes.as_slice());
    let columns = reader.headers().unwrap().clone();
    let place =
        |name: &str| columns.iter().position(|column| column == name).unwrap_or_else(|| panic!("{name}: {columns:?}"));
    let lines: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(&lines[2][place("set.rules.contribution.threshold")], "10");
    assert_eq!((&lines[3][place("value.economy")], &lines[3][place("non_dominated")]), ("-10000", "false"));

    // Two workers shared the runs between them.
    let mut session = service.app.read().await.unwrap();
    let mut workers = BTreeSet::new();
    for row in rows {
        let key = row["run"].as_str().unwrap().parse().unwrap();
        workers.insert(session.run(&Viewer::system(), key).await.unwrap().worker);
    }
    assert_eq!(workers.len(), 2);
}

async fn a_swept_run_is_published_under_its_own_setting(service: &Service) {
    service.worker("solve");
    let (parties, scenario) = prepared(service).await;
    let coordinator = &parties.coordinator.client;
    let vary = json!({ "unchanged": false, "run": [{ "name": "without the near", "drop": { "offers": ["Halvorland/near"] } }] });
    let sweep = coordinator.post(&format!("{scenario}/sweeps"), &vary).await.expect(202).location();
    ended(coordinator, &sweep).await;
    let table = coordinator.get(&format!("{sweep}/outcomes")).await.expect(200).body;
    let run = table["items"][0]["run"].as_str().unwrap().to_owned();
    let round = coordinator.get(&scenario).await.expect(200).body["round"].as_str().unwrap().to_owned();
    let round = format!("/api/v1/rounds/{round}");
    let version = coordinator.get(&round).await.expect(200).version();
    coordinator.step(&round, version, "publish", &json!({ "run": run })).await.expect(200);
    let proposals = coordinator.get("/api/v1/proposals").await.expect(200).body["items"].as_array().unwrap().clone();
    assert_eq!(proposals.len(), 1, "{proposals:?}");
    let offer = format!("/api/v1/offers/{}", proposals[0]["offer"].as_str().unwrap());
    assert_eq!(coordinator.get(&offer).await.expect(200).body["reference"], "Halvorland/far");
    // The run is everybody's now, what else was tried is not.
    service.public().get(&format!("/api/v1/runs/{run}")).await.expect(200);
    service.public().get(&sweep).await.expect_problem(404, "not_found");
}

async fn what_is_wrong_with_any_setting_is_told_at_once(service: &Service) {
    let (parties, scenario) = prepared(service).await;
    let coordinator = &parties.coordinator.client;
    let path = format!("{scenario}/sweeps");
    let wrong = json!({
        "vary": [
            { "key": "rules.contribution.treshold", "values": [10, 20] },
            { "key": "limits.seconds", "values": [0, 5] },
        ],
        "run": [{ "name": "a", "currency": "XXQ", "drop": { "offers": ["nobody", "Halvorland/near"], "rounds": [] } }],
    });
    let refused = coordinator.post(&path, &wrong).await.expect_problem(422, "invalid");
    let errors: BTreeSet<_> = refused.errors().into_iter().collect();
    let expected = [
        ("/run/0/currency", "unknown_currency"),
        ("/run/0/drop/offers/0", "drop_unknown"),
        ("/run/0/drop/rounds", "unknown_field"),
        ("/vary/0/values/0", "unknown_setting"),
        ("/vary/0/values/1", "unknown_setting"),
        ("/vary/1/values/0", "out_of_range"),
    ];
    assert_eq!(errors, expected.map(|(place, code)| (place.to_owned(), code.to_owned())).into());
    let malformed = json!({ "varied": 1, "vary": [{ "values": [] }], "run": [{ "base": "x" }] });
    let refused = coordinator.post(&path, &malformed).await.expect_problem(422, "invalid");
    let pointers: BTreeSet<_> = refused.errors().into_iter().map(|(pointer, _)| pointer).collect();
    let expected = ["/run/0/base", "/run/0/name", "/varied", "/vary/0/key", "/vary/0/values"];
    assert_eq!(pointers, expected.map(ToOwned::to_owned).into());
    let many: Vec<usize> = (0..=MOST_SETTINGS).collect();
    let many = json!({ "vary": [{ "key": "limits.seed", "values": many }] });
    let refused = coordinator.post(&path, &many).await.expect_problem(422, "invalid");
    assert_eq!(refused.errors(), [("/vary".to_owned(), "too_many_settings".to_owned())]);
    let french = coordinator.request(reqwest::Method::POST, &path).header("Accept-Language", "fr").json(&many);
    let french = send(french).await.expect(422).body;
    assert!(french["errors"][0]["detail"].as_str().unwrap().contains("série de calculs"), "{french}");
    let unfrozen = json!({ "run": [{ "name": "in euros", "currency": "EUR" }] });
    let refused = coordinator.post(&path, &unfrozen).await.expect_problem(422, "cannot_freeze");
    let fault = refused.body["values"]["faults"][0].as_str().unwrap_or_default();
    assert!(fault.starts_with("setting \"in euros\": ") && fault.contains("USD"), "{}", refused.body);
    let nothing = json!({ "unchanged": false });
    let refused = coordinator.post(&path, &nothing).await.expect_problem(422, "invalid");
    assert_eq!(refused.errors()[0].1, "nothing_varied");

    let stale = coordinator.request(reqwest::Method::POST, &path).header("If-Match", "\"7\"").json(&json!({}));
    send(stale).await.expect_problem(412, "version_mismatch");
    let current = coordinator.request(reqwest::Method::POST, &path).header("If-Match", "\"1\"").json(&json!({}));
    send(current).await.expect(202);
    let kept = coordinator.get("/api/v1/sweeps").await.expect(200).body;
    assert_eq!(kept["items"].as_array().map(Vec::len), Some(1), "what was refused left nothing: {kept}");
    assert_eq!(coordinator.get("/api/v1/runs").await.expect(200).body["items"].as_array().map(Vec::len), Some(1));
}

async fn a_sweep_is_nobody_elses_and_ends_on_request(service: &Service) {
    let (parties, scenario) = prepared(service).await;
    let coordinator = &parties.coordinator.client;
    let vary = json!({ "vary": [{ "key": "limits.seed", "values": [1, 2] }] });
    let path = format!("{scenario}/sweeps");
    let once = coordinator.post_with_key(&path, &vary, "sweep-1").await.expect(202);
    let again = coordinator.post_with_key(&path, &vary, "sweep-1").await.expect(202);
    let sweep = once.location();
    assert_eq!(again.location(), sweep, "a repeated request starts nothing twice");
    let observer = service.party(PartyKind::Observer, "NGO").await.client;
    for stranger in [&parties.state.client, &parties.provider.client, &observer] {
        for address in [sweep.clone(), format!("{sweep}/outcomes")] {
            stranger.get(&address).await.expect_problem(404, "not_found");
        }
        stranger.step(&sweep, 1, "cancel", &json!({})).await.expect_problem(404, "not_found");
        stranger.post(&path, &vary).await.expect_problem(404, "not_found");
        assert_eq!(stranger.get("/api/v1/sweeps").await.expect(200).body["items"], json!([]));
    }
    let id = scenario.rsplit('/').next().unwrap();
    for (filter, found) in [(id, 1), ("018f0000-0000-7000-8000-000000000000", 0)] {
        let listed = coordinator.get(&format!("/api/v1/sweeps?scenario={filter}")).await.expect(200).body;
        assert_eq!(listed["items"].as_array().map(Vec::len), Some(found), "{listed}");
    }

    let reason = json!({ "reason": "the weights were wrong" });
    let cancelled = coordinator.step(&sweep, 1, "cancel", &reason).await.expect(202).body;
    assert_eq!((&cancelled["counts"]["cancelled"], &cancelled["has_ended"]), (&json!(3), &json!(true)), "{cancelled}");
    assert!(cancelled["cancelled_at"].is_string());
    let refused = coordinator.step(&sweep, 2, "cancel", &json!({})).await.expect_problem(409, "not_allowed_now");
    assert_eq!(refused.body["detail"], "The sweep is ended; cancel is not possible now.");
    let table = coordinator.get(&format!("{sweep}/outcomes")).await.expect(200).body;
    assert!(table["items"].as_array().unwrap().iter().all(|row| row["non_dominated"] == false), "{table}");

    let log =
        format!("/api/v1/parties/{}/audit?subject={}", parties.coordinator.key, sweep.rsplit('/').next().unwrap());
    let told = coordinator.get(&log).await.expect(200).body;
    let told: BTreeSet<_> = told["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["action"].as_str().unwrap(), row["reason"].as_str().unwrap_or_default()))
        .collect();
    assert_eq!(told, [("sweep.start", ""), ("sweep.cancel", "the weights were wrong")].into());
    assert_eq!(service.app.read().await.unwrap().verify_audit().await.unwrap().findings, []);
}

async fn a_full_queue_takes_no_further_sweep_and_still_takes_runs(service: &Service) {
    let (parties, scenario) = prepared(service).await;
    let coordinator = &parties.coordinator.client;
    let path = format!("{scenario}/sweeps");
    let seeds: Vec<usize> = (1..MOST_SETTINGS).collect();
    let full = json!({ "vary": [{ "key": "limits.seed", "values": seeds }] });
    let mut sweep = String::new();
    for _ in 0..usize::try_from(MOST_WAITING).unwrap() / MOST_SETTINGS {
        sweep = coordinator.post(&path, &full).await.expect(202).location();
    }
    let refused = coordinator.post(&path, &json!({})).await.expect_problem(429, "too_many_requests");
    assert_eq!(refused.body["values"], json!({ "waiting": MOST_WAITING, "limit": MOST_WAITING }));
    assert!(refused.headers.contains_key("retry-after"));

    // A single run has room, and is the next to be worked on.
    let run = coordinator.post(&format!("{scenario}/runs"), &json!({})).await.expect(202).body;
    let lease = std::time::Duration::from_mins(1);
    let claimed = service.app.store().claim_run("test", lease, service.app.now()).await.unwrap().expect("a run waits");
    assert_eq!(json!(claimed.1.key.to_string()), run["id"]);
    coordinator.step(&sweep, 1, "cancel", &json!({})).await.expect(202);
    coordinator.post(&path, &json!({})).await.expect(202);
}

crate::on_both_databases!(
    many_settings_become_one_table,
    a_swept_run_is_published_under_its_own_setting,
    what_is_wrong_with_any_setting_is_told_at_once,
    a_sweep_is_nobody_elses_and_ends_on_request,
    a_full_queue_takes_no_further_sweep_and_still_takes_runs,
);
