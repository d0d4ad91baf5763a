//! Lists a page at a time.

use needmatch_app::store::words::PartyKind;
use serde_json::json;

use crate::client::Client;
use crate::matching::{offer, parties};
use crate::server::Service;

async fn pages_neither_repeat_nor_hide_while_rows_come_in(service: &Service) {
    let parties = parties(service).await;
    let provider = &parties.provider.client;
    let batch: Vec<_> = (0..7).map(|_| offer()).collect();
    provider.post("/api/v1/offers", &json!(batch)).await.expect(201);
    let mut seen = Vec::new();
    let mut path = "/api/v1/offers?limit=3".to_owned();
    loop {
        let page = provider.get(&path).await.expect(200).body;
        let items = page["items"].as_array().unwrap();
        seen.extend(items.iter().map(|item| item["id"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/api/v1/offers?limit=3&after={next}");
        provider.post("/api/v1/offers", &offer()).await.expect(201);
    }
    let unique: std::collections::BTreeSet<_> = seen.iter().collect();
    assert_eq!((seen.len(), unique.len()), (7, 7));
    assert!(seen.is_sorted_by(|left, right| left > right), "newest first");
    let money =
        provider.get("/api/v1/offers?form=money&area=record_keeping&lifecycle=draft&limit=500").await.expect(200);
    assert_eq!(money.body["items"].as_array().map(Vec::len), Some(9));
    assert_eq!(provider.get("/api/v1/offers?area=marking").await.expect(200).body["items"], json!([]));
}

async fn a_list_opens_in_a_spreadsheet(service: &Service) {
    let parties = parties(service).await;
    let provider = &parties.provider.client;
    let mut formula = offer();
    formula["title"] = json!("=HYPERLINK(1)");
    provider.post("/api/v1/offers", &json!([offer(), formula, offer()])).await.expect(201);
    let request = provider.request(reqwest::Method::GET, "/api/v1/offers?form=money&limit=2");
    let answer = crate::client::send(request.header("Accept", "text/csv")).await.expect(200);
    let text = String::from_utf8(answer.bytes).unwrap();
    assert_eq!(text.lines().count(), 3, "{text}");
    assert!(text.contains("'=HYPERLINK(1)") && text.contains("record_keeping"), "{text}");
    let link = answer.headers["link"].to_str().unwrap().to_owned();
    let next = link.strip_prefix('<').and_then(|rest| rest.split_once('>')).unwrap().0;
    let rest = provider.get(next).await.expect(200).body;
    assert_eq!(rest["items"].as_array().map(Vec::len), Some(1), "{link}");
}

/// The lines of a list as a table, the first of which names the columns.
async fn table(client: &Client, path: &str) -> Vec<String> {
    let request = client.request(reqwest::Method::GET, path).header("Accept", "text/csv");
    let answer = crate::client::send(request).await.expect(200);
    assert_eq!(answer.headers["content-type"], "text/csv; charset=utf-8; header=present", "{path}");
    String::from_utf8(answer.bytes).unwrap().lines().map(ToOwned::to_owned).collect()
}

async fn what_managers_read_opens_in_a_spreadsheet_too(service: &Service) {
    let parties = parties(service).await;
    let provider = &parties.provider;
    let own = format!("/api/v1/parties/{}", provider.key);
    let spare = json!({ "label": "=1+1" });
    let spare = provider.client.post(&format!("{own}/tokens"), &spare).await.expect(201).location();
    let tokens = table(&provider.client, &format!("{own}/tokens")).await;
    assert!(tokens.len() == 3 && tokens[1].contains("'=1+1"), "{tokens:?}");
    provider.client.delete(&spare).await.expect(200);
    assert_eq!(table(&provider.client, &format!("{own}/tokens?in_force=true")).await.len(), 2);

    let body = json!({ "email": "bo@example.org", "name": "Bo", "role": "member" });
    provider.client.post(&format!("{own}/invitations"), &body).await.expect(201);
    for (status, members) in [("", 1), ("?status=invited", 1), ("?status=suspended", 0)] {
        let lines = table(&provider.client, &format!("{own}/memberships{status}")).await;
        assert_eq!(lines.iter().filter(|line| line.contains("invited")).count(), members, "{status}: {lines:?}");
    }
    let wrong = format!("{own}/memberships?status=gone");
    provider.client.get(&wrong).await.expect_problem(400, "bad_parameter");

    let request = provider.client.request(reqwest::Method::GET, &format!("{own}/audit?limit=1"));
    let audit = crate::client::send(request.header("Accept", "text/csv")).await.expect(200);
    let link = audit.headers["link"].to_str().unwrap().to_owned();
    assert!(link.contains("after=1>"), "the chain goes on after its first row: {link}");
    assert!(table(&service.public(), "/api/v1/states").await.len() > 190);
}

async fn every_page_of_a_table_has_the_same_columns(service: &Service) {
    let parties = parties(service).await;
    let (state, provider) = (&parties.state.client, &parties.provider.client);
    let mut lists = std::collections::BTreeMap::new();
    let described: serde_json::Value = serde_json::from_str(&needmatch_api::openapi()).unwrap();
    for (path, item) in described["paths"].as_object().unwrap() {
        let is_table = item["get"]["responses"]["200"]["content"]["text/csv"].is_object();
        if is_table
            && path.starts_with("/api/v1/")
            && !path.contains('{')
            && !path.contains("/me/")
            && !path.ends_with("documents")
        {
            lists.insert(path.clone(), table(provider, path).await);
        }
    }
    assert!(lists.len() > 12, "{:?}", lists.keys());
    for (path, lines) in &lists {
        assert!(lines[0].split(',').count() > 1, "{path}: {lines:?}");
    }
    // An offer that says all it can and one that says little, on two pages; and none.
    let little = json!({ "title": "Little", "form": "money", "unit": "USD", "quantity": 5 });
    for offer in [offer(), little] {
        provider.post("/api/v1/offers", &offer).await.expect(201);
    }
    for query in ["?limit=1&order=oldest", "?limit=1", "?area=marking&form=in_kind"] {
        let lines = table(provider, &format!("/api/v1/offers{query}")).await;
        assert_eq!(lines[0], lists["/api/v1/offers"][0], "{query}");
    }
    let bare = json!({ "title": "Idea", "area": "marking", "components": [{ "note": "Technical assistance" }] });
    state.post("/api/v1/requests", &bare).await.expect(201);
    for query in ["", "?area=record_keeping"] {
        assert_eq!(table(state, &format!("/api/v1/requests{query}")).await[0], lists["/api/v1/requests"][0], "{query}");
    }
}

async fn lists_are_narrowed_to_what_is_sought(service: &Service) {
    let parties = parties(service).await;
    let (state, coordinator) = (&parties.state.client, &parties.coordinator.client);
    service.party(PartyKind::State, "KEN").await;
    let count = async |client: &Client, path: &str| {
        client.get(path).await.expect(200).body["items"].as_array().map(Vec::len).expect("a list")
    };
    let party = coordinator.get(&format!("/api/v1/parties/{}", parties.state.key)).await.expect(200);
    let renamed = json!({ "name": "République du Sénégal" });
    let path = format!("/api/v1/parties/{}", parties.state.key);
    coordinator.put(&path, Some(party.version()), &renamed).await.expect(200);
    for (query, found) in [("q=RÉPUB", 1), ("q=sen", 1), ("kind=state&q=k", 1), ("q=sénégal%20du", 1), ("q=peru", 0)]
    {
        assert_eq!(count(&service.public(), &format!("/api/v1/parties?{query}")).await, found, "{query}");
    }
    let section = json!({ "section": "marking", "ask": "Technical and financial assistance" });
    state.post("/api/v1/reports", &json!({ "year": 2025, "sections": [section] })).await.expect(201);
    for (query, found) in [("state=SEN", 1), ("state=KEN", 0), ("year=2025", 1), ("year=2024&state=SEN", 0)] {
        for client in [state, coordinator] {
            assert_eq!(count(client, &format!("/api/v1/reports?{query}")).await, found, "{query}");
        }
        assert_eq!(count(&parties.provider.client, &format!("/api/v1/reports?{query}")).await, 0);
    }
    assert_eq!(count(coordinator, "/api/v1/runs?lifecycle=queued").await, 0);
    coordinator.get("/api/v1/runs?lifecycle=flying").await.expect_problem(400, "bad_parameter");
    assert_eq!(count(coordinator, &format!("/api/v1/commitments?party={}", parties.state.key)).await, 0);
    coordinator.get("/api/v1/commitments?round=x").await.expect_problem(404, "not_found");
}

crate::on_both_databases!(
    what_managers_read_opens_in_a_spreadsheet_too,
    every_page_of_a_table_has_the_same_columns,
    lists_are_narrowed_to_what_is_sought,
    a_list_opens_in_a_spreadsheet,
    pages_neither_repeat_nor_hide_while_rows_come_in
);
