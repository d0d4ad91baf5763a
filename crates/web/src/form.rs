//! Forms change things only when they were sent from a page of this site.

use axum::http::HeaderMap;
use needmatch_app::AppError;

/// Refuses a form that another site sent. The session's cookie is not sent along then either (`SameSite`); browsers that
/// do not tell are judged by that alone.
pub(crate) fn from_this_site(headers: &HeaderMap) -> Result<(), AppError> {
    match headers.get("sec-fetch-site") {
        Some(site) if site != "same-origin" && site != "none" => Err(AppError::Forbidden { action: "send this form" }),
        _ => Ok(()),
    }
}

/// A code as meant: without the spaces that programs show it with, in the digits it is reckoned with, whichever of them a
/// keyboard writes.
pub(crate) fn code(typed: &str) -> String {
    let digit = |letter: char| match letter {
        '٠'..='٩' => western(letter, '٠'),
        '۰'..='۹' => western(letter, '۰'),
        '０'..='９' => western(letter, '０'),
        other => other,
    };
    typed.chars().filter(|letter| !letter.is_whitespace()).map(digit).collect()
}

fn western(digit: char, zero: char) -> char {
    char::from_digit(u32::from(digit) - u32::from(zero), 10).unwrap_or(digit)
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn codes_are_read_as_programs_and_keyboards_write_them() {
        for typed in ["287082", " 287 082 ", "٢٨٧٠٨٢", "۲۸۷ ۰۸۲", "２８７０８２"] {
            assert_eq!(code(typed), "287082", "{typed}");
        }
        assert_eq!(code("no code"), "nocode");
    }
}
