//! In which language a page answers: that of its path (`/fr/rounds/…`), else the one chosen last, else the browser's.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use needmatch_i18n::{Locale, negotiate};

use crate::visit::cookie;

/// Name of the cookie that remembers the choice.
pub(crate) const COOKIE: &str = "needmatch_language";

/// The language of a path, put into the request by the router; absent where the path names none.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PathLanguage(pub(crate) Locale);

/// The language of an answer.
pub(crate) fn choose(path: Option<PathLanguage>, headers: &HeaderMap) -> Locale {
    if let Some(PathLanguage(locale)) = path {
        return locale;
    }
    let remembered = cookie(headers, COOKIE).and_then(|code| code.parse().ok());
    remembered.unwrap_or_else(|| {
        let wishes = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        wishes.map(negotiate).unwrap_or_default()
    })
}
