//! Where English uses a term of the glossary, every other language uses the word of the glossary.
//!
//! A cell holds the word, or several that may stand for it, parted by `|`. Words bend, so the beginning of each counts.

use std::collections::BTreeMap;

use needmatch_i18n::Locale;

use crate::fluent::read_all;

/// Messages in which an English word is not the term, with the reason.
const NOT_THE_TERM: &[(&str, &str, &str)] = &[
    ("bound", "freeze-wrong-amount_period_and_states_inside_their_bounds", LIMIT),
    ("provider", "freeze-wrong-give_0_to_1000_provider_cost_0_to_10_12", TYPED),
    ("request", "refusal-unauthenticated-detail", CALL),
    ("request", "refusal-in_flight", CALL),
    ("request", "refusal-in_flight-detail", CALL),
    ("request", "refusal-in_flight-action", CALL),
    ("request", "refusal-key_reused-detail", CALL),
    ("request", "refusal-key_reused-action", CALL),
    ("request", "refusal-rule_broken-action", CALL),
    ("request", "refusal-too_many_requests", CALL),
    ("request", "refusal-too_many_requests-action", CALL),
    ("request", "refusal-internal-detail", CALL),
    ("request", "refusal-internal-action", CALL),
    ("request", "refusal-busy-action", CALL),
    ("request", "refusal-unavailable-action", CALL),
    ("scenario", "freeze-missing_rate", TYPED),
    ("scenario", "setting-unknown_area-action", TYPED),
    ("coverage", "expected-a_goal_such_as_goal_coverage", TYPED),
];

const LIMIT: &str = "a limit of a field, not the bound of a proof";
const CALL: &str = "a request of HTTP, not one of a State";
const TYPED: &str = "a name that is typed as it stands";

/// By language: for each English term, what may stand for it.
fn glossary() -> BTreeMap<String, BTreeMap<Locale, Vec<String>>> {
    let mut reader =
        csv::Reader::from_path(concat!(env!("CARGO_MANIFEST_DIR"), "/glossary.csv")).expect("glossary.csv");
    let columns = [Locale::French, Locale::Spanish, Locale::Russian, Locale::Arabic, Locale::Chinese];
    let mut glossary = BTreeMap::new();
    for record in reader.records() {
        let record = record.expect("a row of glossary.csv");
        assert_eq!(record.len(), 7, "{record:?}");
        assert!(record.iter().all(|cell| !cell.trim().is_empty()), "a term in six languages: {record:?}");
        assert!(["document", "usage"].contains(&&record[6]), "{record:?}");
        let words = columns.iter().enumerate().map(|(index, locale)| {
            (*locale, record[index + 1].split('|').map(|word| word.trim().to_owned()).collect())
        });
        assert!(glossary.insert(record[0].to_lowercase(), words.collect()).is_none(), "{} twice", &record[0]);
    }
    glossary
}

/// Lower case, without the vowel signs of Arabic, with plain apostrophes.
fn plain_form(text: &str) -> String {
    let kept = text.to_lowercase();
    kept.chars()
        .filter(|letter| !('\u{64b}'..='\u{652}').contains(letter))
        .map(|c| if c == '’' { '\'' } else { c })
        .collect()
}

/// What of a word does not bend: all of a short one, two thirds of a long one.
fn beginning(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let kept = if letters.len() <= 4 { letters.len() } else { (letters.len() * 2).div_ceil(3).max(4) };
    letters[..kept].iter().collect()
}

/// Whether the beginnings of all words of the term stand in the text, one after the other.
fn holds(text: &str, term: &str) -> bool {
    let mut rest = text;
    plain_form(term).split(' ').all(|word| {
        let beginning = beginning(word.trim_start_matches("ال"));
        match rest.find(&beginning) {
            Some(at) => {
                rest = &rest[at + beginning.len()..];
                true
            }
            None => false,
        }
    })
}

/// Whether English holds the term as a word, in the singular or the plural.
fn english_holds(text: &str, term: &str) -> bool {
    let is_letter = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphabetic() || letter == '-');
    text.match_indices(term).any(|(at, _)| {
        let behind = &text[at + term.len()..];
        let behind = behind.strip_prefix("es").or_else(|| behind.strip_prefix('s')).unwrap_or(behind);
        !is_letter(text[..at].chars().next_back()) && !is_letter(behind.chars().next())
    })
}

#[test]
fn every_language_uses_the_word_of_the_glossary() {
    let glossary = glossary();
    let english = read_all(Locale::English);
    let mut breaches = Vec::new();
    for locale in Locale::ALL.into_iter().filter(|locale| *locale != Locale::English) {
        let own = read_all(locale);
        for (key, message) in &english {
            let said = plain_form(&message.words);
            let translated = plain_form(&own[key].words);
            for (term, words) in &glossary {
                let excepted = NOT_THE_TERM.iter().any(|(other, of, _)| other == term && of == key);
                if english_holds(&said, term)
                    && !excepted
                    && !words[&locale].iter().any(|word| holds(&translated, word))
                {
                    breaches.push(format!(
                        "{locale}: {key}: {term} is {:?}, not in {:?}",
                        words[&locale],
                        own[key].words.trim()
                    ));
                }
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn every_exception_still_holds_its_word() {
    let english = read_all(Locale::English);
    for (term, key, reason) in NOT_THE_TERM {
        let message = english.get(*key).unwrap_or_else(|| panic!("{key} is no message"));
        assert!(english_holds(&plain_form(&message.words), term), "{key} no longer holds {term} ({reason})");
    }
}

#[test]
fn terms_are_found_as_words_and_bent_forms_as_terms() {
    assert!(english_holds("two offers were", "offer"));
    assert!(!english_holds("offered and coffer", "offer"));
    assert!(english_holds("matches", "match"));
    assert!(holds("отклонено: 2 предложения", "предложение"));
    assert!(holds("بالتعقب", "تعقّب") && holds("في التعقّب".replace('\u{651}', "").as_str(), "تعقّب"));
    assert!(!holds("rastreo", "localización"));
}
