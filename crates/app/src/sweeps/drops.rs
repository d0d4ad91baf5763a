//! What a setting leaves out: rows by the keys that `[drop]` of a scenario folder names, and, for stress tests, every
//! pledge. What hangs on a row goes with it: components of a request, judgements, locks and amounts of an offer.

use std::collections::BTreeSet;

use needmatch_domain::scenario::{Firmness, Scenario};
use needmatch_exchange::{ErrorCode, Near};
use serde_json::Value;

use crate::document::shown;
use crate::error::{Fault, Faults};

/// Tables that rows may be dropped of.
const TABLES: [&str; 5] = ["channels", "components", "offers", "programmes", "requests"];

/// Leaves out of the scenario what `drop` names; `at` is the pointer of `drop` in the document.
pub(super) fn leave_out(scenario: &mut Scenario, drop: &Value, at: &str, faults: &mut Faults) {
    let Value::Object(drop) = drop else {
        faults.push(at, Some(&shown(drop)), Fault::Setting(ErrorCode::WrongType { expected: "a table" }));
        return;
    };
    for (name, given) in drop {
        let place = format!("{at}/{name}");
        match (name.as_str(), given) {
            ("pledges", Value::Bool(true)) => scenario.offers.retain(|offer| offer.firmness != Firmness::Pledge),
            ("pledges", Value::Bool(false)) => {}
            ("pledges", other) => {
                let fault = Fault::WrongType { expected: "true or false" };
                faults.push(place, Some(&shown(other)), fault);
            }
            (table, Value::Array(keys)) if TABLES.contains(&table) => rows(scenario, table, keys, &place, faults),
            (table, other) if TABLES.contains(&table) => {
                let fault = Fault::Setting(ErrorCode::WrongType { expected: "a list of ids" });
                faults.push(place, Some(&shown(other)), fault);
            }
            _ => {
                let fault = Fault::UnknownField { allowed: format!("{}, pledges", TABLES.join(", ")) };
                faults.push(place, Some(name), fault);
            }
        }
    }
    what_hangs_on_them(scenario);
}

fn rows(scenario: &mut Scenario, table: &str, keys: &[Value], at: &str, faults: &mut Faults) {
    for (position, key) in keys.iter().enumerate() {
        let place = format!("{at}/{position}");
        let Value::String(key) = key else {
            let fault = Fault::Setting(ErrorCode::WrongType { expected: "an id between quotation marks" });
            faults.push(place, Some(&shown(key)), fault);
            continue;
        };
        let is_other = |id: &str| id != key;
        let dropped = match table {
            "channels" => take(&mut scenario.channels, |row| is_other(row.id.as_str())),
            "components" => take(&mut scenario.components, |row| is_other(row.id.as_str())),
            "offers" => take(&mut scenario.offers, |row| is_other(row.id.as_str())),
            "programmes" => take(&mut scenario.programmes, |row| is_other(row.id.as_str())),
            _ => take(&mut scenario.requests, |row| is_other(row.id.as_str())),
        };
        if !dropped {
            faults.push(place, Some(key), Fault::Setting(ErrorCode::DropUnknown { near: Near::default() }));
        }
    }
}

fn take<T>(rows: &mut Vec<T>, stays: impl Fn(&T) -> bool) -> bool {
    let before = rows.len();
    rows.retain(stays);
    rows.len() < before
}

fn what_hangs_on_them(scenario: &mut Scenario) {
    let requests: BTreeSet<_> = scenario.requests.iter().map(|row| row.id.clone()).collect();
    scenario.components.retain(|row| requests.contains(&row.request));
    let components: BTreeSet<_> = scenario.components.iter().map(|row| row.id.clone()).collect();
    let offers: BTreeSet<_> = scenario.offers.iter().map(|row| row.id.clone()).collect();
    scenario.offer_periods.retain(|row| offers.contains(&row.offer));
    scenario.suitability.retain(|row| components.contains(&row.component) && offers.contains(&row.offer));
    scenario.locks.retain(|row| components.contains(&row.component) && offers.contains(&row.offer));
    scenario.baseline.retain(|row| components.contains(&row.component) && offers.contains(&row.offer));
}
