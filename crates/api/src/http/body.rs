//! A JSON body, bounded in bytes, depth and time before anybody looks at it.

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use needmatch_app::Code;
use serde_json::{Value, json};

use super::bound;
use super::expected::Expected;
use super::problem::Problem;

/// How long a client may take to send its body.
const PATIENCE: Duration = Duration::from_secs(30);

/// Ways in which a body may be packed.
const PACKINGS: &str = "gzip, identity";

/// The body as a JSON value, with its bytes. An empty body is an empty object, for steps that need nothing.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    pub(crate) value: Value,
    pub(crate) bytes: Bytes,
}

/// The bytes of a body, bounded in number and time.
async fn bytes_of(request: Request) -> Result<Bytes, Problem> {
    // What could be unpacked has been, and says so no more.
    let mut ways = request.headers().get_all(header::CONTENT_ENCODING).iter();
    if let Some(way) = ways.find(|way| !way.as_bytes().eq_ignore_ascii_case(b"identity")) {
        let way = String::from_utf8_lossy(way.as_bytes());
        return Err(Problem::parameter("Content-Encoding", &way, Expected::OneOf(PACKINGS)));
    }
    match tokio::time::timeout(PATIENCE, Bytes::from_request(request, &())).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(refused)) if refused.status() == StatusCode::PAYLOAD_TOO_LARGE => Err(bound::too_large("more")),
        Ok(Err(_)) => Err(Problem::of(Code::NotJson, json!({ "reason": "it broke off on the way" }))),
        Err(_) => Err(Problem::of(Code::NotJson, json!({ "reason": "it did not come in time" }))),
    }
}

impl Document {
    /// A body that is no JSON, such as a table or a file: its value is an empty object.
    pub(crate) async fn of_bytes(request: Request) -> Result<Self, Problem> {
        Ok(Self { value: json!({}), bytes: bytes_of(request).await? })
    }
}

/// The refusal of a body that breaks off being JSON somewhere.
fn not_json(error: &serde_json::Error) -> Problem {
    let place = vec![("line", error.line().into()), ("column", error.column().into())];
    let reason = needmatch_i18n::Value::message("part-json", place);
    Problem::of(Code::NotJson, json!({ "reason": error.to_string() })).saying("reason", reason)
}

impl<S: Send + Sync> FromRequest<S> for Document {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let declared = request.headers().get(header::CONTENT_TYPE).cloned();
        let bytes = bytes_of(request).await?;
        if bytes.is_empty() {
            return Ok(Self { value: json!({}), bytes });
        }
        let is_json = declared.as_ref().and_then(|value| value.to_str().ok()).is_some_and(|value| {
            let kind = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
            kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
        });
        if !is_json {
            return Err(Problem::of(Code::UnsupportedMediaType, json!({})));
        }
        let value = serde_json::from_slice(&bytes).map_err(|error| not_json(&error))?;
        Ok(Self { value, bytes })
    }
}
