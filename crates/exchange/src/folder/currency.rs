//! Which texts are currencies.

use std::sync::OnceLock;

use iso_currency::Currency;

use crate::error::{Candidates, Near};

/// Whether the text is an ISO 4217 alphabetic code, in capitals.
pub(crate) fn exists(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()) && Currency::from_code(code).is_some()
}

/// The code nearest to a misspelt one.
pub(crate) fn nearest(code: &str, candidates: &Candidates) -> Near {
    static CODES: OnceLock<Vec<String>> = OnceLock::new();
    let codes = CODES.get_or_init(|| {
        let letters = || 'A'..='Z';
        let all = letters().flat_map(|a| letters().flat_map(move |b| letters().map(move |c| format!("{a}{b}{c}"))));
        all.filter(|code| exists(code)).collect()
    });
    candidates.nearest(code, codes.iter().map(String::as_str))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_capitals_and_slips_are_recognised() {
        assert!(exists("EUR") && exists("XOF") && !exists("eur") && !exists("EURO") && !exists("QQQ"));
        let candidates = Candidates::default();
        assert_eq!(nearest("eur", &candidates).0.as_deref(), Some("EUR"));
        assert_eq!(nearest("dollars", &candidates).0, None);
    }
}
