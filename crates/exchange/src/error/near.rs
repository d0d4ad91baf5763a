//! The near match: what a misspelt word was probably meant to be.

use std::cell::Cell;
use std::fmt;

/// A known word that differs from the given one by a slip or two, if there is one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Near(pub Option<String>);

impl Near {
    /// The word nearest to a misspelt one, the first of equals.
    pub fn of<'a>(given: &str, words: impl IntoIterator<Item = &'a str>) -> Self {
        Candidates::default().nearest(given, words)
    }
}

impl fmt::Display for Near {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(word) => write!(formatter, " (did you mean {word}?)"),
            None => Ok(()),
        }
    }
}

/// A value of a sentence on its own, without the words that the English sentence puts around it.
pub(super) trait Written {
    fn written(&self) -> String;
}

impl Written for Near {
    fn written(&self) -> String {
        self.0.clone().unwrap_or_default()
    }
}

macro_rules! written {
    ($($kind:ty),+) => {
        $(impl Written for $kind {
            fn written(&self) -> String {
                self.to_string()
            }
        })+
    };
}

written!(String, &'static str, usize, u64, i64);

/// Slips allowed for a word: none in a single letter, one in a short word, two in a longer one.
fn slips(given: &str) -> usize {
    match given.chars().count() {
        0 | 1 => 0,
        2..=4 => 1,
        _ => 2,
    }
}

/// Searches words for the one nearest to a misspelt one. The search over all errors of a scenario is bounded, so that
/// a file with thousands of wrong references into a large table still answers at once.
#[derive(Debug)]
pub struct Candidates {
    comparisons_left: Cell<u64>,
}

const MAX_COMPARISONS: u64 = 5_000_000;

impl Default for Candidates {
    fn default() -> Self {
        Self { comparisons_left: Cell::new(MAX_COMPARISONS) }
    }
}

impl Candidates {
    /// The word nearest to `given` (Damerau–Levenshtein, letter case ignored), the first of equals.
    pub fn nearest<'a>(&self, given: &str, words: impl IntoIterator<Item = &'a str>) -> Near {
        let wanted = given.to_lowercase();
        let (length, allowed) = (wanted.chars().count(), slips(&wanted));
        let mut best: Option<(usize, &str)> = None;
        for word in words {
            if self.comparisons_left.get() == 0 {
                break;
            }
            // Another number is another thing, not a slip: R9 does not mean R1.
            let same_digits = || word.bytes().filter(u8::is_ascii_digit).eq(given.bytes().filter(u8::is_ascii_digit));
            if word.len().abs_diff(given.len()) > allowed * 4 || length > 200 || !same_digits() {
                continue;
            }
            self.comparisons_left.set(self.comparisons_left.get() - 1);
            let distance = strsim::damerau_levenshtein(&wanted, &word.to_lowercase());
            if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
                best = Some((distance, word));
            }
        }
        Near(best.map(|(_, word)| word.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_found_and_another_word_is_not() {
        let candidates = Candidates::default();
        let near = |given: &str| candidates.nearest(given, ["quantity", "received", "from", "KEN"]).0;
        assert_eq!(near("quantitiy").as_deref(), Some("quantity"));
        assert_eq!(near("qauntity").as_deref(), Some("quantity"));
        assert_eq!(near("recieved").as_deref(), Some("received"));
        assert_eq!(near("ken").as_deref(), Some("KEN"));
        assert_eq!(near("form").as_deref(), Some("from"));
        assert_eq!(candidates.nearest("R-0012", ["R-0013", "R-001"]).0, None, "another number is no slip");
        assert_eq!(candidates.nearest("r-0012", ["R-0012"]).0.as_deref(), Some("R-0012"));
        assert_eq!(near("amount"), None);
        assert_eq!(near(""), None);
    }

    #[test]
    fn the_search_ends() {
        let candidates = Candidates { comparisons_left: Cell::new(1) };
        assert_eq!(candidates.nearest("word", ["work", "word"]), Near(Some("work".to_owned())));
    }
}
