//! Lists a page at a time.

use serde_json::json;

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

crate::on_both_databases!(a_list_opens_in_a_spreadsheet, pages_neither_repeat_nor_hide_while_rows_come_in);
