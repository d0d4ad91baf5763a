//! `ETag` and `If-Match`: the version a change is made against.

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use needmatch_app::Code;
use serde_json::json;

use super::problem::Problem;

/// The version of `If-Match`, which must be there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct IfMatch(pub(crate) i64);

/// The version of `If-Match`, if there is one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MaybeIfMatch(pub(crate) Option<i64>);

impl<S: Send + Sync> FromRequestParts<S> for MaybeIfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Some(given) = parts.headers.get(header::IF_MATCH) else { return Ok(Self(None)) };
        let text = given.to_str().unwrap_or_default();
        let version =
            text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).and_then(|digits| digits.parse().ok());
        let version: i64 = version
            .ok_or_else(|| Problem::parameter("If-Match", text, "the ETag of what is changed, such as \"3\""))?;
        Ok(Self(Some(version)))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let MaybeIfMatch(version) = MaybeIfMatch::from_request_parts(parts, state).await?;
        version.map(Self).ok_or_else(|| Problem::of(Code::VersionRequired, json!({})))
    }
}

/// The `ETag` of a version.
pub(crate) fn etag(version: i64) -> String {
    format!("\"{version}\"")
}
