//! Why a component went without, in the reader's language: the messages of the pages, from the reasons by name that the
//! register keeps of a published run.

use needmatch_app::store::rounds::LeftOut;
use needmatch_domain::geography::{self, Language};
use needmatch_i18n::{Locale, Value, plain, text, vocabulary};
use serde_json::Value as Json;

/// Stands for what the reader may not see.
const UNNAMED: &str = "…";

/// The sentence of a link of the chain; `None` for a code that has none.
pub(crate) fn sentence(locale: Locale, link: &Json) -> Option<String> {
    let named = |name: &str| Value::from(link[name].as_str().unwrap_or(UNNAMED));
    let count = |name: &str| Value::Count(link[name].as_i64().unwrap_or_default());
    let say = |key: &str, values: &[(&str, Value)]| Some(text(locale, key, values));
    let said = match link["code"].as_str()? {
        "no_eligible_offer" => {
            let refused = link["refused"].as_array().into_iter().flatten();
            let sentences = refused.filter_map(|refusals| refusal(locale, refusals));
            let first = text(locale, "reason-no_eligible_offer", &[]);
            Some(std::iter::once(first).chain(sentences).collect::<Vec<_>>().join(" "))
        }
        "outbid" => Some(outbid(locale, link)),
        "required_unserved" => say("reason-required_unserved", &[("component", named("component"))]),
        "alternative_served" => say("reason-alternative_served", &[("component", named("component"))]),
        "package_unserved" => say("reason-package_unserved", &[("request", named("request"))]),
        "obstacle_unmitigated" => {
            let code = link["obstacle"].as_str().unwrap_or("other");
            let name = code.strip_prefix("other:").map(str::trim).map(ToOwned::to_owned);
            let name = name.unwrap_or_else(|| vocabulary::obstacle(locale, code));
            say("reason-obstacle_unmitigated", &[("obstacle", name.into())])
        }
        "sustainability_short" => say("reason-sustainability_short", &[("missing", count("missing"))]),
        "minimum_unreachable" => say("reason-minimum_unreachable", &[("reachable", count("reachable"))]),
        "absorption" => {
            let state = state(locale, link["state"].as_str().unwrap_or(UNNAMED));
            say("reason-absorption", &[("state", state.into()), ("period", named("period"))])
        }
        "rule_binds" => {
            let rule = vocabulary::rule(locale, link["rule"].as_str().unwrap_or_default());
            say("reason-rule_binds", &[("rule", rule.into())])
        }
        _ => None,
    };
    said.map(|sentence| finished(locale, sentence))
}

/// Isolating characters stay only where lines run from the right, as in refusals.
fn finished(locale: Locale, mut sentence: String) -> String {
    if !locale.is_right_to_left() {
        sentence.retain(|letter| !matches!(letter, '\u{2068}' | '\u{2069}'));
    }
    sentence
}

fn outbid(locale: Locale, link: &Json) -> String {
    let mut sentence = match link["offer"].as_str() {
        Some(offer) => text(locale, "reason-outbid", &[("offer", offer.into())]),
        // How many there are is not told.
        None => text(locale, "reason-outbid-unnamed", &[]),
    };
    if let Some(priority) = link["winning_priority"].as_i64() {
        sentence.push(' ');
        sentence.push_str(&text(locale, "reason-outbid-priority", &[("priority", Value::Count(priority))]));
    }
    sentence
}

fn refusal(locale: Locale, refusals: &Json) -> Option<String> {
    let mut sentence = vocabulary::refusal(locale, refusals["rule"].as_str()?, refusals["offers"].as_i64()?);
    if let Some(only) = refusals["only"].as_i64().filter(|only| *only > 0) {
        sentence.push(' ');
        sentence.push_str(&text(locale, "reason-only", &[("offers", Value::Count(only))]));
    }
    Some(sentence)
}

fn state(locale: Locale, code: &str) -> String {
    let language = Language::from_code(locale.code()).unwrap_or(Language::English);
    geography::country(code).map_or_else(|| code.to_owned(), |country| country.name(language).to_owned())
}

/// What would serve the component, as sentences; `None` where nothing is known that the reader may know of.
pub(crate) fn unlock(locale: Locale, unlock: &Json) -> Option<String> {
    let changes = unlock["changes"].as_array()?;
    let named = |change: &Json, name: &'static str| (name, Value::from(change[name].as_str().unwrap_or_default()));
    let sentences = changes.iter().map(|change| {
        let values = ["file", "id", "field", "from", "to"].map(|name| named(change, name));
        if locale.is_right_to_left() {
            text(locale, "change-setting", &values)
        } else {
            plain(locale, "change-setting", &values)
        }
    });
    Some(sentences.collect::<Vec<_>>().join(" "))
}

/// Why a round left a request out, and which of its components where others take part.
pub(crate) fn left_out(locale: Locale, found: &LeftOut) -> String {
    let mut said = text(locale, &format!("left-out-{}", found.reason.name()), &[]);
    if !found.components.is_empty() {
        let components = found.components.iter().map(Value::from).collect();
        said.push(' ');
        said.push_str(&text(locale, "left-out-components", &[("components", Value::List(components))]));
    }
    finished(locale, said)
}

#[cfg(test)]
mod tests {
    use needmatch_app::store::rounds::LeftOut;
    use needmatch_app::store::words::LeftOutReason;
    use needmatch_i18n::Locale;
    use serde_json::{Value, json};

    use super::{left_out, sentence, unlock};

    fn links() -> Vec<Value> {
        vec![
            json!({ "code": "no_eligible_offer", "refused": [{ "rule": "embargo", "offers": 3, "only": 1 }] }),
            json!({ "code": "outbid", "offer": "O1", "price": 7, "winning_priority": 1 }),
            json!({ "code": "outbid", "offer": null, "price": null, "winning_priority": null }),
            json!({ "code": "required_unserved", "component": "C1" }),
            json!({ "code": "alternative_served", "component": "C1" }),
            json!({ "code": "package_unserved", "request": null }),
            json!({ "code": "obstacle_unmitigated", "obstacle": "no_law" }),
            json!({ "code": "sustainability_short", "missing": 5 }),
            json!({ "code": "minimum_unreachable", "reachable": 1200 }),
            json!({ "code": "absorption", "state": "SEN", "period": "2027" }),
            json!({ "code": "rule_binds", "rule": "capacity" }),
        ]
    }

    #[test]
    fn every_reason_is_a_sentence_in_every_language() {
        for locale in Locale::ALL {
            for link in links() {
                let said = sentence(locale, &link).unwrap();
                assert!(!said.is_empty() && !said.contains(['⟦', '$', '{']), "{locale}: {link}: {said}");
            }
        }
        assert_eq!(sentence(Locale::English, &json!({ "code": "unheard_of" })), None);
        let absorption = sentence(Locale::French, &links()[9]).unwrap();
        assert!(absorption.contains("Sénégal") && absorption.contains("2027"), "{absorption}");
    }

    #[test]
    fn whoever_is_left_out_is_told_why_in_every_language() {
        for locale in Locale::ALL {
            for reason in LeftOutReason::ALL {
                for components in [vec![], vec!["C1".to_owned(), "C2".to_owned()]] {
                    let (round, at) = (uuid::Uuid::nil().into(), jiff::Timestamp::UNIX_EPOCH);
                    let found = LeftOut { round, round_name: "2027".to_owned(), reason: *reason, components, at };
                    let said = left_out(locale, &found);
                    assert!(!said.is_empty() && !said.contains(['⟦', '$', '{']), "{locale}: {reason}: {said}");
                    assert!(found.components.iter().all(|component| said.contains(component)), "{locale}: {said}");
                }
            }
        }
    }

    #[test]
    fn what_would_serve_a_component_is_told() {
        let changes = json!([{ "file": "requests.csv", "id": "R1", "field": "priority", "from": "3", "to": "1" }]);
        let said = unlock(Locale::English, &json!({ "changes": changes, "quantity": 5 })).unwrap();
        assert_eq!(said, "In requests.csv, R1: change priority from 3 to 1.");
        assert_eq!(unlock(Locale::English, &Value::Null), None);
    }
}
