//! The six languages say the same things with the same values.

use std::collections::BTreeSet;

use needmatch_i18n::{Locale, keys, message, text};

use crate::fluent::{read, read_all};

#[test]
fn every_language_has_every_message_in_the_same_file() {
    let mut breaches = Vec::new();
    for subject in message::SUBJECTS {
        let english: BTreeSet<String> = read(Locale::English, subject).into_keys().collect();
        for locale in Locale::ALL {
            let own: BTreeSet<String> = read(locale, subject).into_keys().collect();
            breaches.extend(english.difference(&own).map(|key| format!("{locale}/{subject}.ftl lacks {key}")));
            breaches
                .extend(own.difference(&english).map(|key| format!("{locale}/{subject}.ftl has {key}, English not")));
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn every_language_uses_the_same_values() {
    let english = read_all(Locale::English);
    let mut breaches = Vec::new();
    for locale in Locale::ALL {
        for (key, message) in read_all(locale) {
            let wanted = &english[&key];
            // A form for one or two may leave its number out, a whole message may not.
            if message.values != wanted.values || message.inside != wanted.inside {
                breaches.push(format!(
                    "{locale}: {key} has {:?} {:?}, English {:?} {:?}",
                    message.values, message.inside, wanted.values, wanted.inside
                ));
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn the_values_of_a_message_are_told() {
    for (key, message) in read_all(Locale::English) {
        let wanted: BTreeSet<&str> = message.values.iter().map(String::as_str).collect();
        assert_eq!(message::values(&key), wanted, "{key}");
    }
}

#[test]
fn every_message_inside_another_exists() {
    for locale in Locale::ALL {
        let all = read_all(locale);
        for (key, message) in &all {
            for inside in &message.inside {
                assert!(all.contains_key(inside), "{locale}: {key} holds {inside}, which is not there");
            }
        }
    }
}

#[test]
fn the_list_of_keys_is_sorted_and_every_key_speaks() {
    assert!(keys().windows(2).all(|pair| pair[0] < pair[1]));
    assert!(keys().len() > 300);
    for locale in Locale::ALL {
        for key in keys() {
            let said = text(locale, key, &[]);
            assert!(!said.trim().is_empty() && !said.contains('⟦'), "{locale}: {key} says {said:?}");
        }
    }
    assert_eq!(text(Locale::English, "no-such-key", &[]), "⟦no-such-key⟧");
}

/// A message that says the same as English was probably not translated.
#[test]
fn nothing_is_left_in_english() {
    // Names, signs and words that two languages share.
    const SHARED: [&str; 18] = [
        "site-name",
        "figure-seconds",
        "figure-thousand",
        "figure-million",
        "figure-moment",
        "area-destruction",
        "rule-embargo",
        "rule-obstacle",
        "navigation-audit",
        "chart-flow-ribbon",
        "chart-column-total",
        "run-size",
        "run-download-plan",
        "type-maintenance",
        "region-54",
        "region-57",
        "region-142",
        "region-150",
    ];
    let english = read_all(Locale::English);
    let mut breaches = Vec::new();
    for locale in Locale::ALL.into_iter().filter(|locale| *locale != Locale::English) {
        for (key, message) in read_all(locale) {
            let same = message.words.trim() == english[&key].words.trim();
            let has_letters = message.words.chars().any(char::is_alphabetic);
            if same && has_letters && !SHARED.contains(&key.as_str()) {
                breaches.push(format!("{locale}: {key}: {}", message.words.trim()));
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn each_language_is_written_in_its_script() {
    let in_script = |locale: Locale, letter: char| match locale {
        Locale::Arabic => ('\u{600}'..='\u{6ff}').contains(&letter),
        Locale::Chinese => ('\u{3400}'..='\u{9fff}').contains(&letter),
        Locale::Russian => ('\u{400}'..='\u{4ff}').contains(&letter),
        _ => letter.is_ascii_alphabetic() || ('\u{c0}'..='\u{17f}').contains(&letter),
    };
    for locale in Locale::ALL {
        for (key, message) in read_all(locale) {
            // Names such as JSON or SHA-256 stand in Latin capitals everywhere.
            let counts = |letter: &char| letter.is_alphabetic() && !letter.is_ascii_uppercase();
            let letters: Vec<char> = message.words.chars().filter(counts).collect();
            let own = letters.iter().filter(|letter| in_script(locale, **letter)).count();
            let enough = own * 2 >= letters.len() || key == "site-name" || key.starts_with("figure-");
            // What is wrong with a problem is said in the names of its fields, which are typed as they stand.
            let enough = enough || key.starts_with("freeze-wrong-");
            assert!(enough, "{locale}: {key}: {}", message.words);
        }
    }
}
