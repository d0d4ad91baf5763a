//! Answers to changes, in a form that can be kept and repeated.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use needmatch_app::AppError;
use needmatch_app::store::idempotency::KeptAnswer;
use serde::Serialize;

use super::problem::Problem;
use super::version::etag;

/// An answer, and what is kept of it for a repeated request where that differs: a secret is shown once.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) shown: KeptAnswer,
    pub(crate) kept: Option<KeptAnswer>,
}

impl Answer {
    fn with<T: Serialize>(status: StatusCode, headers: Vec<(String, String)>, body: &T) -> Result<Self, AppError> {
        Ok(Self { shown: KeptAnswer { status: status.as_u16(), headers, body: json(body)? }, kept: None })
    }

    /// What was changed, at its version.
    pub(crate) fn ok<T: Serialize>(version: i64, body: &T) -> Result<Self, AppError> {
        Self::with(StatusCode::OK, vec![(header::ETAG.to_string(), etag(version))], body)
    }

    /// What was made, where it stands, at its version.
    pub(crate) fn created<T: Serialize>(location: String, version: i64, body: &T) -> Result<Self, AppError> {
        let headers = vec![(header::LOCATION.to_string(), location), (header::ETAG.to_string(), etag(version))];
        Self::with(StatusCode::CREATED, headers, body)
    }

    /// What was made without a version.
    pub(crate) fn made<T: Serialize>(location: String, body: &T) -> Result<Self, AppError> {
        Self::with(StatusCode::CREATED, vec![(header::LOCATION.to_string(), location)], body)
    }

    /// What came of it, where nothing has a version.
    pub(crate) fn done<T: Serialize>(body: &T) -> Result<Self, AppError> {
        Self::with(StatusCode::OK, Vec::new(), body)
    }

    /// What was begun without a version, and where it can be followed.
    pub(crate) fn accepted<T: Serialize>(location: String, body: &T) -> Result<Self, AppError> {
        Self::with(StatusCode::ACCEPTED, vec![(header::LOCATION.to_string(), location)], body)
    }

    /// What was begun, where it can be followed, at its version.
    pub(crate) fn begun<T: Serialize>(location: String, version: i64, body: &T) -> Result<Self, AppError> {
        let headers = vec![(header::LOCATION.to_string(), location), (header::ETAG.to_string(), etag(version))];
        Self::with(StatusCode::ACCEPTED, headers, body)
    }

    /// What is kept instead of what is shown.
    pub(crate) fn keeping<T: Serialize>(mut self, body: &T) -> Result<Self, AppError> {
        self.kept = Some(KeptAnswer { body: json(body)?, ..self.shown.clone() });
        Ok(self)
    }
}

fn json<T: Serialize>(body: &T) -> Result<Vec<u8>, AppError> {
    serde_json::to_vec(body).map_err(|error| {
        tracing::error!(%error, "an answer cannot be written");
        AppError::Internal
    })
}

/// An answer as it goes out; a repeated one says so.
pub(crate) fn send(answer: KeptAnswer, is_repeated: bool) -> Response {
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    for (name, value) in answer.headers {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse()) {
            headers.insert(name, value);
        }
    }
    if is_repeated {
        headers.insert("idempotency-replayed", HeaderValue::from_static("true"));
    }
    response
}

/// Something read, at its version.
pub(crate) fn read<T: Serialize>(version: i64, body: &T) -> Result<Response, Problem> {
    Ok(send(Answer::ok(version, body)?.shown, false).into_response())
}
