//! What a cell may hold: Unicode in normal form C, without characters that hide or reverse text; and the apostrophes that
//! keep spreadsheets from taking text for a formula.

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
    Ok(match text {
        Cow::Borrowed(text) => normalize(text),
        Cow::Owned(text) => Cow::Owned(normalize(&text).into_owned()),
    })
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

/// Parts the values of a list; and, where commas are for decimals, the cells of a line, quoted or not.
const SEPARATOR: char = ';';

/// What formulas begin with, in the wide forms that Chinese and Japanese keyboards write as well.
const FORMULAS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

fn starts_formula(piece: &str) -> bool {
    piece.trim_start_matches(['\'', ' ']).starts_with(FORMULAS)
}

/// What writes cells that went through [`guard`]. Where commas are for decimals, semicolons part cells: what holds one
/// stands in quotes, as if it began a comment.
pub fn cell_writer() -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new().comment(u8::try_from(SEPARATOR).ok()).from_writer(Vec::new())
}

/// Text that a spreadsheet shows and does not compute, wherever it parts it: an apostrophe at the beginning and behind each
/// semicolon where a formula could begin.
pub fn guard(text: &str) -> Cow<'_, str> {
    if !text.split(SEPARATOR).any(starts_formula) {
        return Cow::Borrowed(text);
    }
    let guarded = |piece: &str| if starts_formula(piece) { format!("'{piece}") } else { piece.to_owned() };
    Cow::Owned(joined(text.split(SEPARATOR).map(guarded)))
}

/// The text that [`guard`] was given.
pub fn unguard(text: &str) -> Cow<'_, str> {
    if text.split(SEPARATOR).all(|piece| bare(piece).len() == piece.len()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(joined(text.split(SEPARATOR).map(|piece| bare(piece).to_owned())))
}

fn bare(piece: &str) -> &str {
    match piece.strip_prefix('\'') {
        Some(rest) if starts_formula(rest) => rest,
        _ => piece,
    }
}

fn joined(pieces: impl Iterator<Item = String>) -> String {
    pieces.collect::<Vec<_>>().join(";")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn guarding_is_undone_by_reading(text in "['=+@\\-\ta\"; ＝]{0,8}") {
            let guarded = guard(&text);
            prop_assert_eq!(unguard(&guarded), text.as_str());
            prop_assert!(!guarded.split(';').any(|piece| piece.trim_start_matches(' ').starts_with(FORMULAS)));
        }
    }

    #[test]
    fn no_part_of_a_text_is_computed_where_semicolons_part_cells() {
        for (text, guarded) in
            [("x;=1+1", "x;'=1+1"), ("=1;+2; @a;b", "'=1;'+2;' @a;b"), ("'=1", "''=1"), ("it's; a-b=c", "it's; a-b=c")]
        {
            assert_eq!(guard(text), guarded);
            assert_eq!(unguard(guarded), text);
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
