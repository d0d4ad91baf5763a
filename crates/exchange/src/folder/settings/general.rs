//! Name, currency, day, rates, limits and further areas.

use std::collections::BTreeMap;

use jiff::civil::Date;
use needmatch_domain::area::BUILT_IN_AREAS;
use needmatch_domain::goal::Gap;
use needmatch_domain::ids::AreaCode;
use needmatch_domain::money::Rate;
use needmatch_domain::scenario::{DeclaredArea, Limits};

use super::reader::{Reader, join};
use super::tree::{Setting, Tree, Value};
use crate::error::ErrorCode;
use crate::folder::currency;
use crate::folder::number::date;

/// Longest run a scenario may ask for, in seconds: a week.
pub(crate) const MAX_SECONDS: i64 = 7 * 24 * 3600;
/// Most threads a scenario may ask for.
pub(crate) const MAX_THREADS: i64 = 1024;

pub(super) fn read_name(tree: &Tree, folder_name: &str, reader: &mut Reader<'_>) -> String {
    let given = tree.get("name").and_then(|setting| reader.text(setting, "name"));
    given.filter(|name| !name.is_empty()).unwrap_or(folder_name).to_owned()
}

pub(super) fn read_currency(tree: &Tree, reader: &mut Reader<'_>) -> Option<String> {
    let Some(setting) = tree.get("currency") else {
        reader.refuse_absent("currency", ErrorCode::SettingMissing { example: "currency = \"USD\"" });
        return None;
    };
    let code = reader.text(setting, "currency")?;
    if !currency::exists(code) {
        let near = currency::nearest(code, &reader.known.candidates);
        reader.refuse(setting, "currency", code, ErrorCode::UnknownCurrency { near });
    }
    Some(code.to_owned())
}

pub(super) fn read_as_of(tree: &Tree, reader: &mut Reader<'_>) -> Option<Date> {
    let Some(setting) = tree.get("as_of") else {
        reader.refuse_absent("as_of", ErrorCode::SettingMissing { example: "as_of = \"2026-01-01\"" });
        return None;
    };
    let found = match &setting.value {
        Value::Text(text) | Value::Date(text) => date(text),
        _ => None,
    };
    if found.is_none() {
        reader.refuse(setting, "as_of", &setting.shown(), ErrorCode::NotADate {});
    }
    found
}

pub(super) fn read_rates(tree: &Tree, accounting: Option<&str>, reader: &mut Reader<'_>) -> BTreeMap<String, Rate> {
    let mut rates = BTreeMap::new();
    for (code, setting) in reader.table_at(tree, "", "rates").into_iter().flatten() {
        let path = join("rates", code);
        if !currency::exists(code) {
            let near = currency::nearest(code, &reader.known.candidates);
            reader.refuse(setting, &path, code, ErrorCode::UnknownCurrency { near });
        }
        let digits = match &setting.value {
            Value::Text(text) | Value::Decimal(text) | Value::Integer { digits: text, .. } => text.as_str(),
            _ => "",
        };
        match digits.parse::<Rate>() {
            Err(_) => reader.refuse(setting, &path, &setting.shown(), ErrorCode::BadRate {}),
            Ok(rate) if accounting == Some(code) && rate != Rate::ONE => {
                reader.refuse(setting, &path, digits, ErrorCode::RateOfAccountingCurrency {});
            }
            Ok(rate) => {
                rates.insert(code.clone(), rate);
            }
        }
    }
    rates
}

pub(super) fn read_limits(tree: &Tree, reader: &mut Reader<'_>) -> Limits {
    let mut limits = Limits::default();
    let Some(table) = reader.table_at(tree, "", "limits") else { return limits };
    reader.only(table, "limits", &["gap_permille", "seconds", "threads", "seed"]);
    if let Some(gap) = table.get("gap_permille").and_then(|setting| read_gap(setting, reader)) {
        limits.gap_permille = gap;
    }
    if let Some(seconds) = reader.whole_at(table, "limits", "seconds", &(1..=MAX_SECONDS)) {
        limits.seconds = seconds;
    }
    if let Some(threads) = reader.whole_at(table, "limits", "threads", &(0..=MAX_THREADS)) {
        limits.threads = threads;
    }
    if let Some(seed) = table.get("seed").and_then(|setting| read_seed(setting, reader)) {
        limits.seed = seed;
    }
    limits
}

fn read_gap(setting: &Setting, reader: &mut Reader<'_>) -> Option<Gap> {
    let number = match &setting.value {
        Value::Integer { digits, .. } => digits.parse().ok(),
        Value::Decimal(text) => text.parse().ok(),
        _ => None,
    };
    let gap = number.and_then(Gap::from_permille);
    if gap.is_none() {
        reader.wrong_type(setting, "limits.gap_permille", "a number of permille from 0 upwards");
    }
    gap
}

/// TOML has no integers above 2^63; a larger seed is written as text.
fn read_seed(setting: &Setting, reader: &mut Reader<'_>) -> Option<u64> {
    if let Value::Text(digits) = &setting.value {
        let seed = Some(digits)
            .filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|text| text.parse().ok());
        if seed.is_none() {
            reader.wrong_type(setting, "limits.seed", "a whole number from 0 to 18446744073709551615");
        }
        return seed;
    }
    reader.whole(setting, "limits.seed", &(0..=i64::MAX))
}

pub(super) fn read_areas(tree: &Tree, reader: &mut Reader<'_>) -> Vec<DeclaredArea> {
    let mut areas = Vec::new();
    for (code, setting) in reader.table_at(tree, "", "areas").into_iter().flatten() {
        let path = join("areas", code);
        let Some(entry) = reader.table(setting, &path) else { continue };
        reader.only(entry, &path, &["name"]);
        let name = entry.get("name").and_then(|name| reader.text(name, &join(&path, "name")));
        let name = name.filter(|name| !name.is_empty()).unwrap_or(code).to_owned();
        match code.parse::<AreaCode>() {
            // A built-in area stands without being declared; its name is translated.
            Ok(code) if BUILT_IN_AREAS.contains(&code.as_str()) => {}
            Ok(code) => areas.push(DeclaredArea { code, name }),
            Err(fault) => {
                reader.refuse(setting, &path, code, ErrorCode::BadIdentifier { reason: fault.to_string() });
            }
        }
    }
    areas
}
