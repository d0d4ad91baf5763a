//! What keeps a round from being frozen, as a value of a sentence: place, fault, what to do.

use std::fmt;

use needmatch_domain::money::MAX_AMOUNT;
use needmatch_i18n::Value;
use needmatch_i18n::vocabulary::phrase;
use needmatch_matching::freeze::{FreezeError, FreezeFault};

/// Something that keeps a scenario from being frozen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotFrozen {
    /// The setting of a sweep that it is in.
    pub setting: Option<String>,
    /// Table, row, column, fault.
    pub error: FreezeError,
}

impl From<FreezeError> for NotFrozen {
    fn from(error: FreezeError) -> Self {
        Self { setting: None, error }
    }
}

impl fmt::Display for NotFrozen {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(setting) = &self.setting {
            write!(formatter, "setting {setting:?}: ")?;
        }
        write!(formatter, "{}", self.error)
    }
}

/// The fault with its place, for a sentence in any language.
pub fn freeze_fault(NotFrozen { setting, error }: &NotFrozen) -> Value {
    let placed = placed(error);
    match setting {
        Some(setting) => Value::message("freeze-setting", vec![("setting", setting.into()), ("fault", placed)]),
        None => placed,
    }
}

fn placed(error: &FreezeError) -> Value {
    let key = match (error.row.is_empty(), error.column.is_empty()) {
        (false, false) => "freeze-place",
        (false, true) => "freeze-place-row",
        (true, false) => "freeze-place-column",
        (true, true) => "freeze-place-file",
    };
    let (name, values) = fault(&error.fault);
    let mut said = vec![("file", Value::from(error.file)), ("fault", Value::message(format!("freeze-{name}"), values))];
    if !error.row.is_empty() {
        said.push(("row", Value::from(&error.row)));
    }
    if !error.column.is_empty() {
        said.push(("column", Value::from(error.column)));
    }
    Value::message(key, said)
}

/// The name of a fault among the messages, and its values.
fn fault(fault: &FreezeFault) -> (&'static str, Vec<(&'static str, Value)>) {
    let limit = || ("limit", Value::Count(MAX_AMOUNT));
    match fault {
        FreezeFault::Unknown { value } => ("unknown", vec![("value", value.into())]),
        FreezeFault::Duplicate => ("duplicate", Vec::new()),
        FreezeFault::OutOfRange { value, least, most } => {
            ("out_of_range", vec![("value", amount(*value)), ("least", (*least).into()), ("most", (*most).into())])
        }
        FreezeFault::ForeignMitigation { component } => ("foreign_mitigation", vec![("component", component.into())]),
        FreezeFault::MissingRate { currency } => ("missing_rate", vec![("currency", currency.into())]),
        FreezeFault::ConvertedTooLarge { converted } => {
            ("converted_too_large", vec![("converted", amount(*converted)), limit()])
        }
        FreezeFault::WeightTooLarge { request, weight } => {
            ("weight_too_large", vec![("request", request.into()), ("weight", amount(*weight)), limit()])
        }
        FreezeFault::DrawTooLarge { offer, draw } => {
            ("draw_too_large", vec![("offer", offer.into()), ("draw", amount(*draw)), limit()])
        }
        FreezeFault::ScoreTooLarge { offer, score } => {
            ("score_too_large", vec![("offer", offer.into()), ("score", amount(*score))])
        }
        FreezeFault::LockWithoutPeriod => ("lock_without_period", Vec::new()),
        FreezeFault::LockOnMet => ("lock_on_met", Vec::new()),
        FreezeFault::LockOnSettled => ("lock_on_settled", Vec::new()),
        FreezeFault::LockedAndForbidden => ("locked_and_forbidden", Vec::new()),
        FreezeFault::Problem { place, what } => ("problem", vec![("place", place.into()), ("what", wrong(what))]),
    }
}

/// What the check of a problem finds: a phrase, and in one the name of what was summed.
fn wrong(what: &str) -> Value {
    let summed = what.strip_prefix("the sum of ").and_then(|rest| rest.strip_suffix(PASSES));
    match summed {
        Some(name) => Value::message("freeze-total", vec![("name", phrase("freeze-sum-", name))]),
        None => phrase("freeze-wrong-", what),
    }
}

/// How the check of a problem says that a total is too large.
const PASSES: &str = " passes 2^62: use a larger unit of account or smaller weights";

/// A number that may be larger than a count.
fn amount(number: impl TryInto<i64> + ToString + Copy) -> Value {
    number.try_into().map_or_else(|_| Value::Text(number.to_string()), Value::Count)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use needmatch_i18n::message::has;
    use needmatch_i18n::vocabulary::phrase_key;
    use needmatch_i18n::{Locale, plain};
    use needmatch_matching::freeze::{FreezeError, FreezeFault};

    use super::{NotFrozen, PASSES, freeze_fault};

    /// What the check says stands in its source: whatever it comes to say is asked for here.
    #[test]
    fn whatever_the_check_of_a_problem_finds_is_said_in_every_language() {
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/../domain/src/problem/check.rs");
        let source = std::fs::read_to_string(source).unwrap();
        let body = source.split("pub fn faults").nth(1).unwrap();
        let said: BTreeSet<&str> = body.split('"').skip(1).step_by(2).filter(|text| text.contains(' ')).collect();
        let (with_values, plain_ones): (Vec<_>, Vec<_>) = said.into_iter().partition(|text| text.contains('{'));
        for english in plain_ones {
            let keys = ["freeze-wrong-", "freeze-sum-"].map(|prefix| phrase_key(prefix, english));
            assert!(keys.iter().any(|key| has(key)), "{english}");
        }
        assert!(with_values.contains(&format!("the sum of {{name}}{PASSES}").as_str()), "{with_values:?}");
        for name in ["score", "cost", "draw", "priority weights", "sustainability", "economy"] {
            let what = format!("the sum of {name}{PASSES}");
            let fault = FreezeFault::Problem { place: "problem".to_owned(), what };
            let error = FreezeError { file: "scenario.toml", row: String::new(), column: "", fault };
            let error = NotFrozen::from(error);
            let said = |locale| plain(locale, "refusal-cannot_freeze-detail", &[("faults", freeze_fault(&error))]);
            assert_eq!(said(Locale::English), error.to_string());
            let russian = said(Locale::Russian);
            assert!(!russian.contains("sum of") && !russian.contains(name), "{russian}");
        }
    }

    /// English is written twice, here and for the terminal: the two say the same.
    #[test]
    fn english_is_what_the_terminal_says() {
        let name = || "X".to_owned();
        let faults = [
            FreezeFault::Unknown { value: name() },
            FreezeFault::Duplicate,
            FreezeFault::OutOfRange { value: 12, least: 1, most: 5 },
            FreezeFault::ForeignMitigation { component: name() },
            FreezeFault::MissingRate { currency: name() },
            FreezeFault::ConvertedTooLarge { converted: 1 },
            FreezeFault::WeightTooLarge { request: name(), weight: 1 },
            FreezeFault::DrawTooLarge { offer: name(), draw: 1 },
            FreezeFault::ScoreTooLarge { offer: name(), score: 1 },
            FreezeFault::LockWithoutPeriod,
            FreezeFault::LockOnMet,
            FreezeFault::LockOnSettled,
            FreezeFault::LockedAndForbidden,
            FreezeFault::Problem { place: name(), what: name() },
        ];
        for fault in faults {
            for (row, column) in [("R1", "unit"), ("R1", ""), ("", "unit"), ("", "")] {
                let setting = row.is_empty().then(|| "without pledges".to_owned());
                let error = FreezeError { file: "a.csv", row: row.to_owned(), column, fault: fault.clone() };
                let error = NotFrozen { setting, error };
                let sentence =
                    |locale| plain(locale, "refusal-cannot_freeze-detail", &[("faults", freeze_fault(&error))]);
                assert_eq!(sentence(Locale::English).replace(',', ""), error.to_string().replace(',', ""));
                for locale in Locale::ALL {
                    let sentence = sentence(locale);
                    assert!(!sentence.contains(['⟦', '{']), "{sentence}");
                }
            }
        }
    }
}
