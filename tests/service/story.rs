//! The whole way: two states, three providers, a coordinator and an observer, from a line in a national report to an
//! evaluated outcome; then the observer takes the published run home and recounts it.

use std::process::Command;

use needmatch_app::store::words::PartyKind;
use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::consent::{decide, path_of, published};
use crate::matching::{round, scenario};
use crate::server::{Party, Service};

struct Story {
    senegal: Party,
    gambia: Party,
    norland: Party,
    sudland: Party,
    institute: Party,
    coordinator: Party,
    observer: Party,
}

impl Story {
    async fn of(service: &Service) -> Self {
        Self {
            senegal: service.party(PartyKind::State, "SEN").await,
            gambia: service.party(PartyKind::State, "GMB").await,
            norland: service.party(PartyKind::Provider, "Norland").await,
            sudland: service.party(PartyKind::Provider, "Sudland").await,
            institute: service.party(PartyKind::Provider, "Institute").await,
            coordinator: service.party(PartyKind::Coordinator, "UN").await,
            observer: service.party(PartyKind::Observer, "NGO").await,
        }
    }

    /// Brings a request from draft to public circulation.
    async fn circulate(&self, state: &Client, path: &str, priority: i64) {
        let coordinator = &self.coordinator.client;
        let mut version = state.get(path).await.expect(200).version();
        for step in ["endorse", "submit"] {
            version = state.step(path, version, step, &json!({})).await.expect(200).version();
        }
        let confirmed = json!({ "priority": priority, "reason": "as in the national action plan" });
        version = coordinator.step(path, version, "authenticate", &confirmed).await.expect(200).version();
        state.step(path, version, "circulate", &json!({ "circulation": "public" })).await.expect(200);
    }

    async fn offer(&self, provider: &Client, offer: &Value) {
        let made = provider.post("/api/v1/offers", offer).await.expect(201);
        let submitted = provider.step(&made.location(), 1, "submit", &json!({})).await.expect(200);
        let version = submitted.version();
        self.coordinator.client.step(&made.location(), version, "confirm", &json!({})).await.expect(200);
    }

    fn provider_of(&self, proposal: &Value) -> &Client {
        let party = proposal["provider_party"].as_str().unwrap();
        let all = [&self.norland, &self.sudland, &self.institute];
        &all.into_iter().find(|provider| provider.key.to_string() == party).expect("one of the three").client
    }
}

fn codes(findings: &Value) -> Vec<&str> {
    let found = findings["findings"].as_array().unwrap();
    found.iter().filter_map(|finding| finding["code"].as_str()).collect()
}

/// A one-line ask becomes a request that can be matched, told at each turn what it lacks.
async fn from_a_line_in_a_report(story: &Story) -> String {
    let senegal = &story.senegal.client;
    let table = "section,ask,type,unit,quantity,unit_cost\n\
                 marking,Technical and financial assistance for marking,equipment,,,\n";
    let post = |body: &'static str, query: &str| {
        let request = senegal.request(reqwest::Method::POST, &format!("/api/v1/reports{query}"));
        crate::client::send(request.header("Content-Type", "text/csv").body(body))
    };
    let wrong = post("section,ask,quantity,unit_cost\nmarking,Help,many,\nsinging,Help,,1\n", "?year=2026").await;
    let wrong = wrong.expect_problem(422, "invalid");
    assert_eq!(
        wrong.errors(),
        [("/line/2/quantity", "not_whole"), ("/line/3/section", "unknown_word")]
            .map(|(place, code)| (place.to_owned(), code.to_owned()))
    );
    let taken = crate::client::send(
        senegal
            .request(reqwest::Method::POST, "/api/v1/reports?year=2026")
            .header("Content-Type", "text/csv")
            .body(table),
    );
    let taken = taken.await.expect(201).body;
    let draft = &taken["requests"][0];
    assert_eq!((&draft["section"], &draft["findings"]["matchable"]), (&json!("marking"), &json!(false)), "{taken}");
    let lacks = codes(&draft["findings"]);
    for code in ["no_unit", "no_quantity", "no_unit_cost"] {
        assert!(lacks.contains(&code), "{taken}");
    }
    let opened = draft["findings"]["findings"].as_array().unwrap();
    assert!(opened.iter().any(|finding| finding["code"] == "no_unit" && finding["opens"] == 2), "{taken}");
    let path = format!("/api/v1/requests/{}", draft["id"].as_str().unwrap());
    story.gambia.client.get(&path).await.expect_problem(404, "not_found");
    let seen = senegal.get(&path).await.expect(200).body;
    assert_eq!((&seen["report"]["year"], &seen["report"]["section"]), (&json!(2026), &json!("marking")), "{seen}");
    assert_eq!(seen["source"], "National report 2026, section marking");

    let filled = json!({
        "title": "Marking of state-held firearms", "area": "marking", "priority": 1, "report_year": 2026,
        "reference": "marking", "source": "National report 2026, section marking",
        "contribution_percent": 10, "action_plan_date": "2025-06-30", "sustainability": 60,
        "components": [
            { "reference": "machines", "type": "equipment", "item": "marking_machine", "unit": "machine",
              "quantity": 3, "minimum": 2, "unit_cost": 30000, "from": "2027", "to": "2027",
              "requires": ["operators"] },
            { "reference": "operators", "type": "training", "unit": "place", "quantity": 12, "minimum": 6,
              "unit_cost": 1000, "from": "2027", "to": "2027" },
            { "reference": "upkeep", "type": "maintenance", "unit": "year", "quantity": 2, "unit_cost": 4000,
              "from": "2028", "to": "2028" }
        ]
    });
    let version = senegal.get(&path).await.expect(200).version();
    senegal.put(&path, Some(version), &filled).await.expect(200);
    let better = senegal.get(&format!("{path}/findings")).await.expect(200).body;
    assert_eq!(better["matchable"], true, "{better}");
    let before = draft["findings"]["score"].as_i64().unwrap();
    assert!(better["score"].as_i64().unwrap() > before && better["offers_now"].as_i64() > Some(0), "{better}");
    assert_eq!(senegal.get(&path).await.expect(200).body["report"]["section"], "marking", "the link stays");
    path
}

async fn agree(story: &Story, proposal: &Value, state: &Client) -> Answer {
    let path = path_of(proposal);
    let mut version = 1;
    if proposal["component_type"] == "equipment" {
        let found = json!({ "suitable": true, "sustainable": true, "assessor": "Commission", "findings": "Fits" });
        version = state.step(&path, version, "assess", &found).await.expect(200).version();
    }
    let half = decide(state, &path, version, "accept", &json!({})).await.expect(200);
    decide(story.provider_of(proposal), &path, half.version(), "accept", &json!({})).await.expect(200)
}

/// From an agreed proposal to an evaluated outcome.
async fn see_through(story: &Story, proposal: &Value) {
    let (senegal, provider) = (&story.senegal.client, story.provider_of(proposal));
    let written = json!({
        "authority": "National commission on small arms", "procedure": "Decree 2024-17",
        "indicators": [{ "name": "Firearms marked", "unit": "firearm", "baseline": 0, "target": 5000 }]
    });
    let commitment = format!("{}/commitment", path_of(proposal));
    senegal.post(&commitment, &written).await.expect_problem(400, "bad_parameter");
    let bare = json!({ "procedure": "Decree 2024-17" });
    senegal.post_with_key(&commitment, &bare, &format!("bare {commitment}")).await.expect_problem(422, "invalid");
    let made = senegal.post_with_key(&commitment, &written, &commitment).await.expect(201);
    let path = made.location();
    let promised = made.body["promised"].as_i64().unwrap();
    decide(senegal, &path, 1, "disburse", &json!({ "amount": 1 })).await.expect_problem(403, "forbidden");
    let too_much = json!({ "amount": promised + 1 });
    decide(provider, &path, 1, "disburse", &too_much).await.expect_problem(422, "rule_broken");
    decide(provider, &path, 1, "disburse", &json!({ "amount": promised / 2 })).await.expect(200);
    let rest = json!({ "amount": promised - promised / 2 });
    let paid = decide(provider, &path, 2, "disburse", &rest).await.expect(200).body;
    assert_eq!((&paid["lifecycle"], &paid["disbursed"]), (&json!("disbursing"), &json!(promised)));
    decide(provider, &path, 3, "deliver", &json!({})).await.expect_problem(403, "forbidden");
    decide(provider, &path, 3, "evaluate", &json!({})).await.expect_problem(409, "not_allowed_now");
    decide(senegal, &path, 3, "deliver", &json!({ "note": "All machines run" })).await.expect(200);
    let report = json!({
        "summary": "Marking has begun in two depots", "results": [5200],
        "lessons": ["Train two operators a machine: one is always away"]
    });
    decide(provider, &path, 4, "evaluate", &json!({})).await.expect_problem(422, "rule_broken");
    let signed = decide(provider, &path, 4, "evaluate", &report).await.expect(200).body;
    assert_eq!((&signed["lifecycle"], &signed["provider_signed"]), (&json!("delivered"), &json!(true)));
    let done = decide(senegal, &path, 5, "evaluate", &json!({})).await.expect(200).body;
    assert_eq!((&done["lifecycle"], &done["state_signed"]), (&json!("evaluated"), &json!(true)));
}

async fn from_a_line_in_a_report_to_an_outcome_anybody_recounts(service: &Service) {
    service.worker("solve");
    let story = Story::of(service).await;
    let coordinator = &story.coordinator.client;
    let items = service.public().get("/api/v1/items?limit=100").await.expect(200).body;
    let items = items["items"].as_array().unwrap();
    assert!(items.iter().any(|item| item["code"] == "marking_machine"), "a catalogue comes with the program");
    story
        .offer(
            &story.norland.client,
            &json!({
                "reference": "norland-money", "title": "Marking in West Africa", "form": "money", "unit": "EUR",
                "quantity": 70_000, "areas": ["marking"], "regions": ["Western Africa"],
            }),
        )
        .await;
    story.offer(&story.sudland.client, &json!({
        "reference": "sudland-money", "title": "Small arms control", "form": "money", "unit": "USD", "quantity": 60_000,
    })).await;
    story.offer(&story.institute.client, &json!({
        "reference": "institute-places", "title": "Course for operators", "form": "in_kind", "types": ["training"],
        "unit": "place", "quantity": 10, "unit_value": 1000,
    })).await;
    let marking = from_a_line_in_a_report(&story).await;
    let behalf = json!({
        "state": "GMB", "title": "Register", "area": "record_keeping", "reference": "register",
        "components": [{ "reference": "software", "type": "software", "unit": "licence", "quantity": 1,
            "unit_cost": 45_000, "divisible": false, "covered_by": "national" }]
    });
    coordinator.post("/api/v1/requests", &behalf).await.expect_problem(422, "invalid");
    let mut shown = behalf.clone();
    shown["evidence"] = json!("Note verbale 12/2026");
    let register = coordinator.post("/api/v1/requests", &shown).await.expect(201).location();
    story.circulate(&story.senegal.client, &marking, 1).await;
    story.circulate(&story.gambia.client, &register, 3).await;

    let mut round = round();
    round["settings"]["rates"] = json!({ "EUR": "1.09" });
    let (round, scenario) = scenario(coordinator, &round).await;
    let (run, proposals) = published(coordinator, &round, &scenario, &json!({})).await;
    let of = |state: &Party| {
        let key = state.key.to_string();
        proposals.iter().filter(move |proposal| proposal["state_party"] == json!(key)).cloned().collect::<Vec<Value>>()
    };
    let senegals = of(&story.senegal);
    assert!(senegals.len() >= 3, "{proposals:?}");
    for proposal in &senegals {
        assert_eq!(agree(&story, proposal, &story.senegal.client).await.body["lifecycle"], "agreed");
    }
    for proposal in of(&story.gambia) {
        let reason = json!({ "reason": "the ministry buys its own" });
        decide(&story.gambia.client, &path_of(&proposal), 1, "decline", &reason).await.expect(200);
    }
    assert_eq!(story.senegal.client.get(&marking).await.expect(200).body["lifecycle"], "met");
    for proposal in senegals.iter().filter(|proposal| proposal["component"] == "SEN/machines") {
        see_through(&story, proposal).await;
    }
    let outcomes = service.public().get("/api/v1/outcomes?area=marking").await.expect(200).body;
    let outcome = &outcomes["items"][0];
    assert_eq!((&outcome["state"], &outcome["indicators"][0]["result"]), (&json!("SEN"), &json!(5200)), "{outcomes}");
    assert_eq!(outcome["lessons"][0], "Train two operators a machine: one is always away");
    for step in ["decide", "close"] {
        let version = coordinator.get(&round).await.expect(200).version();
        coordinator.step(&round, version, step, &json!({})).await.expect(200);
    }
    assert_eq!(service.app.read().await.unwrap().recount_ledger().await.unwrap(), []);
    assert_eq!(service.app.read().await.unwrap().verify_audit().await.unwrap().findings, []);

    // All of the round is public, so whoever reads may recount it, with our code and with none of it.
    for reader in [&story.observer.client, &service.public()] {
        let export = reader.get(&format!("{run}/export")).await.expect(200);
        recounted(&export.bytes);
    }
}

/// Recounts an export twice: with the verifier, and with the program that shares nothing with it.
fn recounted(export: &[u8]) {
    let file = serde_json::from_slice(export).expect("a run file");
    needmatch_verify::verify_run(file).expect("the verifier accepts the export");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("run.json");
    std::fs::write(&path, export).expect("a file");
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/recount/recount.py");
    let output = Command::new("python3").arg(program).arg(&path).output().expect("python3 runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
}

crate::on_both_databases!(from_a_line_in_a_report_to_an_outcome_anybody_recounts);
