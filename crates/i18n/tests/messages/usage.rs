//! Every message is said somewhere, and whatever is said has a message.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use needmatch_i18n::vocabulary::{FAMILIES, PHRASES, REGISTRIES, phrase_key};
use needmatch_i18n::{Locale, keys};

use crate::fluent::{read, read_all};

/// Messages that are translated for pages to come and that no source need say yet: one key a line.
const AWAITED: &str = include_str!("awaited.txt");

fn awaited() -> BTreeSet<&'static str> {
    AWAITED.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

/// Sources and templates of every crate, this one's tests aside.
pub(crate) fn sources() -> Vec<(PathBuf, String)> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a workspace");
    let mut folders = vec![crates.to_owned()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder that can be read") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                if !path.ends_with("i18n/tests") && !path.ends_with("i18n/locales") {
                    folders.push(path);
                }
            } else if path
                .extension()
                .is_some_and(|extension| ["rs", "html", "txt", "xml"].iter().any(|of| extension == *of))
            {
                let text = fs::read_to_string(&path).unwrap_or_default();
                found.push((path, text));
            }
        }
    }
    found
}

/// Insides of all double-quoted texts that could be keys.
fn quoted(source: &str) -> BTreeSet<&str> {
    let is_key = |text: &&str| {
        text.starts_with(|first: char| first.is_ascii_lowercase())
            && text.contains('-')
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    source.split('"').filter(is_key).collect()
}

fn in_families() -> BTreeSet<String> {
    let of_family = |family: &needmatch_i18n::vocabulary::Family| {
        let (prefix, suffix) = (family.prefix, family.suffix);
        family.codes.iter().map(|code| format!("{prefix}{code}{suffix}")).collect::<Vec<_>>()
    };
    FAMILIES.iter().flat_map(of_family).collect()
}

/// Whether the key belongs to a registry and a source writes its code between quotation marks.
fn in_registry(key: &str, sources: &str) -> bool {
    let code = REGISTRIES.iter().find_map(|(prefix, suffixes)| {
        let rest = key.strip_prefix(prefix)?;
        suffixes.iter().rev().find_map(|suffix| rest.strip_suffix(suffix))
    });
    code.is_some_and(|code| sources.contains(&format!("\"{code}\"")))
}

/// Whether the key is that of a phrase which a source says.
fn in_phrases(key: &str, english: &str, sources: &str) -> bool {
    let quotes = english.trim().replace('"', "\\\"");
    PHRASES.iter().any(|prefix| key.starts_with(prefix)) && sources.contains(&quotes)
}

#[test]
fn the_key_of_a_phrase_is_its_english() {
    for (key, message) in read(Locale::English, "phrases") {
        let prefix = PHRASES.iter().find(|prefix| key.starts_with(**prefix)).unwrap_or_else(|| panic!("{key}"));
        let english: String = message.words.split('\n').collect();
        assert_eq!(phrase_key(prefix, &english), key, "{english}");
    }
}

#[test]
fn every_message_is_said_or_awaited() {
    let sources = sources();
    let all: String = sources.iter().map(|(_, text)| text.as_str()).collect();
    let mut said: BTreeSet<&str> = sources.iter().flat_map(|(_, text)| quoted(text)).collect();
    let families = in_families();
    said.extend(families.iter().map(String::as_str));
    let spoken = read_all(Locale::English);
    let elsewhere = |key: &&&str| in_registry(key, &all) || in_phrases(key, &spoken[**key].words, &all);
    said.extend(keys().iter().filter(elsewhere).copied());
    // What a message that is said holds is said with it.
    let english = read_all(Locale::English);
    let inside: Vec<&str> = said
        .iter()
        .filter_map(|key| english.get(*key))
        .flat_map(|message| message.inside.iter().map(String::as_str))
        .collect();
    said.extend(inside);
    let awaited = awaited();
    let unused: Vec<_> = keys().iter().filter(|key| !said.contains(**key) && !awaited.contains(**key)).collect();
    assert!(unused.is_empty(), "no source says these: use them, or take them out of all six languages: {unused:?}");
    let unknown: Vec<_> = awaited.iter().filter(|key| !keys().contains(key)).collect();
    assert!(unknown.is_empty(), "awaited.txt names messages that are not there: {unknown:?}");
}

/// Calls that say a message, as they begin in sources and templates.
const CALLS: [&str; 4] = ["text(", "plain(", "say(", "said("];

#[test]
fn whatever_is_said_by_name_has_a_message() {
    let mut missing = Vec::new();
    let speaks = |(path, source): &(PathBuf, String)| {
        path.extension().is_some_and(|extension| extension != "rs") || source.contains("needmatch_i18n")
    };
    for (path, source) in sources().into_iter().filter(speaks) {
        for call in CALLS {
            for (at, _) in source.match_indices(call) {
                let joined =
                    source[..at].chars().next_back().is_some_and(|before| before.is_alphanumeric() || before == '_');
                if let Some(key) = first_quoted(&source[at + call.len()..]).filter(|_| !joined)
                    && key.contains('-')
                    && quoted(&format!("\"{key}\"")).contains(key)
                    && !keys().contains(&key)
                {
                    missing.push(format!("{}: {key}", path.display()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "no message of these keys: {missing:?}");
}

/// The first text in double quotes among the arguments of a call on one line.
fn first_quoted(arguments: &str) -> Option<&str> {
    let line = &arguments[..arguments.find(['\n', ';', ')']).unwrap_or(arguments.len())];
    line.split('"').nth(1)
}
