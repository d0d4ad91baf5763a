//! Values that a message may hold.

use fluent_bundle::FluentValue;
use fluent_bundle::types::{FluentNumber, FluentNumberOptions};

use crate::locale::Locale;
use crate::{message, number};

/// A value put into a message.
///
/// Counts go in as numbers: they choose the plural form and are grouped as the language does. Money, percentages,
/// dates, years and identifiers go in as text, made by [`crate::number`] and [`crate::date`]. Whoever makes a value
/// before the language is known gives a list or another message, which are written when the sentence is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A count.
    Count(i64),
    /// Anything already written.
    Text(String),
    /// Words or identifiers, joined as the language does.
    List(Vec<Self>),
    /// Another message with its values.
    Message {
        /// Its key.
        key: String,
        /// Its values, by name.
        values: Vec<(&'static str, Self)>,
    },
}

/// What keeps a word of another direction from disturbing the sentence.
const ISOLATE: char = '\u{2068}';
const END_OF_ISOLATE: char = '\u{2069}';

/// What stands between the words of a list.
fn separator(locale: Locale) -> &'static str {
    match locale {
        Locale::Arabic => "، ",
        Locale::Chinese => "、",
        Locale::English | Locale::French | Locale::Russian | Locale::Spanish => ", ",
    }
}

impl Value {
    /// Words or identifiers as they are, one after the other.
    pub fn words<Word: Into<String>>(words: impl IntoIterator<Item = Word>) -> Self {
        Self::List(words.into_iter().map(|word| Self::Text(word.into())).collect())
    }

    /// Another message.
    pub fn message(key: impl Into<String>, values: Vec<(&'static str, Self)>) -> Self {
        Self::Message { key: key.into(), values }
    }

    pub(crate) fn to_fluent(&self, locale: Locale) -> FluentValue<'_> {
        match self {
            Self::Count(count) => counted(locale, *count),
            Self::Text(text) => FluentValue::from(text.as_str()),
            Self::List(_) | Self::Message { .. } => FluentValue::from(self.written(locale)),
        }
    }

    /// The value as it stands in a sentence.
    pub fn written(&self, locale: Locale) -> String {
        match self {
            Self::Count(count) => number::grouped(locale, *count),
            Self::Text(text) => text.clone(),
            Self::List(items) => {
                let isolated = |item: &Self| format!("{ISOLATE}{}{END_OF_ISOLATE}", item.written(locale));
                items.iter().map(isolated).collect::<Vec<_>>().join(separator(locale))
            }
            Self::Message { key, values } => message::text(locale, key, values),
        }
    }
}

/// A number that chooses the plural form of the count and carries the count as written.
///
/// Fluent's numbers are doubles, and the plural rules beneath it (CLDR 37 as `intl_pluralrules` has it) do not know
/// that 103 takes the form of 3 in Arabic. So the number is one below 200 with the same form, and the count stands,
/// already written, in the only text that a Fluent number has; [`written_count`] takes it from there.
fn counted(locale: Locale, count: i64) -> FluentValue<'static> {
    let options = FluentNumberOptions { currency: Some(number::grouped(locale, count)), ..Default::default() };
    FluentValue::Number(FluentNumber::new(f64::from(same_form(count.unsigned_abs())), options))
}

/// A number below 200 that takes the form of `count` in every one of the six languages, whose rules look at the last
/// two digits, and at whether there are others before them.
fn same_form(count: u64) -> u8 {
    let last = u8::try_from(count % 100).unwrap_or(0);
    match count {
        0..100 => last,
        // Arabic: from 3 to 99 the last two digits decide, but not 0, 1 or 2 of them.
        _ if last >= 3 => last,
        _ => 100 + last,
    }
}

/// The count that a number carries.
pub(crate) fn written_count(value: &FluentValue) -> Option<String> {
    match value {
        FluentValue::Number(number) => number.options.currency.clone(),
        _ => None,
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

macro_rules! counts {
    ($($integer:ty),+) => {
        $(impl From<$integer> for Value {
            fn from(count: $integer) -> Self {
                Self::Count(i64::from(count))
            }
        })+
    };
}

counts!(u8, u16, u32, i32, i64);

impl From<usize> for Value {
    /// A count too large for `i64` is written as its digits.
    fn from(count: usize) -> Self {
        i64::try_from(count).map_or_else(|_| Self::Text(count.to_string()), Self::Count)
    }
}

impl From<u64> for Value {
    /// A count too large for `i64` is written as its digits.
    fn from(count: u64) -> Self {
        i64::try_from(count).map_or_else(|_| Self::Text(count.to_string()), Self::Count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_joined_and_messages_said_in_the_language_of_the_sentence() {
        let words = Value::words(["draft", "met"]);
        assert_eq!(words.written(Locale::Arabic), "\u{2068}draft\u{2069}، \u{2068}met\u{2069}");
        assert_eq!(words.written(Locale::Chinese), "\u{2068}draft\u{2069}、\u{2068}met\u{2069}");
        let near = Value::message("setting-near", vec![("word", Value::from("seed"))]);
        let said = |locale| message::plain(locale, "setting-unknown_setting", &[("near", near.clone())]);
        assert_eq!(said(Locale::English), "is no setting here (did you mean seed?)");
        assert_eq!(said(Locale::French), "n’est pas un réglage reconnu ici (vouliez-vous dire seed ?)");
    }

    #[test]
    fn small_counts_stand_for_large_ones_of_the_same_form() {
        let pairs =
            [(0, 0), (1, 1), (99, 99), (100, 100), (101, 101), (103, 3), (121, 21), (1000, 100), (1_000_011, 11)];
        for (count, small) in pairs {
            assert_eq!(same_form(count), small);
        }
    }
}
