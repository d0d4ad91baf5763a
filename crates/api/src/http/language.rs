//! The language the client likes best, for sentences; codes and values are the same in all.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use needmatch_i18n::{Locale, negotiate};

use super::problem::Problem;

/// The language a handler answers in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Language(pub(crate) Locale);

impl<S: Send + Sync> FromRequestParts<S> for Language {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(wished(&parts.headers)))
    }
}

fn wished(headers: &HeaderMap) -> Locale {
    let wished = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    wished.map_or(Locale::English, negotiate)
}

impl Language {
    /// The answer with its language named.
    pub(crate) fn named(self, mut response: Response) -> Response {
        response.headers_mut().insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(self.0.code()));
        response.headers_mut().append(header::VARY, HeaderValue::from_static("accept-language"));
        response
    }
}

/// Puts a refusal into the client's language.
pub(crate) async fn localise(request: Request, next: Next) -> Response {
    let language = Language(wished(request.headers()));
    let mut response = next.run(request).await;
    let Some(problem) = response.extensions_mut().remove::<Problem>() else { return response };
    // The sentences alone: what others have said about the answer, such as when to come again, stays.
    let headers = std::mem::take(response.headers_mut());
    let mut translated = problem.in_language(language.0);
    for name in [header::CONTENT_ENCODING, header::CONTENT_LENGTH] {
        debug_assert!(!headers.contains_key(name), "refusals are put into words before they are packed");
    }
    translated.headers_mut().extend(headers);
    language.named(translated)
}
