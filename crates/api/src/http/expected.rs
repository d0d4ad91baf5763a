//! What a parameter of the address or a header should have been.

use needmatch_i18n::vocabulary::phrase;
use needmatch_i18n::{Locale, Value};

/// What was expected in the place of a wrong value.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Expected<'a> {
    /// Said by a phrase.
    Phrase(&'a str),
    /// One of these words, separated by commas.
    OneOf(&'a str),
    /// A number from 1 to this.
    Number(u32),
    /// As many visible ASCII characters at most.
    Characters(usize),
}

impl<'a> From<&'a str> for Expected<'a> {
    fn from(phrase: &'a str) -> Self {
        Self::Phrase(phrase)
    }
}

impl Expected<'_> {
    /// What stands in the sentence.
    pub(crate) fn value(self) -> Value {
        match self {
            Self::Phrase(english) => phrase("expected-", english),
            Self::OneOf(words) => Value::message("part-one_of", vec![("allowed", Value::words(words.split(", ")))]),
            Self::Number(most) => {
                Value::message("part-number", vec![("least", Value::Count(1)), ("most", Value::from(most))])
            }
            Self::Characters(most) => Value::message("part-characters", vec![("most", Value::from(most))]),
        }
    }

    /// What stands among the values of the document, whatever the language of its sentences.
    pub(crate) fn english(self) -> String {
        let mut english = self.value().written(Locale::English);
        english.retain(|letter| !matches!(letter, '\u{2068}' | '\u{2069}'));
        english
    }
}

#[cfg(test)]
mod tests {
    use super::Expected;

    #[test]
    fn what_is_expected_is_said_in_english_among_the_values() {
        assert_eq!(Expected::OneOf("money, in_kind").english(), "one of money, in_kind");
        assert_eq!(Expected::Number(500).english(), "a number from 1 to 500");
        assert_eq!(Expected::Characters(255).english(), "1 to 255 visible ASCII characters");
        assert_eq!(Expected::from("the `next` of a page").english(), "the `next` of a page");
    }
}
