//! Drafts that are saved as far as they are known: from a line of a report to a request that can be endorsed.

use needmatch_app::store::words::PartyKind;
use serde_json::{Value, json};

use crate::client::Client;
use crate::matching::{available, circulated, offer, parties, request, round};
use crate::server::Service;

/// Which component is told of which finding, and how many offers that opens.
async fn findings(client: &Client, path: &str) -> Vec<(String, String, i64)> {
    let found = client.get(&format!("{path}/findings")).await.expect(200).body;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let findings = found["findings"].as_array().unwrap().iter().filter(|finding| finding["severity"] == "blocking");
    findings
        .map(|finding| (text(&finding["component"]), text(&finding["code"]), finding["opens"].as_i64().unwrap()))
        .collect()
}

fn missing(fields: &[&str]) -> Vec<(String, String)> {
    fields.iter().map(|field| (format!("/components/{field}"), "missing".to_owned())).collect()
}

/// What a component shows, without what the service adds.
fn bare(component: &Value, fields: &[&str]) -> Value {
    fields
        .iter()
        .map(|field| ((*field).to_owned(), component[*field].clone()))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

async fn a_line_of_a_report_grows_into_a_request(service: &Service) {
    let parties = parties(service).await;
    let (state, coordinator) = (&parties.state.client, &parties.coordinator.client);
    available(&parties, &offer()).await;
    let ask = "Technical and financial assistance for the register";
    let report = json!({ "year": 2026, "sections": [{ "section": "record_keeping", "ask": ask }] });
    let taken = state.post("/api/v1/reports", &report).await.expect(201).body;
    let draft = &taken["requests"][0];
    let path = format!("/api/v1/requests/{}", draft["id"].as_str().unwrap());
    let reference = draft["reference"].as_str().unwrap();
    let shown = state.get(&path).await.expect(200);
    let line = &shown.body["components"][0];
    assert_eq!((&line["id"], &line["note"]), (&Value::Null, &json!(ask)), "{}", shown.body);
    assert_eq!(line["lacks"], json!(["type", "unit", "quantity", "unit_cost"]), "{}", shown.body);
    let told = findings(state, &path).await;
    for code in ["no_type", "no_unit", "no_quantity", "no_unit_cost"] {
        assert!(told.contains(&(format!("{reference}-1"), code.to_owned(), 1)), "{code}: {told:?}");
    }
    parties.provider.client.get(&path).await.expect_problem(404, "not_found");

    // The line broke: what is known so far is saved.
    let mut known = json!({
        "title": "National register of firearms", "area": "record_keeping", "report_year": 2026,
        "obstacles": [{ "code": "staff_turnover", "mitigation": "clerks" }],
        "components": [
            { "reference": "software", "type": "software", "unit": "licence", "note": ask, "requires": ["clerks"] },
            { "reference": "clerks", "type": "training", "unit": "place", "quantity": 20, "unit_cost": 900 }
        ]
    });
    let saved = state.put(&path, Some(shown.version()), &known).await.expect(200);
    assert_eq!(
        (&saved.body["report"]["year"], &saved.body["report"]["section"]),
        (&json!(2026), &json!("record_keeping"))
    );
    let sent = ["reference", "type", "unit", "note", "requires", "quantity"];
    assert_eq!(
        bare(&saved.body["components"][0], &sent),
        json!({ "reference": "SEN/software", "type": "software", "unit": "licence", "note": ask,
                "requires": ["SEN/clerks"], "quantity": null })
    );
    assert_eq!(saved.body["components"][1]["lacks"], json!([]));
    assert_eq!(state.get(&format!("{path}/components")).await.expect(200).body["items"], saved.body["components"]);
    let table = state.request(reqwest::Method::GET, "/api/v1/requests").header("Accept", "text/csv");
    assert!(String::from_utf8_lossy(&crate::client::send(table).await.expect(200).bytes).contains("register"));
    let told = findings(state, &path).await;
    for code in ["no_quantity", "no_unit_cost"] {
        assert!(told.contains(&("SEN/software".to_owned(), code.to_owned(), 0)), "{told:?}");
    }
    assert!(told.iter().all(|(component, _, _)| component != "clerks"), "{told:?}");
    let same = state.put(&path, Some(saved.version()), &known).await.expect(200);
    assert_eq!(same.version(), saved.version(), "what says the same changes nothing");

    // What is there is checked, and nothing incomplete goes on.
    let mut wrong = known.clone();
    wrong["components"][0]["type"] = json!("singing");
    wrong["components"][1]["minimum"] = json!(21);
    let refused = state.put(&path, Some(saved.version()), &wrong).await.expect_problem(422, "invalid");
    let expected = [("/components/0/type", "unknown_word"), ("/components/1/minimum", "minimum_above_quantity")];
    assert_eq!(refused.errors(), expected.map(|(place, code)| (place.to_owned(), code.to_owned())));
    let refused = state.step(&path, saved.version(), "endorse", &json!({})).await.expect_problem(422, "invalid");
    assert_eq!(refused.errors(), missing(&["0/quantity", "0/unit_cost"]));
    coordinator.step(&path, saved.version(), "endorse", &json!({})).await.expect_problem(403, "forbidden");
    coordinator.step(&path, saved.version(), "authenticate", &json!({})).await.expect_problem(409, "not_allowed_now");
    let left = coordinator.post("/api/v1/rounds", &round()).await.expect(201);
    let frozen = coordinator.step(&left.location(), left.version(), "freeze", &json!({})).await.expect(200);
    assert_eq!(frozen.body["left_out"], json!([]), "a draft is nobody else's business");

    known["components"][0]["quantity"] = json!(1);
    known["components"][0]["unit_cost"] = json!(40_000);
    let whole = state.put(&path, Some(saved.version()), &known).await.expect(200);
    assert!(whole.body["components"].as_array().unwrap().iter().all(|component| component["id"].is_string()));
    assert_eq!(
        bare(&whole.body["components"][0], &["note", "minimum", "lacks"]),
        json!({ "note": ask, "minimum": 1, "lacks": [] })
    );
    assert_eq!(whole.body["components"][1]["minimum"], 20, "the whole of what another one requires");
    let endorsed = state.step(&path, whole.version(), "endorse", &json!({})).await.expect(200);
    state
        .put(&path, Some(endorsed.version()), &json!({ "title": "x", "area": "marking", "components": [{}] }))
        .await
        .expect_problem(409, "not_allowed_now");

    // Sent back, it may be taken apart again; what is withdrawn need not be whole.
    let submitted = state.step(&path, endorsed.version(), "submit", &json!({})).await.expect(200);
    let why = json!({ "reason": "for how many depots?" });
    let returned = coordinator.step(&path, submitted.version(), "return", &why).await.expect(200);
    known["components"][1] = json!({ "reference": "clerks", "note": "to be asked of the ministry" });
    let apart = state.put(&path, Some(returned.version()), &known).await.expect(200);
    let refused = state.step(&path, apart.version(), "endorse", &json!({})).await.expect_problem(422, "invalid");
    assert_eq!(refused.errors(), missing(&["1/type", "1/unit", "1/quantity", "1/unit_cost"]));
    let ended = state.step(&path, apart.version(), "withdraw", &json!({})).await.expect(200);
    assert_eq!(ended.body["lifecycle"], "withdrawn");
    let empty = json!({ "title": "Nothing yet", "area": "marking", "components": [] });
    let empty = state.post("/api/v1/requests", &empty).await.expect(201);
    let refused = state.step(&empty.location(), 1, "endorse", &json!({})).await.expect_problem(422, "invalid");
    assert_eq!(refused.errors(), [("/components".to_owned(), "missing".to_owned())]);
    assert_eq!(service.app.read().await.unwrap().verify_audit().await.unwrap().findings, []);
}

async fn incomplete_drafts_come_in_batches_and_under_the_states_own_key(service: &Service) {
    let parties = parties(service).await;
    let (state, coordinator) = (&parties.state.client, &parties.coordinator.client);
    let mut vague = json!({ "title": "Vague", "area": "marking", "components": [{ "type": "training" }, {}] });
    let mut wrong = vague.clone();
    wrong["components"][1] = json!({ "quantity": -1 });
    let refused = state.post("/api/v1/requests", &json!([request(), wrong])).await.expect_problem(422, "invalid");
    assert_eq!(refused.errors(), [("/1/components/1/quantity".to_owned(), "out_of_range".to_owned())]);
    let made = state.post("/api/v1/requests", &json!([request(), vague])).await.expect(201).body;
    let lacks = |position: usize| made["items"][1]["components"][position]["lacks"].as_array().map(Vec::len);
    assert_eq!((lacks(0), lacks(1)), (Some(3), Some(4)), "{made}");

    let path = format!("/api/v1/parties/{}/requests/A-7", parties.state.key);
    let first = state.put(&path, None, &vague).await.expect(201);
    let again = state.put(&path, None, &vague).await.expect(200);
    assert_eq!((again.version(), &again.body["id"]), (first.version(), &first.body["id"]));
    vague["components"] = json!([{ "type": "training", "unit": "place", "quantity": 5, "unit_cost": 900 }]);
    let whole = state.put(&path, None, &vague).await.expect(200);
    assert_eq!(whole.body["components"][0]["lacks"], json!([]));
    let own = format!("/api/v1/requests/{}", whole.body["id"].as_str().unwrap());
    state.step(&own, whole.version(), "endorse", &json!({})).await.expect(200);
    state.put(&path, None, &vague).await.expect(200);
    vague["components"] = json!([{}]);
    state.put(&path, None, &vague).await.expect_problem(409, "not_allowed_now");

    // Somebody who acts for the state shows its wish for a draft of any kind.
    vague["state"] = json!("SEN");
    let refused = coordinator.post("/api/v1/requests", &vague).await.expect_problem(422, "invalid");
    assert_eq!(refused.errors(), [("/evidence".to_owned(), "missing".to_owned())]);
    vague["evidence"] = json!("Note verbale 12/2026");
    let made = coordinator.post("/api/v1/requests", &vague).await.expect(201).location();
    coordinator.step(&made, 1, "endorse", &json!({})).await.expect_problem(403, "forbidden");
    let other = service.party(PartyKind::State, "GMB").await.client;
    other.get(&made).await.expect_problem(404, "not_found");
    other.put(&made, Some(1), &vague).await.expect_problem(404, "not_found");
}

/// What a coordinator's round left behind is no hindrance to a request that is revised.
async fn what_a_round_told_of_a_component_stays_when_it_leaves_its_request(service: &Service) {
    service.worker("solve");
    let parties = parties(service).await;
    let (state, coordinator) = (&parties.state.client, &parties.coordinator.client);
    let mut asked = request();
    asked["obstacles"] = json!([{ "code": "no_power", "mitigation": "clerks" }, { "code": "no_budget" }]);
    let path = circulated(&parties, &asked).await;
    available(&parties, &offer()).await;
    let before = state.get(&path).await.expect(200).body["components"].clone();
    let (round, scenario) = crate::matching::scenario(coordinator, &round()).await;
    crate::consent::published(coordinator, &round, &scenario, &json!({})).await;
    for step in ["decide", "close"] {
        let version = coordinator.get(&round).await.expect(200).version();
        coordinator.step(&round, version, step, &json!({})).await.expect(200);
    }
    let obstacles = async || -> Vec<Value> {
        let told = state.get(&format!("{path}/explanations")).await.expect(200).body;
        assert_eq!(told["items"].as_array().map(Vec::len), Some(2), "{told}");
        let links = told["items"][0]["chain"].as_array().unwrap().clone();
        links.into_iter().filter(|link| link["code"] == "obstacle_unmitigated").collect()
    };
    let told = obstacles().await;
    assert!(told.iter().any(|link| link["obstacle"] == "no_budget"), "{told:?}");

    let version = state.get(&path).await.expect(200).version();
    let revised = state.step(&path, version, "revise", &json!({ "reason": "smaller" })).await.expect(200);
    let mut smaller = json!({
        "title": "Courses", "area": "record_keeping", "obstacles": [{ "code": "no_law" }],
        "components": [{ "reference": "clerks", "type": "training", "unit": "place" }]
    });
    let apart = state.put(&path, Some(revised.version()), &smaller).await.expect(200);
    assert_eq!(obstacles().await, told, "what was told is what stood in the way then");
    smaller["components"][0]["quantity"] = json!(5);
    smaller["components"][0]["unit_cost"] = json!(900);
    let whole = state.put(&path, Some(apart.version()), &smaller).await.expect(200);
    assert_eq!(whole.body["components"].as_array().map(Vec::len), Some(1), "{}", whole.body);
    assert_eq!(whole.body["components"][0]["id"], before[1]["id"], "it is the component it was");
    assert_eq!(service.app.read().await.unwrap().recount_ledger().await.unwrap(), []);
}

crate::on_both_databases!(
    a_line_of_a_report_grows_into_a_request,
    incomplete_drafts_come_in_batches_and_under_the_states_own_key,
    what_a_round_told_of_a_component_stays_when_it_leaves_its_request,
);
