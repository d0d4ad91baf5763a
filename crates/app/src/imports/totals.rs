//! What tables come to, as far as they can be read: for the person who confirms them to compare with what they meant.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::read::{Read, Row};

/// Sums. One too large to be told stands at the largest number there is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Cost of what is asked for, in accounting currency, by area.
    pub asked: BTreeMap<String, i64>,
    /// What is offered, by currency.
    pub offered_money: BTreeMap<String, i64>,
    /// What is offered in kind, by unit.
    pub offered_in_kind: BTreeMap<String, i64>,
}

pub(super) fn of(read: &Read) -> Totals {
    let mut totals = Totals::default();
    for request in &read.requests {
        let cost = request.parts.iter().fold(0_i64, |sum, part| {
            let unit_cost = number(part, "unit_cost").unwrap_or(1);
            sum.saturating_add(number(part, "quantity").unwrap_or(0).saturating_mul(unit_cost))
        });
        add(&mut totals.asked, text(request, "area"), cost);
    }
    for offer in &read.offers {
        let to = match text(offer, "form").as_str() {
            "money" => &mut totals.offered_money,
            _ => &mut totals.offered_in_kind,
        };
        add(to, text(offer, "unit"), number(offer, "quantity").unwrap_or(0));
    }
    totals
}

fn add(sums: &mut BTreeMap<String, i64>, name: String, amount: i64) {
    let sum = sums.entry(name).or_default();
    *sum = sum.saturating_add(amount);
}

fn number(row: &Row, column: &str) -> Option<i64> {
    row.cells.get(column).and_then(Value::as_i64)
}

fn text(row: &Row, column: &str) -> String {
    row.cells.get(column).and_then(Value::as_str).unwrap_or_default().to_owned()
}
