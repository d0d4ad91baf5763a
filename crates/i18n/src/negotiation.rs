//! Which language to speak when only the browser's or client's wishes are known (RFC 9110, 12.5.4).

use std::sync::LazyLock;

use fluent_langneg::{NegotiationStrategy, negotiate_languages};
use unic_langid::LanguageIdentifier;

use crate::locale::Locale;

/// Wishes read from one header. Browsers send fewer than ten; what follows is ignored.
const MOST_WISHES: usize = 32;

static AVAILABLE: LazyLock<Vec<LanguageIdentifier>> =
    LazyLock::new(|| Locale::ALL.iter().map(|locale| identifier(*locale)).collect());

/// The language as a BCP 47 identifier.
pub(crate) fn identifier(locale: Locale) -> LanguageIdentifier {
    LanguageIdentifier::from_bytes(locale.code().as_bytes()).unwrap_or_default()
}

/// The language that an `Accept-Language` header likes best, or English where it names none of the six.
///
/// Weights count before order, `q=0` excludes, and what cannot be read is passed over: a wish is never an error.
pub fn negotiate(accept_language: &str) -> Locale {
    let mut wishes: Vec<(u16, LanguageIdentifier)> =
        accept_language.split(',').take(MOST_WISHES).filter_map(read_wish).filter(|(weight, _)| *weight > 0).collect();
    wishes.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    let in_order: Vec<LanguageIdentifier> = wishes.into_iter().map(|(_, language)| language).collect();
    let agreed = negotiate_languages(&in_order, &AVAILABLE, None, NegotiationStrategy::Lookup);
    agreed.first().and_then(|language| language.language.as_str().parse().ok()).unwrap_or_default()
}

/// One entry of the header: its weight in thousandths and its language.
fn read_wish(entry: &str) -> Option<(u16, LanguageIdentifier)> {
    let mut parts = entry.split(';').map(str::trim);
    let language = parts.next()?.parse().ok()?;
    let weight = match parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q="))) {
        None => 1000,
        Some(weight) => read_weight(weight)?,
    };
    Some((weight, language))
}

/// A weight from 0 to 1 with at most three decimals, in thousandths.
fn read_weight(text: &str) -> Option<u16> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.len() > 3 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let thousandths = format!("{fraction:0<3}").parse::<u16>().ok()?;
    match whole {
        "0" => Some(thousandths),
        "1" if thousandths == 0 => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn weights_count_before_order() {
        assert_eq!(negotiate("fr;q=0.4, ru;q=0.9, en;q=0.8"), Locale::Russian);
        assert_eq!(negotiate("es;q=0.5,ar;q=0.5"), Locale::Spanish);
        assert_eq!(negotiate("de, fr;q=0.3"), Locale::French);
    }

    #[test]
    fn a_region_or_script_is_no_obstacle() {
        for (wish, locale) in [
            ("ar-LB", Locale::Arabic),
            ("zh-TW,zh;q=0.9", Locale::Chinese),
            ("zh-Hant-HK", Locale::Chinese),
            ("en-AU", Locale::English),
            ("fr-CD", Locale::French),
            ("ru-KZ", Locale::Russian),
            ("es-419", Locale::Spanish),
        ] {
            assert_eq!(negotiate(wish), locale, "{wish}");
        }
    }

    #[test]
    fn excluded_unreadable_and_unknown_languages_are_passed_over() {
        assert_eq!(negotiate(""), Locale::English);
        assert_eq!(negotiate("*"), Locale::English);
        assert_eq!(negotiate("fr;q=0, es;q=0.1"), Locale::Spanish);
        assert_eq!(negotiate("fr;q=2, es;q=0.1"), Locale::Spanish);
        assert_eq!(negotiate("fr;q=nonsense, es;q=0.001"), Locale::Spanish);
        assert_eq!(negotiate("de-AT, sw, tlh"), Locale::English);
    }

    proptest! {
        #[test]
        fn any_header_is_answered(header in "\\PC{0,200}") {
            negotiate(&header);
        }
    }
}
