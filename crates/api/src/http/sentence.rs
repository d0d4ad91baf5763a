//! The sentences of refusals in the reader's language: what happened, what happened this time, and what to do. Codes and
//! values are the same in every language.

use needmatch_app::error::{FieldError, broken_rule, freeze_fault};
use needmatch_app::{AppError, Code};
use needmatch_i18n::vocabulary::phrase;
use needmatch_i18n::{Locale, Value, plain, text};
use serde_json::{Map, Value as Json};

/// A message as it stands in a document. Where lines run from the right, identifiers stay between isolating characters;
/// elsewhere the characters would only be in the way of whoever compares or prints the text.
pub(crate) fn say(locale: Locale, key: &str, values: &[(&'static str, Value)]) -> String {
    if locale.is_right_to_left() { text(locale, key, values) } else { plain(locale, key, values) }
}

/// What happened, without values.
pub(crate) fn title(locale: Locale, code: Code) -> String {
    say(locale, &key(code), &[])
}

/// What happened this time.
pub(crate) fn detail(locale: Locale, code: Code, values: &[(&'static str, Value)]) -> String {
    say(locale, &format!("{}-detail", key(code)), values)
}

/// What to do.
pub(crate) fn action(locale: Locale, code: Code, values: &[(&'static str, Value)]) -> String {
    let nothing = values.iter().any(|(name, value)| *name == "allowed" && *value == Value::List(Vec::new()));
    let ending = if code == Code::NotAllowedNow && nothing { "end" } else { "action" };
    say(locale, &format!("{}-{ending}", key(code)), values)
}

/// What is wrong with a field, and what to do.
pub(crate) fn of_field(locale: Locale, error: &FieldError) -> (String, String) {
    let (key, values) = (error.fault.key(), error.fault.arguments());
    (say(locale, &key, &values), say(locale, &format!("{key}-action"), &values))
}

fn key(code: Code) -> String {
    format!("refusal-{}", code.name())
}

/// The values of a refusal's sentences, from those of its document. A name means the same in every refusal; what has to
/// be typed as it stands, such as the steps that are possible, is left so.
pub(crate) fn arguments(locale: Locale, values: &Map<String, Json>) -> Vec<(&'static str, Value)> {
    NAMES.iter().filter_map(|name| Some((*name, argument(locale, name, values.get(*name)?)))).collect()
}

/// Names of values that sentences hold.
const NAMES: [&str; 17] = [
    "action",
    "actual",
    "allowed",
    "count",
    "cut_off_at",
    "expected",
    "faults",
    "key",
    "kind",
    "limit",
    "name",
    "reason",
    "rule",
    "state",
    "step",
    "value",
    "what",
];

fn argument(locale: Locale, name: &str, value: &Json) -> Value {
    match value {
        Json::String(text) => match name {
            "action" => phrase("may-", text),
            "kind" => phrase("thing-", text),
            "state" => phrase("state-", text),
            "step" => step(text),
            "expected" => phrase("expected-", text),
            "reason" => phrase("because-", text),
            "actual" | "what" => phrase("what-", text),
            "rule" => broken_rule(locale, text),
            _ => Value::from(text),
        },
        Json::Array(items) => Value::words(items.iter().filter_map(Json::as_str)),
        other => other.as_i64().map_or_else(|| Value::from(other.to_string()), Value::Count),
    }
}

fn step(text: &str) -> Value {
    match text.strip_prefix("a step from ") {
        Some(state) => Value::message("part-step_from", vec![("state", phrase("state-", state))]),
        None => phrase("step-", text),
    }
}

/// Values of a use case's refusal that its document holds as English sentences.
pub(crate) fn spoken(error: &AppError) -> Vec<(&'static str, Value)> {
    match error {
        AppError::CannotFreeze { faults } => {
            vec![("faults", Value::List(faults.iter().map(freeze_fault).collect()))]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use needmatch_app::error::{Fault, FieldError};
    use needmatch_app::lifecycle::{COMMITMENT, OFFER, PROPOSAL, REQUEST, ROUND};
    use needmatch_app::policy::Action;
    use needmatch_app::store::words::{
        CommitmentLifecycle, MembershipStatus, OfferLifecycle, PartyKind, ProposalLifecycle, RequestLifecycle,
        RoundLifecycle, RunLifecycle,
    };
    use needmatch_app::{AppError, Code};
    use needmatch_i18n::Locale;
    use needmatch_i18n::message::{has, values};
    use needmatch_i18n::vocabulary::phrase_key;

    use super::{NAMES, action, arguments, detail, of_field, title};
    use crate::http::problem::Problem;

    #[test]
    fn every_code_has_its_messages_and_they_hold_known_values() {
        for code in Code::ALL {
            for ending in ["", "-detail", "-action"] {
                let key = format!("refusal-{}{ending}", code.name());
                assert!(has(&key), "{key}");
                assert!(values(&key).iter().all(|name| NAMES.contains(name)), "{key}");
            }
        }
    }

    fn refusals() -> Vec<Problem> {
        let text = || "x".to_owned();
        let errors = [
            AppError::Unauthenticated,
            AppError::Forbidden { action: Action::EndorseRequest.name() },
            AppError::not_found("request", "R1"),
            AppError::NotAllowedNow {
                kind: "offer",
                step: "submit".to_owned(),
                state: text(),
                allowed: vec!["withdraw"],
            },
            AppError::NotAllowedNow { kind: "offer", step: text(), state: "met".to_owned(), allowed: Vec::new() },
            AppError::BeforeCutOff { cut_off_at: jiff::Timestamp::UNIX_EPOCH },
            AppError::Taken { what: "the reference of a request".to_owned() },
            AppError::Invalid { fields: vec![FieldError { pointer: text(), value: None, fault: Fault::Missing {} }] },
            AppError::VersionMismatch { expected: 1, actual: 2 },
            AppError::RuleBroken { rule: "proposals still wait for an answer: 3".to_owned() },
            AppError::CannotFreeze { faults: Vec::new() },
            AppError::BadPage,
            AppError::TooLarge { what: "document (bytes)".to_owned(), actual: 9_000_000, limit: 8_000_000 },
            AppError::TooManyWaiting { waiting: 9, limit: 8 },
            AppError::Busy,
            AppError::Unavailable,
            AppError::StorageFull,
            AppError::Internal,
        ];
        errors.into_iter().map(Problem::from).collect()
    }

    #[test]
    fn every_refusal_of_a_use_case_is_said_whole_in_every_language() {
        for problem in refusals() {
            for locale in Locale::ALL {
                let values = arguments(locale, &problem.values);
                let values = if problem.code == Code::CannotFreeze { vec![("faults", "x".into())] } else { values };
                let sentences = [
                    title(locale, problem.code),
                    detail(locale, problem.code, &values),
                    action(locale, problem.code, &values),
                ];
                for sentence in sentences {
                    assert!(!sentence.is_empty() && !sentence.contains(['⟦', '$', '{']), "{locale}: {sentence}");
                }
            }
        }
    }

    #[test]
    fn every_action_step_state_and_kind_has_its_word() {
        let mut keys: Vec<String> = Action::ALL.iter().map(|action| phrase_key("may-", action.name())).collect();
        let mut steps: Vec<&str> = REQUEST.iter().map(|row| row.step).collect();
        steps.extend(OFFER.iter().map(|row| row.step).chain(ROUND.iter().map(|row| row.step)));
        steps.extend(PROPOSAL.iter().map(|row| row.step).chain(COMMITMENT.iter().map(|row| row.step)));
        keys.extend(steps.into_iter().map(|step| phrase_key("step-", step)));
        let kinds = ["request", "offer", "round", "proposal", "commitment"];
        keys.extend(kinds.iter().flat_map(|kind| {
            let article = if kind.starts_with('o') { "an" } else { "a" };
            [phrase_key("thing-", kind), phrase_key("thing-", &format!("step of {article} {kind}"))]
        }));
        keys.extend(PartyKind::ALL.iter().map(|kind| phrase_key("thing-", &kind.to_string())));
        let mut states: Vec<String> = RequestLifecycle::ALL.iter().map(ToString::to_string).collect();
        states.extend(OfferLifecycle::ALL.iter().map(ToString::to_string));
        states.extend(RoundLifecycle::ALL.iter().map(ToString::to_string));
        states.extend(RunLifecycle::ALL.iter().map(ToString::to_string));
        states.extend(ProposalLifecycle::ALL.iter().map(ToString::to_string));
        states.extend(CommitmentLifecycle::ALL.iter().map(ToString::to_string));
        states.extend(MembershipStatus::ALL.iter().map(ToString::to_string));
        keys.extend(states.iter().map(|state| phrase_key("state-", state)));
        let missing: Vec<_> = keys.iter().filter(|key| !has(key)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn words_are_translated_and_what_has_to_be_typed_is_not() {
        let problem = Problem::from(AppError::NotAllowedNow {
            kind: "request",
            step: "submit".to_owned(),
            state: "draft".to_owned(),
            allowed: vec!["endorse", "withdraw"],
        });
        let values = arguments(Locale::English, &problem.values);
        assert_eq!(detail(Locale::English, problem.code, &values), "The request is draft; submit is not possible now.");
        let values = arguments(Locale::Arabic, &problem.values);
        let arabic = detail(Locale::Arabic, problem.code, &values);
        assert!(arabic.contains("مسودة") && !arabic.contains(|letter: char| letter.is_ascii_alphabetic()), "{arabic}");
        let advice = action(Locale::Arabic, problem.code, &values);
        assert!(advice.contains("\u{2068}endorse\u{2069}، \u{2068}withdraw\u{2069}"), "{advice}");
    }

    #[test]
    fn a_field_is_said_with_its_values() {
        let fault = Fault::OutOfRange { least: 1, most: 1_000_000 };
        let (detail, action) =
            of_field(Locale::French, &FieldError { pointer: "/quantity".to_owned(), value: None, fault });
        assert_eq!(detail, "n’est pas compris entre 1 et 1\u{202f}000\u{202f}000");
        assert_eq!(action, "indiquez un nombre entier dans cet intervalle");
    }
}
