//! A party's own system that listens for messages, and says to each what the test wants.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use tokio::net::TcpListener;

/// What came.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
    pub(crate) body: Value,
}

impl Received {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub(crate) fn kind(&self) -> &str {
        self.body["type"].as_str().unwrap_or_default()
    }
}

/// A system that listens.
#[derive(Clone)]
pub(crate) struct Receiver {
    pub(crate) address: String,
    received: Arc<Mutex<Vec<Received>>>,
    /// What the next are answered, the first first; then 204.
    answers: Arc<Mutex<Vec<u16>>>,
}

impl Receiver {
    pub(crate) fn listen(listener: TcpListener, answers: &[u16]) -> Self {
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let receiver = Self { address, received: Arc::default(), answers: Arc::new(Mutex::new(answers.to_vec())) };
        let own = receiver.clone();
        let take = move |uri: axum::http::Uri, headers: HeaderMap, bytes: Bytes| async move {
            own.take(uri.path().to_owned(), headers, &bytes)
        };
        tokio::spawn(async move { axum::serve(listener, Router::new().fallback(take)).await });
        receiver
    }

    fn take(&self, path: String, headers: HeaderMap, bytes: &Bytes) -> Response {
        let body = serde_json::from_slice(bytes).unwrap_or(Value::Null);
        let received = Received { path, headers, bytes: bytes.to_vec(), body };
        self.received.lock().expect("nobody panicked").push(received);
        let status = {
            let mut answers = self.answers.lock().expect("nobody panicked");
            if answers.is_empty() { 204 } else { answers.remove(0) }
        };
        let status = StatusCode::from_u16(status).expect("a status");
        if status.is_redirection() {
            return (status, [("location", format!("{}/elsewhere", self.address))]).into_response();
        }
        status.into_response()
    }

    /// What has come so far.
    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().expect("nobody panicked").clone()
    }

    /// What has come once there are so many.
    pub(crate) async fn wait_for(&self, count: usize) -> Vec<Received> {
        let until = Instant::now() + Duration::from_secs(20);
        loop {
            let received = self.received();
            if received.len() >= count {
                return received;
            }
            assert!(Instant::now() < until, "{} of {count} came: {received:?}", received.len());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}
