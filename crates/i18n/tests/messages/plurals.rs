//! Counts choose the form that the language has for them.

use std::collections::BTreeSet;

use needmatch_i18n::{Locale, Value, plain, text};

use crate::fluent::read_all;

fn offers(locale: Locale, count: i64) -> String {
    plain(locale, "count-offers", &[("offers", Value::from(count))])
}

#[test]
fn russian_has_three_forms() {
    for (count, written) in [
        (1, "1 предложение"),
        (2, "2 предложения"),
        (5, "5 предложений"),
        (11, "11 предложений"),
        (21, "21 предложение"),
        (22, "22 предложения"),
        (112, "112 предложений"),
        (0, "0 предложений"),
    ] {
        assert_eq!(offers(Locale::Russian, count), written);
    }
}

#[test]
fn arabic_has_six_forms() {
    for (count, written) in [
        (0, "لا عروض"),
        (1, "عرض واحد"),
        (2, "عرضان"),
        (3, "3 عروض"),
        (10, "10 عروض"),
        (11, "11 عرضًا"),
        (99, "99 عرضًا"),
        (100, "100 عرض"),
        (103, "103 عروض"),
    ] {
        assert_eq!(offers(Locale::Arabic, count), written);
    }
}

#[test]
fn other_languages_have_their_forms() {
    assert_eq!(offers(Locale::English, 1), "1 offer");
    assert_eq!(offers(Locale::English, 0), "0 offers");
    assert_eq!(offers(Locale::French, 0), "0 offre");
    assert_eq!(offers(Locale::French, 2), "2 offres");
    assert_eq!(offers(Locale::Spanish, 1), "1 oferta");
    assert_eq!(offers(Locale::Chinese, 3), "3 项提议");
}

#[test]
fn counts_are_grouped_inside_messages() {
    assert_eq!(offers(Locale::English, 12_500), "12,500 offers");
    assert_eq!(offers(Locale::French, 12_500), "12\u{202f}500 offres");
}

/// Forms that whole numbers take in each language (Unicode CLDR), millions in the Romance languages aside.
fn forms(locale: Locale) -> BTreeSet<&'static str> {
    let forms: &[&str] = match locale {
        Locale::Arabic => &["zero", "one", "two", "few", "many", "other"],
        Locale::Chinese => &["other"],
        Locale::Russian => &["one", "few", "many"],
        Locale::English | Locale::French | Locale::Spanish => &["one", "other"],
    };
    forms.iter().copied().collect()
}

#[test]
fn every_choice_by_count_has_every_form_of_its_language() {
    for locale in Locale::ALL {
        for (key, message) in read_all(locale) {
            for (value, variants) in message.choices {
                let variants: BTreeSet<&str> = variants.iter().map(String::as_str).collect();
                assert_eq!(variants, forms(locale), "{locale}: {key} by ${value}");
            }
        }
    }
}

#[test]
fn values_are_isolated_in_html_and_bare_elsewhere() {
    let values =
        [("provider", Value::from("Provider A")), ("recipient", Value::from("غانا")), ("amount", Value::from("5"))];
    let html = text(Locale::Arabic, "chart-flow-ribbon", &values);
    assert!(html.contains("\u{2068}Provider A\u{2069}") && html.contains("\u{2068}غانا\u{2069}"));
    let bare = plain(Locale::Arabic, "chart-flow-ribbon", &values);
    assert_eq!(bare, "Provider A ← غانا: 5");
}
