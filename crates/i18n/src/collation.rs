//! Names in the order in which readers of a language look for them (Unicode collation, CLDR tailoring).

use std::cmp::Ordering;
use std::sync::LazyLock;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;

use crate::locale::Locale;

static COLLATORS: LazyLock<[Option<CollatorBorrowed<'static>>; Locale::ALL.len()]> = LazyLock::new(|| {
    Locale::ALL.map(|locale| {
        let preferences = match locale {
            Locale::Arabic => locale!("ar").into(),
            Locale::Chinese => locale!("zh").into(),
            Locale::English => locale!("en").into(),
            Locale::French => locale!("fr").into(),
            Locale::Russian => locale!("ru").into(),
            Locale::Spanish => locale!("es").into(),
        };
        Collator::try_new(preferences, CollatorOptions::default()).ok()
    })
});

/// The order of two names. Equal names in different spelling keep an order of their own, so that sorting is
/// deterministic.
pub fn compare(locale: Locale, left: &str, right: &str) -> Ordering {
    COLLATORS[locale.position()]
        .as_ref()
        .map_or(Ordering::Equal, |collator| collator.compare(left, right))
        .then_with(|| left.cmp(right))
}

/// Sorts by name as the language does.
pub fn sort_by_name<T>(locale: Locale, entries: &mut [T], name: impl Fn(&T) -> &str) {
    entries.sort_by(|left, right| compare(locale, name(left), name(right)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted<const N: usize>(locale: Locale, mut names: [&'static str; N]) -> [&'static str; N] {
        sort_by_name(locale, &mut names, |name| name);
        names
    }

    #[test]
    fn accents_and_scripts_do_not_push_names_to_the_end() {
        assert_eq!(
            sorted(Locale::French, ["Fidji", "Égypte", "Équateur", "Espagne"]),
            ["Égypte", "Équateur", "Espagne", "Fidji"]
        );
        assert_eq!(sorted(Locale::Spanish, ["Oman", "Ñu", "Níger", "Nigeria"]), ["Níger", "Nigeria", "Ñu", "Oman"]);
        assert_eq!(
            sorted(Locale::Russian, ["Ямайка", "Ёлка", "Египет", "Жизнь"]),
            ["Египет", "Ёлка", "Жизнь", "Ямайка"]
        );
    }

    #[test]
    fn chinese_sorts_by_pinyin() {
        assert_eq!(sorted(Locale::Chinese, ["中国", "巴西", "阿富汗"]), ["阿富汗", "巴西", "中国"]);
    }

    #[test]
    fn arabic_sorts_by_its_alphabet() {
        assert_eq!(sorted(Locale::Arabic, ["مصر", "تونس", "أفغانستان", "بنن"]), ["أفغانستان", "بنن", "تونس", "مصر"]);
    }
}
