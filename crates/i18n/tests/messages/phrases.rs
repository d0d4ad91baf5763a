//! Phrases that use cases put into refusals are found by their English: none of them is without its message.

use needmatch_i18n::message::has;
use needmatch_i18n::vocabulary::phrase_key;

use crate::usage::sources;

/// How sources say a phrase, and which family it belongs to.
const SAYINGS: [(&str, &str); 12] = [
    ("not_found(\"", "thing-"),
    ("NotAllowedNow { kind: \"", "thing-"),
    ("UnknownParty { kind: \"", "thing-"),
    ("Forbidden { action: \"", "may-"),
    ("RuleBroken { rule: \"", "broken-"),
    ("RuleBroken { constraint: \"", "broken-"),
    ("AppError::broken(\"", "broken-"),
    ("at_most(\"", "what-"),
    ("TooLarge { what: \"", "what-"),
    ("WrongType { expected: \"", "expected-"),
    ("wrong_type(setting, path, \"", "expected-"),
    ("step: \"", "step-"),
];

/// What is said to nobody but operators, whose log is in English.
const FOR_OPERATORS: [&str; 2] = [
    "the secret was sealed with another key (access.key_file)",
    "the link was sealed with another key (access.key_file)",
];

/// The arguments of a call, up to its own closing parenthesis.
fn arguments(call: &str) -> &str {
    let (mut depth, mut is_text, mut is_escaped) = (0, false, false);
    for (at, letter) in call.char_indices() {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => is_text = !is_text,
            _ if is_text => {}
            '(' => depth += 1,
            ')' if depth == 0 => return &call[..at],
            ')' => depth -= 1,
            _ => {}
        }
    }
    call
}

/// What a parameter should have been, where a phrase says so: the last argument, a text.
fn parameters(source: &str) -> impl Iterator<Item = &str> {
    source.split("Problem::parameter(").skip(1).filter_map(|call| {
        let said = arguments(call).trim_end_matches([' ', ',']).strip_suffix('"')?;
        said.rsplit_once(", \"").map(|(_, english)| english)
    })
}

#[test]
fn what_parameters_should_have_been_is_found() {
    let source = "let refuse = || Problem::parameter(\"after\", text, \"a place\"); \
                  Err(_) => Err(Problem::parameter(\"limit\", &limit.to_string(), Expected::Number(MOST)))?;";
    assert_eq!(parameters(source).collect::<Vec<_>>(), ["a place"]);
}

#[test]
fn every_phrase_in_a_refusal_has_its_message() {
    let mut missing = Vec::new();
    let mut found = 0;
    let is_source = |path: &std::path::Path| {
        let path = path.to_string_lossy();
        let tells = ["/app/src/", "/api/src/", "/store/src/", "/exchange/src/"].iter().any(|part| path.contains(part));
        tells && !path.contains("/tests") && !path.contains("/convert/")
    };
    for (path, source) in sources().into_iter().filter(|(path, _)| is_source(path)) {
        // What tests make up is not said to anybody.
        let source = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        let source = source.split_whitespace().collect::<Vec<_>>().join(" ");
        for english in parameters(&source).filter(|english| !has(&phrase_key("expected-", english))) {
            missing.push(format!("{}: expected-: {english}", path.display()));
        }
        for (call, prefix) in SAYINGS {
            for (at, _) in source.match_indices(call) {
                let rest = &source[at + call.len()..];
                let english = rest.replace("\\\"", "\u{0}");
                let english = english.split('"').next().unwrap_or_default().replace('\u{0}', "\"");
                // A colon parts a rule from what it is about.
                let head = english.split(": {").next().unwrap_or_default();
                found += 1;
                if !head.contains('{') && !FOR_OPERATORS.contains(&head) && !has(&phrase_key(prefix, head)) {
                    missing.push(format!("{}: {prefix}: {head}", path.display()));
                }
            }
        }
    }
    assert!(found > 60, "{found}");
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
