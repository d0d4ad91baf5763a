//! What documents are read as: complete ones as components, others as the lines that were sent.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::document::{self, RequestDocument};
use super::{COMPONENT_FIELDS, DraftLine};
use crate::error::{AppError, Faults};

/// Fields without which a line is incomplete.
const NEEDED: [&str; 4] = ["type", "unit", "quantity", "unit_cost"];

fn read(components: &Value) -> Result<RequestDocument, AppError> {
    let document = json!({ "title": "Register", "area": "record_keeping", "components": components });
    let mut faults = Faults::default();
    let read = document::read(&document, "R1", "", &mut faults);
    faults.finish(read)
}

fn faults(components: &Value) -> Vec<(String, &'static str)> {
    match read(components) {
        Err(AppError::Invalid { fields }) => {
            fields.into_iter().map(|field| (field.pointer, field.fault.name())).collect()
        }
        Err(other) => panic!("{other:?}"),
        Ok(_) => Vec::new(),
    }
}

/// Everything that may stand in a line, but for what names other lines.
fn whole_line() -> impl Strategy<Value = Map<String, Value>> {
    let quantities = (1..=500_i64, 0..=500_i64, 1..=500_i64, 1..=9_000_i64);
    let words =
        (prop::sample::select(vec!["training", "software", "equipment"]), prop::sample::select(vec!["place", "set"]));
    (quantities, words, any::<bool>(), 0..=100_u8, "[a-z]{1,12}").prop_map(
        |((quantity, received, minimum, unit_cost), (kind, unit), divisible, points, note)| {
            let line = json!({
                "type": kind, "item": "marking_machine", "unit": unit, "quantity": quantity,
                "received": received.min(quantity), "minimum": minimum.min(quantity), "unit_cost": unit_cost,
                "divisible": divisible, "from": "2027", "to": "2028", "period_max": quantity, "choice": "either",
                "covered_by": "national", "sustainability_points": points, "note": note
            });
            line.as_object().expect("an object").clone()
        },
    )
}

/// Lines of which each has some of its fields; now and then one requires the first.
fn lines() -> impl Strategy<Value = Vec<Map<String, Value>>> {
    let line = (whole_line(), prop::collection::vec(any::<bool>(), 15), any::<bool>(), any::<bool>());
    prop::collection::vec(line, 1..5).prop_map(|lines| {
        let left = |(position, (line, kept, is_whole, requires)): (usize, (Map<_, _>, Vec<_>, bool, bool))| {
            let named = line.into_iter().zip(kept);
            let mut line: Map<String, Value> =
                named.filter(|(_, kept)| *kept || is_whole).map(|(field, _)| field).collect();
            if requires && position > 0 {
                line.insert("requires".to_owned(), json!(["R1-1"]));
            }
            line
        };
        lines.into_iter().enumerate().map(left).collect()
    })
}

/// What a field says when it is left out.
fn default_of(field: &str) -> Value {
    match field {
        "received" | "sustainability_points" => json!(0),
        "divisible" => json!(true),
        "requires" => json!([]),
        _ => Value::Null,
    }
}

proptest! {
    #[test]
    fn a_complete_document_is_components_and_any_other_what_was_sent(sent in lines()) {
        let is_complete = sent.iter().all(|line| NEEDED.iter().all(|field| line.contains_key(*field)));
        let RequestDocument { content, components, .. } = read(&json!(sent)).unwrap();
        prop_assert_eq!(content.lines.is_none(), is_complete);
        prop_assert_eq!(components.len(), if is_complete { sent.len() } else { 0 });
        if is_complete {
            let is_required = sent.iter().any(|line| line.contains_key("requires"));
            for (position, (row, line)) in components.iter().zip(&sent).enumerate() {
                prop_assert_eq!(&row.reference, &format!("R1-{}", position + 1));
                prop_assert_eq!(json!([row.r#type, row.unit, row.quantity]), json!([line["type"], line["unit"], line["quantity"]]));
                let usual = if is_required && position == 0 { row.quantity } else { 1 };
                let minimum = line.get("minimum").cloned().unwrap_or_else(|| json!(usual));
                prop_assert_eq!(&row.body["minimum"], &minimum);
                for field in COMPONENT_FIELDS.iter().filter(|field| !["reference", "type", "unit", "quantity", "minimum"].contains(field)) {
                    let said = row.body.get(*field).cloned().unwrap_or_default();
                    prop_assert_eq!(said, line.get(*field).cloned().unwrap_or_else(|| default_of(field)), "{}", field);
                }
            }
        } else {
            let kept = content.lines.clone().unwrap();
            let shown: Vec<DraftLine> = serde_json::from_value(kept.clone()).unwrap();
            for (position, (line, sent)) in shown.iter().zip(&sent).enumerate() {
                let empty: Vec<&str> = NEEDED.into_iter().filter(|field| !sent.contains_key(*field)).collect();
                prop_assert_eq!(line.lacks(), empty);
                let line = json!(line);
                prop_assert_eq!(&line["reference"], &json!(format!("R1-{}", position + 1)));
                for field in COMPONENT_FIELDS.iter().filter(|field| **field != "reference") {
                    let said = sent.get(*field).cloned().unwrap_or_else(|| default_of(field));
                    prop_assert_eq!(&line[*field], &said, "{}", field);
                }
            }
            // Whoever sends back what is shown changes nothing.
            let again = read(&kept).unwrap();
            prop_assert_eq!(again.content, content);
        }
    }
}

#[test]
fn what_is_there_is_checked_as_in_a_complete_line() {
    for (line, place, fault) in [
        (json!({ "type": "singing" }), "type", "unknown_word"),
        (json!({ "quantity": 0 }), "quantity", "out_of_range"),
        (json!({ "quantity": "many" }), "quantity", "not_whole"),
        (json!({ "quantity": 5, "minimum": 6 }), "minimum", "minimum_above_quantity"),
        (json!({ "quantity": 5, "received": 6 }), "received", "received_above_quantity"),
        (json!({ "unit": "currency", "unit_cost": 2 }), "unit_cost", "unit_cost_of_currency"),
        (json!({ "unit": "a;b" }), "unit", "bad_identifier"),
        (json!({ "requires": ["R1-1"] }), "requires", "requires_itself"),
        (json!({ "requires": ["R1-2"] }), "requires", "unknown_component"),
        (json!({ "note": "\u{202e}x" }), "note", "forbidden_character"),
        (json!({ "amount": 3 }), "amount", "unknown_field"),
    ] {
        assert_eq!(faults(&json!([line])), [(format!("/components/0/{place}"), fault)], "{line}");
    }
    let twins = json!([{ "reference": "A" }, { "reference": "A", "quantity": 1 }]);
    assert_eq!(faults(&twins), [("/components/1/reference".to_owned(), "twice")]);
}

#[test]
fn a_line_may_have_nothing_but_words_and_money_needs_no_cost() {
    let kept = read(&json!([{ "note": "Technical assistance" }])).unwrap().content.lines.unwrap();
    assert_eq!((&kept[0]["note"], &kept[0]["reference"]), (&json!("Technical assistance"), &json!("R1-1")));
    let money = json!([{ "type": "funds", "unit": "currency", "quantity": 500 }]);
    let RequestDocument { content, components, .. } = read(&money).unwrap();
    assert_eq!((content.lines, components[0].body["unit_cost"].as_i64()), (None, Some(1)));
}
