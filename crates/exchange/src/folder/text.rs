//! What a cell may hold: Unicode in normal form C, without characters that hide or reverse text; and the quotation
//! mark that keeps spreadsheets from taking text for a formula.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Longest cell, in bytes.
pub const MAX_FIELD_BYTES: usize = 64 * 1024;

/// A cell as meant: without spaces around it, without the guard against formulas, in normal form C.
///
/// # Errors
/// The first character that text may not hold, in Unicode notation.
pub(crate) fn clean(cell: &str) -> Result<Cow<'_, str>, String> {
    let text = unguard(cell.trim());
    if let Some(character) = text.chars().find(|c| is_forbidden(*c)) {
        return Err(format!("U+{:04X}", u32::from(character)));
    }
    Ok(normalize(text))
}

/// Text in Unicode normal form C.
pub(crate) fn normalize(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// Control characters except line break and tab, and characters that change the direction of text.
pub(crate) fn is_forbidden(character: char) -> bool {
    (character.is_control() && !matches!(character, '\n' | '\t'))
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn starts_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t'])
}

/// Text that a spreadsheet shows and does not compute: an apostrophe before `=`, `+`, `-`, `@` or a tab.
pub fn guard(text: &str) -> Cow<'_, str> {
    if starts_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text that [`guard`] was given.
pub fn unguard(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if starts_formula(rest) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn guarding_is_undone_by_reading(text in "['=+@\\-\ta\"]{0,6}") {
            let guarded = guard(&text);
            prop_assert_eq!(unguard(&guarded), text.as_str());
            prop_assert!(!guarded.starts_with(['=', '+', '-', '@', '\t']));
        }
    }

    #[test]
    fn cells_are_trimmed_normalised_and_free_of_deceiving_characters() {
        assert_eq!(clean("  '=1+1 ").unwrap(), "=1+1");
        assert_eq!(clean("Co\u{302}te d'Ivoire").unwrap(), "Côte d'Ivoire");
        assert_eq!(clean("two\nlines").unwrap(), "two\nlines");
        assert_eq!(clean("a\u{202e}b").unwrap_err(), "U+202E");
        assert_eq!(clean("a\u{7}b").unwrap_err(), "U+0007");
    }
}
