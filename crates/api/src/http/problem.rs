//! Refusals as RFC 9457 problem documents: a registered code, the offending values, what to do, all field errors at once.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use needmatch_app::{AppError, Code, FieldError};
use needmatch_i18n::{Locale, Value as Word};
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::expected::Expected;
use super::sentence;

/// A refusal: one of a use case, or one of HTTP itself.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    pub(crate) code: Code,
    pub(crate) values: Map<String, Value>,
    pub(crate) fields: Vec<FieldError>,
    /// Values that a sentence says in words of its language, where the document holds them in English.
    spoken: Vec<(&'static str, Word)>,
    /// After how many seconds the same may be taken, where it is refused for what passes.
    wait: u64,
}

/// A problem document (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemDocument {
    /// Names the kind of problem for good: `urn:needmatch:problem:` and the code.
    #[schema(example = "urn:needmatch:problem:invalid")]
    r#type: String,
    /// The registered code.
    #[schema(example = "invalid")]
    code: &'static str,
    /// The HTTP status.
    #[schema(example = 422)]
    status: u16,
    /// What happened, without values.
    title: String,
    /// What happened this time.
    detail: String,
    /// What to do.
    action: String,
    /// The offending values, by name.
    values: Map<String, Value>,
    /// Everything wrong with the document that was sent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldProblem>,
}

/// Something wrong with a field.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FieldProblem {
    /// JSON pointer into the document (RFC 6901).
    #[schema(example = "/components/0/minimum")]
    pointer: String,
    /// The registered code.
    #[schema(example = "minimum_above_quantity")]
    code: &'static str,
    /// What stands there, cut when long.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    /// Values of the sentence, by name.
    values: Map<String, Value>,
    /// What is wrong.
    detail: String,
    /// What to do.
    action: String,
}

impl Problem {
    /// A refusal of HTTP itself.
    pub(crate) fn of(code: Code, values: Value) -> Self {
        let values = match values {
            Value::Object(values) => values,
            _ => Map::new(),
        };
        Self { code, values, fields: Vec::new(), spoken: Vec::new(), wait: 1 }
    }

    /// A parameter of the address or a header that is not what it should be.
    pub(crate) fn parameter<'a>(name: &str, value: &str, expected: impl Into<Expected<'a>>) -> Self {
        let (value, expected): (String, Expected<'_>) = (value.chars().take(80).collect(), expected.into());
        let values = json!({ "name": name, "value": value, "expected": expected.english() });
        Self::of(Code::BadParameter, values).saying("expected", expected.value())
    }

    /// The same refusal, whose sentence says a value in words of its language.
    pub(crate) fn saying(mut self, name: &'static str, value: Word) -> Self {
        self.spoken.retain(|(other, _)| *other != name);
        self.spoken.push((name, value));
        self
    }

    fn document(&self, locale: Locale) -> ProblemDocument {
        let mut arguments = sentence::arguments(locale, &self.values);
        arguments.retain(|(name, _)| self.spoken.iter().all(|(spoken, _)| spoken != name));
        arguments.extend(self.spoken.iter().cloned());
        let errors = self.fields.iter().map(|error| {
            let (detail, action) = sentence::of_field(locale, error);
            let values = error.fault.values().into_iter().map(|(name, value)| (name.to_owned(), value.into()));
            FieldProblem {
                pointer: error.pointer.clone(),
                code: error.fault.name(),
                value: error.value.clone(),
                values: values.collect(),
                detail,
                action,
            }
        });
        ProblemDocument {
            r#type: format!("urn:needmatch:problem:{}", self.code.name()),
            code: self.code.name(),
            status: self.code.status(),
            title: sentence::title(locale, self.code),
            detail: sentence::detail(locale, self.code, &arguments),
            action: sentence::action(locale, self.code, &arguments),
            values: self.values.clone(),
            errors: errors.collect(),
        }
    }
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        let (code, values, spoken) = (error.code(), error.values(), sentence::spoken(&error));
        let wait = error.seconds_to_wait().max(1);
        let fields = match error {
            AppError::Invalid { fields } => fields,
            _ => Vec::new(),
        };
        Self { code, values, fields, spoken, wait }
    }
}

impl From<needmatch_app::store::StoreError> for Problem {
    fn from(error: needmatch_app::store::StoreError) -> Self {
        AppError::from(error).into()
    }
}

impl Problem {
    /// The document in English, as an example.
    pub(crate) fn example(&self) -> Value {
        serde_json::to_value(self.document(Locale::English)).unwrap_or_default()
    }

    /// The answer with its sentences in a language.
    pub(crate) fn in_language(&self, locale: Locale) -> Response {
        let document = self.document(locale);
        let status = StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(document)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        match self.code {
            Code::Unauthenticated => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            Code::Busy | Code::Unavailable | Code::InFlight | Code::TooManyRequests => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from(self.wait));
            }
            _ => {}
        }
        response
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.in_language(Locale::English);
        // Whoever knows the client's language puts it into that.
        response.extensions_mut().insert(self);
        response
    }
}
