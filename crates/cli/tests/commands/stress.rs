use crate::folder::{committed, json, matched, refused, text};

#[test]
fn what_a_dropped_offer_paid_for_falls_and_the_rest_holds() {
    let scratch = tempfile::tempdir().unwrap();
    let run = matched(&committed("first-steps"), scratch.path(), "run.json");
    let report = json(&["stress", text(&run), "--drop", "offer=northland-fund", "--format", "json"]);
    assert_eq!(report["dropped"], serde_json::json!(["northland-fund"]));
    let rows = report["components"].as_array().unwrap();
    let fate = |id: &str| rows.iter().find(|row| row["component"] == id).map(|row| row["fate"].clone());
    assert_eq!(fate("register-software"), Some("falls".into()));
    assert!(report["cost_after"].as_i64() < report["cost_before"].as_i64());

    let said = refused(&["stress", text(&run), "--drop", "pledges"], 1);
    assert!(said.contains("no such offer"), "{said}");
    let said = refused(&["stress", text(&run), "--drop", "everything"], 2);
    assert!(said.contains("offer=ID"), "{said}");
}
