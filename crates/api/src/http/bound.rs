//! Bodies that announce more than is taken are refused before anybody reads them.

use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;
use needmatch_app::Code;
use serde_json::json;

use super::problem::Problem;
use crate::router::MAX_BODY_BYTES;

/// What is still read, and thrown away, of a body that is refused: a client that is writing when the line is cut never
/// sees the answer.
const LINGER_BYTES: usize = 16 * MAX_BODY_BYTES;

/// How long that may take.
const LINGER: Duration = Duration::from_secs(5);

/// Refuses a body that announces too much.
pub(crate) async fn bound(request: Request, next: Next) -> Response {
    let announced =
        request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    match announced {
        // Nobody looks at what comes with a read.
        Some(bytes) if bytes > MAX_BODY_BYTES as u64 && !request.method().is_safe() => {
            let _ = tokio::time::timeout(LINGER, linger(request.into_body())).await;
            too_large(&bytes.to_string()).into_response()
        }
        _ => next.run(request).await,
    }
}

async fn linger(body: Body) {
    let mut chunks = body.into_data_stream();
    let mut seen = 0;
    while let Some(Ok(chunk)) = chunks.next().await {
        seen += chunk.len();
        if seen > LINGER_BYTES {
            return;
        }
    }
}

/// The refusal of a body of this many bytes.
pub(crate) fn too_large(actual: &str) -> Problem {
    Problem::of(Code::TooLarge, json!({ "what": "body (bytes)", "actual": actual, "limit": MAX_BODY_BYTES }))
}
