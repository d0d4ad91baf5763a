//! Words that belong to a code: the code as written in files goes in, its name in the reader's language comes out.
//!
//! A code without a message, such as an area that a scenario declares itself, is returned as it is: the caller shows
//! the scenario's own name where it has one.

use crate::locale::Locale;
use crate::message::{has, text};
use crate::value::Value;

/// A family of messages whose keys end in a code, with the codes it covers.
#[derive(Debug, Clone, Copy)]
pub struct Family {
    /// What stands before the code.
    pub prefix: &'static str,
    /// What stands behind the code.
    pub suffix: &'static str,
    /// The codes, in the order in which they are shown.
    pub codes: &'static [&'static str],
}

/// Areas of work that need no declaration.
pub const AREAS: &[&str] = &[
    "marking",
    "record_keeping",
    "tracing",
    "stockpile_norms",
    "stockpile_procedures",
    "stockpile_training",
    "stockpile_personnel",
    "stockpile_finance",
    "stockpile_infrastructure",
    "destruction",
    "border",
    "conflict_tracing",
    "transfer_controls",
    "legislation",
    "reporting",
    "ballistics",
    "illicit_manufacture",
    "community",
];

/// Types of component.
pub const TYPES: &[&str] = &[
    "funds",
    "equipment",
    "technology",
    "training",
    "expertise",
    "infrastructure",
    "maintenance",
    "legal",
    "software",
];

/// Circumstances of a request.
pub const CONTEXTS: &[&str] = &["none", "conflict", "post_conflict"];

/// Goals of a plan.
pub const GOALS: &[&str] = &["coverage", "completed", "equity", "synergy", "sustainability", "stability", "economy"];

/// States of a run and verdicts on its plan.
pub const STATUSES: &[&str] =
    &["queued", "running", "succeeded", "optimal", "within_gap", "limit", "infeasible", "failed", "cancelled"];

/// How strictly a rule holds.
pub const MODES: &[&str] = &["enforce", "warn", "off"];

/// Rules, eligibility first, in the order in which the first refusal counts.
pub const RULES: &[&str] = &[
    "area",
    "type",
    "unit_and_item",
    "earmark",
    "context",
    "window",
    "embargo",
    "consent",
    "contribution",
    "sustainability_required",
    "action_plan",
    "report",
    "firm_only",
    "duplication",
    "bare_equipment",
    "suitability",
    "forbidden",
    "demand",
    "minimum",
    "capacity",
    "ticket",
    "state_limit",
    "reach",
    "fragmentation",
    "bundle",
    "choice",
    "sustainability",
    "obstacle",
    "absorption",
    "channel",
    "regional_floor",
    "regional_ceiling",
    "package",
    "precedence",
    "locked",
];

/// Of [`RULES`], how many decide on pairs; the others constrain the plan as a whole.
pub const ELIGIBILITY_RULES: usize = 17;

/// Obstacles that a request may name.
pub const OBSTACLES: &[&str] =
    &["no_budget", "staff_turnover", "no_maintenance", "no_power", "no_site", "no_law", "insecurity", "other"];

/// Regions of the United Nations by their M49 code.
pub const REGIONS: &[&str] = &[
    "2", "5", "9", "11", "13", "14", "15", "17", "18", "19", "21", "29", "30", "34", "35", "39", "53", "54", "57",
    "61", "142", "143", "145", "150", "151", "154", "155", "202", "419",
];

/// Every family.
pub const FAMILIES: &[Family] = &[
    Family { prefix: "area-", suffix: "", codes: AREAS },
    Family { prefix: "type-", suffix: "", codes: TYPES },
    Family { prefix: "context-", suffix: "", codes: CONTEXTS },
    Family { prefix: "goal-", suffix: "", codes: GOALS },
    Family { prefix: "goal-", suffix: "-meaning", codes: GOALS },
    Family { prefix: "status-", suffix: "", codes: STATUSES },
    Family { prefix: "mode-", suffix: "", codes: MODES },
    Family { prefix: "rule-", suffix: "", codes: RULES },
    Family { prefix: "rule-", suffix: "-why", codes: RULES },
    Family { prefix: "obstacle-", suffix: "", codes: OBSTACLES },
    Family { prefix: "region-", suffix: "", codes: REGIONS },
];

/// Prefixes of messages whose keys end in a code that another crate keeps, with what may stand behind the code. The tests
/// of those crates hold them complete.
pub const REGISTRIES: &[(&str, &[&str])] = &[
    ("refusal-", &["", "-detail", "-action", "-end"]),
    ("fault-", &["", "-action"]),
    ("setting-", &["", "-action"]),
    ("freeze-", &[""]),
    ("finding-", &["", "-detail", "-absent", "-action"]),
    ("left-out-", &[""]),
];

/// Prefixes of phrases: words for people that stand as values in refusals, such as what a principal may not do. The
/// key of a phrase is its English, written small with underscores; see [`phrase`].
pub const PHRASES: &[&str] =
    &["may-", "thing-", "state-", "step-", "what-", "broken-", "expected-", "because-", "freeze-wrong-", "freeze-sum-"];

/// The key of a phrase: its English in small letters, with an underscore for whatever is neither letter nor digit.
pub fn phrase_key(prefix: &str, english: &str) -> String {
    let words = english.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    format!("{prefix}{}", words.collect::<Vec<_>>().join("_").to_ascii_lowercase())
}

/// A phrase as a value of a sentence; as it is where it has no message, as the name of a database's own rule has none.
pub fn phrase(prefix: &str, english: &str) -> Value {
    let key = phrase_key(prefix, english);
    if has(&key) { Value::Message { key, values: Vec::new() } } else { Value::from(english) }
}

fn word(locale: Locale, prefix: &str, code: &str, suffix: &str, values: &[(&str, Value)]) -> String {
    let key = format!("{prefix}{code}{suffix}");
    if has(&key) { text(locale, &key, values) } else { code.to_owned() }
}

/// An area's name.
pub fn area(locale: Locale, code: &str) -> String {
    word(locale, "area-", code, "", &[])
}

/// The name of a type of component.
pub fn component_type(locale: Locale, code: &str) -> String {
    word(locale, "type-", code, "", &[])
}

/// The name of a request's circumstances.
pub fn context(locale: Locale, code: &str) -> String {
    word(locale, "context-", code, "", &[])
}

/// A goal's name.
pub fn goal(locale: Locale, code: &str) -> String {
    word(locale, "goal-", code, "", &[])
}

/// A sentence that says what a goal strives for.
pub fn goal_meaning(locale: Locale, code: &str) -> String {
    word(locale, "goal-", code, "-meaning", &[])
}

/// The name of a run's state or of the verdict on its plan.
pub fn status(locale: Locale, code: &str) -> String {
    word(locale, "status-", code, "", &[])
}

/// How strictly a rule holds.
pub fn mode(locale: Locale, code: &str) -> String {
    word(locale, "mode-", code, "", &[])
}

/// The name of an obstacle that a request names.
pub fn obstacle(locale: Locale, code: &str) -> String {
    word(locale, "obstacle-", code, "", &[])
}

/// A region's name, by its M49 code.
pub fn region(locale: Locale, code: &str) -> String {
    word(locale, "region-", code, "", &[])
}

/// A rule's name.
pub fn rule(locale: Locale, code: &str) -> String {
    word(locale, "rule-", code, "", &[])
}

/// Why a rule of eligibility refuses `offers` offers.
pub fn refusal(locale: Locale, code: &str, offers: impl Into<Value>) -> String {
    word(locale, "rule-", code, "-why", &[("offers", offers.into())])
}

/// What a rule of the plan does not allow.
pub fn limit(locale: Locale, code: &str) -> String {
    word(locale, "rule-", code, "-why", &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_every_family_has_its_message() {
        for family in FAMILIES {
            for code in family.codes {
                let key = format!("{}{code}{}", family.prefix, family.suffix);
                assert!(has(&key), "{key} has no message");
            }
        }
    }

    #[test]
    fn a_phrase_is_found_by_its_english() {
        assert_eq!(phrase_key("expected-", "five numbers, priority 1 first"), "expected-five_numbers_priority_1_first");
        assert_eq!(phrase("state-", "in_round"), Value::message("state-in_round", Vec::new()));
        assert_eq!(phrase("broken-", "offers_check"), Value::from("offers_check"));
    }

    #[test]
    fn a_code_declared_elsewhere_is_shown_as_it_is() {
        assert_eq!(area(Locale::French, "water_and_sanitation"), "water_and_sanitation");
    }

    #[test]
    fn rules_of_eligibility_count_offers_and_others_do_not() {
        for (position, code) in RULES.iter().enumerate() {
            let why = refusal(Locale::English, code, 1234_u32);
            assert_eq!(why.contains("1,234"), position < ELIGIBILITY_RULES, "{code}: {why}");
        }
    }
}
