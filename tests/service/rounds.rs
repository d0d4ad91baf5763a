//! Rounds one after the other, the cut-off of a round, and who may read what it was frozen to.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use needmatch_app::store::words::PartyKind;
use serde_json::{Value, json};

use crate::client::Client;
use crate::consent::{decide, path_of, published};
use crate::matching::{Parties, available, circulated, offer, parties, request, round, scenario};
use crate::server::{Party, Service};

fn merged(mut document: Value, more: Value) -> Value {
    if let (Value::Object(fields), Value::Object(more)) = (&mut document, more) {
        fields.extend(more);
    }
    document
}

fn place(reference: &str, quantity: i64) -> Value {
    json!({ "reference": reference, "type": "training", "unit": "place", "quantity": quantity, "unit_cost": 100 })
}

/// A request of one component, which has its name.
fn asked(area: &str, reference: &str, quantity: i64, component: Value) -> Value {
    let component = merged(place(&format!("{reference}-1"), quantity), component);
    json!({ "reference": reference, "title": reference, "area": area, "priority": 2, "components": [component] })
}

/// Goods for one area.
fn goods(area: &str, quantity: i64, more: Value) -> Value {
    let offer = json!({ "title": area, "form": "in_kind", "unit": "place", "quantity": quantity, "areas": [area] });
    merged(offer, more)
}

fn over(periods: &[&str], more: Value) -> Value {
    merged(merged(round(), json!({ "periods": periods })), more)
}

/// Has both sides agree on everything that is proposed.
async fn agree(parties: &Parties, proposals: &[Value]) {
    for proposal in proposals {
        let path = path_of(proposal);
        decide(&parties.state.client, &path, 1, "accept", &json!({})).await.expect(200);
        let agreed = decide(&parties.provider.client, &path, 2, "accept", &json!({})).await.expect(200).body;
        assert_eq!(agreed["lifecycle"], "agreed", "{agreed}");
    }
}

/// Freezes a round, matches it, and answers what each component is given in each period.
async fn matched(coordinator: &Client, round: &Value) -> BTreeMap<(String, String), i64> {
    let (_, scenario) = scenario(coordinator, round).await;
    let run = coordinator.post(&format!("{scenario}/runs"), &json!({})).await.expect(202).location();
    let ended = coordinator.wait(&run).await;
    assert_eq!(ended["lifecycle"], "succeeded", "{ended}");
    let plan = coordinator.get(&format!("{run}/plan")).await.expect(200).body;
    let mut given = BTreeMap::new();
    for row in plan["items"].as_array().unwrap() {
        let text = |field: &str| row[field].as_str().unwrap().to_owned();
        *given.entry((text("component"), text("period"))).or_default() += row["quantity"].as_i64().unwrap();
    }
    given
}

/// The name of the component of a row, without the code of its state.
fn name_of(row: &Value) -> &str {
    row["component"].as_str().unwrap().strip_prefix("SEN/").expect("of Senegal")
}

fn gives(rows: &[(&str, &str, i64)]) -> BTreeMap<(String, String), i64> {
    rows.iter()
        .map(|(component, period, quantity)| ((format!("SEN/{component}"), (*period).into()), *quantity))
        .collect()
}

async fn later_rounds_keep_every_limit_with_what_earlier_ones_agreed(service: &Service) {
    service.worker("solve");
    let parties = parties(service).await;
    let coordinator = &parties.coordinator.client;
    let yearly = json!([{ "period": "2027", "quantity": 50 }, { "period": "2028", "quantity": 50 }]);
    let slow = || json!({ "period_max": 20 });
    let either = json!({ "title": "Ways", "area": "destruction", "priority": 2, "reference": "ways", "components": [
        merged(place("ways-1", 30), json!({ "choice": "way" })),
        merged(place("ways-2", 30), json!({ "choice": "way", "unit": "machine" })),
    ] });
    for request in [
        asked("record_keeping", "yearly", 120, json!({})),
        asked("marking", "ticket", 50, json!({})),
        asked("legislation", "rest", 40, slow()),
        asked("tracing", "state", 20, json!({})),
        asked("ballistics", "reach", 40, slow()),
        merged(asked("border", "few", 40, json!({})), json!({ "max_providers": 1 })),
        either,
    ] {
        circulated(&parties, &request).await;
    }
    for offer in [
        goods("record_keeping", 100, json!({ "periods": yearly })),
        goods("marking", 100, json!({ "ticket_max": 30 })),
        goods("legislation", 100, json!({ "ticket_max": 40 })),
        goods("tracing", 100, json!({ "state_max": 30 })),
        goods("ballistics", 100, json!({ "max_requests": 1 })),
        goods("border", 20, json!({})),
        goods("destruction", 10, json!({})),
    ] {
        available(&parties, &offer).await;
    }
    let (first, base) = scenario(coordinator, &over(&["2027"], json!({}))).await;
    let (_, proposals) = published(coordinator, &first, &base, &json!({})).await;
    let proposed = proposals.iter().map(|row| (name_of(row), row["quantity"].as_i64().unwrap()));
    let all = [("few-1", 20), ("reach-1", 20), ("rest-1", 20), ("state-1", 20), ("ticket-1", 30), ("ways-1", 10)];
    let all = all.into_iter().chain([("yearly-1", 50)]).collect::<BTreeMap<_, _>>();
    assert_eq!(proposed.collect::<BTreeMap<_, _>>(), all);
    agree(&parties, &proposals).await;

    for request in [
        asked("tracing", "state-too-much", 20, json!({})),
        asked("tracing", "state-enough", 10, json!({})),
        asked("ballistics", "reach-another", 10, json!({})),
    ] {
        circulated(&parties, &request).await;
    }
    available(&parties, &goods("border", 5, json!({}))).await;
    available(&parties, &goods("destruction", 30, json!({ "unit": "machine" }))).await;
    let other = Party { key: parties.coordinator.key, client: coordinator.clone() };
    let state = Party { key: parties.state.key, client: parties.state.client.clone() };
    let provider = service.party(PartyKind::Provider, "Otherland").await;
    available(&Parties { state, provider, coordinator: other }, &goods("border", 40, json!({}))).await;
    let expected = gives(&[
        ("yearly-1", "2028", 50),
        ("rest-1", "2028", 20),
        ("state-enough-1", "2028", 10),
        ("reach-1", "2028", 20),
        ("few-1", "2028", 5),
    ]);
    let mut given = matched(coordinator, &over(&["2027", "2028"], json!({}))).await;
    // These may come in either year.
    for free in ["SEN/state-enough-1", "SEN/few-1"] {
        if let Some(quantity) = given.remove(&(free.to_owned(), "2027".to_owned())) {
            *given.entry((free.to_owned(), "2028".to_owned())).or_default() += quantity;
        }
    }
    assert_eq!(given, expected);
}

async fn channels_and_states_carry_no_more_than_they_can_in_all_rounds_together(service: &Service) {
    service.worker("solve");
    let parties = parties(service).await;
    let coordinator = &parties.coordinator.client;
    let channel = json!({ "code": "facility", "name": "Facility", "limits": [{ "amount": 600 }] });
    coordinator.post("/api/v1/channels", &channel).await.expect(201);
    circulated(&parties, &asked("record_keeping", "clerks", 20, json!({}))).await;
    let money = |more: Value| {
        let offer = json!({ "title": "Money", "form": "money", "unit": "USD", "quantity": 5000 });
        merged(offer, more)
    };
    available(&parties, &money(json!({ "channel": "facility" }))).await;
    let absorbs = |limit: Value| json!({ "absorption": [merged(json!({ "state": "SEN", "period": "2027" }), limit)] });
    let (first, base) = scenario(coordinator, &over(&["2027"], absorbs(json!({ "amount": 1000 })))).await;
    let (_, proposals) = published(coordinator, &first, &base, &json!({})).await;
    assert_eq!(proposals.iter().map(|row| row["quantity"].clone()).collect::<Vec<_>>(), [json!(6)]);
    agree(&parties, &proposals).await;

    let nothing = matched(coordinator, &over(&["2027"], json!({}))).await;
    assert_eq!(nothing, gives(&[]), "the channel has carried what it can");
    available(&parties, &money(json!({}))).await;
    let amount = matched(coordinator, &over(&["2027"], absorbs(json!({ "amount": 1000 })))).await;
    assert_eq!(amount, gives(&[("clerks-1", "2027", 4)]), "the state has taken in 600 of 1,000");
    let one = matched(coordinator, &over(&["2027"], absorbs(json!({ "requests": 1 })))).await;
    assert_eq!(one, gives(&[]), "the state runs as many requests as it can");
    let own = json!({ "channels": [{ "id": "facility", "amount": 700 }] });
    let rest = over(&["2027"], merged(own, absorbs(json!({ "requests": 2 }))));
    assert_eq!(matched(coordinator, &rest).await, gives(&[("clerks-1", "2027", 14)]), "all that is outstanding");
}

async fn what_comes_after_the_cut_off_takes_no_part(service: &Service) {
    let parties = parties(service).await;
    let (coordinator, state) = (&parties.coordinator.client, &parties.state.client);
    let early = circulated(&parties, &request()).await;
    available(&parties, &merged(offer(), json!({ "reference": "early" }))).await;
    let cut_off = Timestamp::now() + SignedDuration::from_secs(2);
    let dated = merged(round(), json!({ "cut_off_at": cut_off.to_string() }));
    let opened = coordinator.post("/api/v1/rounds", &dated).await.expect(201);
    let path = opened.location();
    let refused = coordinator.step(&path, 1, "freeze", &json!({})).await.expect_problem(409, "before_cut_off");
    assert_eq!(refused.body["values"]["cut_off_at"], opened.body["cut_off_at"], "{}", refused.body);
    let mut wide = dated.clone();
    wide["name"] = json!("Renamed");
    wide.as_object_mut().unwrap().remove("cut_off_at");
    let kept = coordinator.put(&path, Some(1), &wide).await.expect(200);
    assert_eq!(kept.body["cut_off_at"], opened.body["cut_off_at"]);

    while Timestamp::now() <= cut_off {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let late = circulated(&parties, &asked("record_keeping", "late", 5, json!({}))).await;
    available(&parties, &merged(offer(), json!({ "reference": "late" }))).await;
    let frozen = coordinator.step(&path, kept.version(), "freeze", &json!({})).await.expect(200).body;
    let row = |kind: &str, name: &str| json!({ "kind": kind, "reference": name, "reason": "after_cut_off" });
    assert_eq!(frozen["left_out"], json!([row("request", "SEN/late"), row("offer", "Halvorland/late")]), "{frozen}");
    let told = state.get(&format!("{late}/explanations")).await.expect(200).body;
    assert_eq!(told["left_out"][0]["reason"], "after_cut_off", "{told}");
    assert!(told["left_out"][0]["detail"].as_str().unwrap().contains("after the cut-off"), "{told}");
    assert_eq!(state.get(&format!("{early}/explanations")).await.expect(200).body["left_out"], json!([]));
    let lifecycle = async |path: &str| state.get(path).await.expect(200).body["lifecycle"].clone();
    assert_eq!((lifecycle(&early).await, lifecycle(&late).await), (json!("in_round"), json!("circulated")));

    // Where nobody has set one, everything that has come in by the freezing takes part.
    let (_, scenario) = scenario(coordinator, &round()).await;
    assert_eq!(lifecycle(&late).await, json!("in_round"), "{scenario}");
}

async fn a_run_without_a_plan_is_told_and_never_published(service: &Service) {
    service.worker("solve");
    let parties = parties(service).await;
    let coordinator = &parties.coordinator.client;
    circulated(&parties, &request()).await;
    available(&parties, &merged(offer(), json!({ "reference": "registers" }))).await;
    let lock = json!({ "component": "SEN/clerks", "offer": "Halvorland/registers", "period": "2027", "quantity": 21, "kind": "lock" });
    let (path, scenario) = scenario(coordinator, &merged(round(), json!({ "locks": [lock] }))).await;
    let run = coordinator.post(&format!("{scenario}/runs"), &json!({})).await.expect(202).location();
    let ended = coordinator.wait(&run).await;
    assert_eq!((&ended["lifecycle"], &ended["result"]["status"]), (&json!("infeasible"), &json!("infeasible")));
    assert_eq!(ended["result"]["matches"], 0, "{ended}");
    let export = coordinator.get(&format!("{run}/export")).await.expect(200);
    needmatch_verify::verify_run(serde_json::from_slice(&export.bytes).unwrap()).expect("that there is none is proved");
    let version = coordinator.version_of(&path).await;
    let publish = coordinator.step(&path, version, "publish", &json!({ "run": ended["id"] })).await;
    publish.expect_problem(422, "rule_broken");
    let still = coordinator.get(&path).await.expect(200).body;
    assert_eq!((&still["lifecycle"], &still["version"]), (&json!("frozen"), &json!(version)), "{still}");
    parties.state.client.get(&run).await.expect_problem(404, "not_found");
    assert_eq!(coordinator.get("/api/v1/proposals").await.expect(200).body["items"], json!([]));
}

async fn the_whole_of_a_round_is_for_those_admitted_to_it(service: &Service) {
    service.worker("solve");
    let parties = parties(service).await;
    let coordinator = &parties.coordinator.client;
    let observer = service.party(PartyKind::Observer, "NGO").await.client;
    circulated(&parties, &request()).await;
    available(&parties, &merged(offer(), json!({ "reference": "hidden-canary", "visibility": "confidential" }))).await;
    let opened = coordinator.post("/api/v1/rounds", &round()).await.expect(201);
    let path = opened.location();
    let snapshot = format!("{path}/snapshot");
    coordinator.get(&snapshot).await.expect_problem(404, "not_found");
    parties.provider.client.get(&snapshot).await.expect_problem(403, "forbidden");
    let frozen = coordinator.step(&path, 1, "freeze", &json!({})).await.expect(200).body;
    let kept = coordinator.get(&snapshot).await.expect(200);
    assert_eq!(json!(needmatch_domain::canonical::sha256(&kept.bytes)), frozen["snapshot_sha256"]);
    parties.provider.client.get(&snapshot).await.expect_problem(403, "forbidden");
    observer.get(&snapshot).await.expect_problem(404, "not_found");

    let made = coordinator.post(&format!("{path}/scenarios"), &json!({ "name": "base" })).await.expect(201);
    let (run, _) = published(coordinator, &path, &made.location(), &json!({})).await;
    let whole = ["problem", "certificate", "explanations", "export"].map(|part| format!("{run}/{part}"));
    for part in whole.iter().chain([&snapshot]) {
        observer.get(part).await.expect_problem(403, "forbidden");
        service.public().get(part).await.expect_problem(401, "unauthenticated");
    }
    coordinator.post(&format!("{path}/observers"), &json!({ "observer": "NGO" })).await.expect(201);
    for part in whole.iter().chain([&snapshot]) {
        let (seen, own) = (observer.get(part).await.expect(200), coordinator.get(part).await.expect(200));
        assert_eq!(seen.bytes, own.bytes, "{part}");
        service.public().get(part).await.expect_problem(401, "unauthenticated");
    }
    let read = |bytes: &[u8]| -> Value { serde_json::from_slice(bytes).unwrap() };
    let problem = observer.get(&whole[0]).await.expect(200);
    let shown = service.public().get(&run).await.expect(200);
    assert_eq!(json!(needmatch_domain::canonical::sha256(&problem.bytes)), shown.body["problem_sha256"]);
    assert_eq!(observer.get(&snapshot).await.expect(200).bytes, kept.bytes);
    assert_eq!(read(&kept.bytes)["problem_sha256"], frozen["problem_sha256"]);

    // Whoever stands outside learns the hash, the totals and the verdict, and of no match.
    let mut fields: Vec<&str> = shown.body["result"].as_object().unwrap().keys().map(String::as_str).collect();
    fields.sort_unstable();
    let told = ["best", "bound", "components_served", "cost", "digest", "gap_thousandths", "matches"];
    assert_eq!(fields, [&told[..], &["requests_completed", "requests_served", "status"]].concat());
    assert_eq!(shown.body["result"]["status"], "optimal");
    let plan = service.public().get(&format!("{run}/plan")).await.expect(200);
    assert_eq!(plan.body["items"], json!([]), "{}", plan.body);
    for answer in [&shown, &plan, &service.public().get(&path).await.expect(200)] {
        let text = String::from_utf8_lossy(&answer.bytes);
        assert!(!text.contains("hidden-canary") && !text.contains("clerks"), "{text}");
    }
}

async fn what_is_all_public_is_everybodys_to_recount(service: &Service) {
    service.worker("solve");
    let parties = parties(service).await;
    let (coordinator, state) = (&parties.coordinator.client, &parties.state.client);
    let asked = circulated(&parties, &request()).await;
    let version = state.version_of(&asked).await;
    state.step(&asked, version, "circulate", &json!({ "circulation": "public" })).await.expect(200);
    available(&parties, &offer()).await;
    let programme = json!({ "title": "Elsewhere", "state": "SEN", "area": "marking", "visibility": "confidential" });
    let hidden = coordinator.post("/api/v1/programmes", &programme).await.expect(201);
    for is_hidden in [true, false] {
        if !is_hidden {
            coordinator.step(&hidden.location(), hidden.version(), "retire", &json!({})).await.expect(200);
        }
        let (path, base) = scenario(coordinator, &round()).await;
        let snapshot = format!("{path}/snapshot");
        service.public().get(&snapshot).await.expect_problem(404, "not_found");
        let (run, _) = published(coordinator, &path, &base, &json!({})).await;
        let (export, read) =
            (service.public().get(&format!("{run}/export")).await, service.public().get(&snapshot).await);
        if is_hidden {
            for whole in [export, read] {
                whole.expect_problem(401, "unauthenticated");
            }
            continue;
        }
        export.expect(200);
        let told = service.public().get(&path).await.expect(200).body;
        assert_eq!(json!(needmatch_domain::canonical::sha256(&read.expect(200).bytes)), told["snapshot_sha256"]);
    }
}

crate::on_both_databases!(
    later_rounds_keep_every_limit_with_what_earlier_ones_agreed,
    channels_and_states_carry_no_more_than_they_can_in_all_rounds_together,
    what_comes_after_the_cut_off_takes_no_part,
    a_run_without_a_plan_is_told_and_never_published,
    the_whole_of_a_round_is_for_those_admitted_to_it,
    what_is_all_public_is_everybodys_to_recount,
);
