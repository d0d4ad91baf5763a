//! Refusals in the language the client likes best: titles and advice from the messages, codes and values as they are.

use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use needmatch_app::Code;
use needmatch_i18n::{Locale, Value, negotiate, plain};

use super::problem::Problem;
use super::request_id::RequestId;

/// Puts a refusal into the client's language.
pub(crate) async fn localise(request: Request, next: Next) -> Response {
    let wished = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let locale = wished.map_or(Locale::English, negotiate);
    let reference = request.extensions().get::<RequestId>().map_or_else(String::new, |id| id.0.clone());
    let response = next.run(request).await;
    let Some(problem) = response.extensions().get::<Problem>().filter(|_| locale != Locale::English) else {
        return response;
    };
    let mut translated = problem.in_language(&title(problem, locale), &advice(problem, locale, &reference));
    if let Ok(language) = HeaderValue::from_str(locale.code()) {
        translated.headers_mut().insert(header::CONTENT_LANGUAGE, language);
    }
    translated
}

/// The message that stands for a code: several codes share one where the reader can do the same about them.
fn message(code: Code) -> &'static str {
    match code {
        Code::Unauthenticated => "problem-unauthenticated",
        Code::Forbidden => "problem-forbidden",
        Code::NotFound | Code::MethodNotAllowed => "problem-not_found",
        Code::NotAllowedNow | Code::Taken | Code::InFlight | Code::RuleBroken => "problem-conflict",
        Code::VersionMismatch | Code::VersionRequired => "problem-changed",
        Code::TooLarge => "problem-too_large",
        Code::UnsupportedMediaType | Code::NotJson | Code::BadParameter | Code::KeyReused => "problem-bad_request",
        Code::Invalid | Code::CannotFreeze => "problem-invalid",
        Code::TooManyRequests => "problem-too_many",
        Code::Internal => "problem-internal",
        Code::Busy | Code::Unavailable | Code::StorageFull => "problem-unavailable",
    }
}

fn title(problem: &Problem, locale: Locale) -> String {
    plain(locale, message(problem.code), &[])
}

fn advice(problem: &Problem, locale: Locale, reference: &str) -> String {
    let shown = |name: &str| Value::Text(super::sentence::value(&problem.values, name));
    let fields = problem.values.get("count").and_then(serde_json::Value::as_i64).unwrap_or(1);
    let values = [
        ("allowed", shown("allowed")),
        ("limit", shown("limit")),
        ("fields", Value::Count(fields)),
        ("seconds", Value::Count(1)),
        ("reference", Value::Text(reference.to_owned())),
    ];
    plain(locale, &format!("{}-advice", message(problem.code)), &values)
}

#[cfg(test)]
mod tests {
    use needmatch_app::Code;
    use needmatch_i18n::message::has;

    #[test]
    fn every_code_has_its_message() {
        for code in Code::ALL {
            assert!(has(super::message(*code)) && has(&format!("{}-advice", super::message(*code))), "{code:?}");
        }
    }
}
