//! Asks the service, in the process of the test.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Request};
use tower::ServiceExt;
use uuid::Uuid;

use crate::callers::Caller;
use crate::description;
use crate::rows::Row;
use crate::world::{Object, World};

/// What came.
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// What the description of the API does not say of it.
    pub(crate) fault: Option<String>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// Whether a word stands anywhere in it.
    pub(crate) fn holds(&self, word: &str) -> bool {
        let in_headers = self.headers.iter().any(|(_, value)| String::from_utf8_lossy(value.as_bytes()).contains(word));
        in_headers || String::from_utf8_lossy(&self.body).contains(word)
    }

    pub(crate) fn beginning(&self) -> String {
        String::from_utf8_lossy(&self.body).chars().take(300).collect()
    }
}

impl World {
    /// Asks a row's question about an object.
    pub(crate) async fn ask(&self, row: &Row, caller: &Caller, object: Option<&Object>) -> Answer {
        let mut path = row.path.replace("{id}", object.map_or("", |object| object.id.as_str()));
        path = path.replace("{person}", &self.person);
        for placeholder in ["{step}", "{external_id}", "{file}", "{token}", "{name}"] {
            path = path.replace(placeholder, row.step);
        }
        assert!(!path.contains('{'), "{path}: say in the row what stands there");
        let mut request = Request::builder().method(row.method).uri(path);
        if row.method != "GET" {
            // No object was ever at this version: who may make the change is told that it is another, and nothing changes.
            request = request.header("If-Match", "\"0\"");
            request = request.header("Idempotency-Key", Uuid::now_v7().to_string());
            let form = "application/x-www-form-urlencoded";
            request = request.header("Content-Type", if row.is_page { form } else { "application/json" });
        }
        let body = row.body.replace("{person}", &self.person).replace("{provider}", &self.provider);
        self.send(request, caller, Body::from(body)).await
    }

    /// Reads an address.
    pub(crate) async fn get(&self, caller: &Caller, path: &str) -> Answer {
        self.send(Request::get(path), caller, Body::empty()).await
    }

    pub(crate) async fn send(&self, mut request: axum::http::request::Builder, caller: &Caller, body: Body) -> Answer {
        if let Some(secret) = &caller.secret {
            request = request.header("Authorization", format!("Bearer {secret}"));
            request = request.header("Cookie", format!("needmatch_session={secret}"));
        }
        let request = request.header("Host", "localhost").body(body).expect("a request");
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let answer = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = answer.into_parts();
        let fault = description::fault(&method, &path, parts.status.as_u16(), &parts.headers);
        Answer { fault, status: parts.status.as_u16(), headers: parts.headers, body: beginning_of(body).await }
    }
}

/// What comes before long: whoever follows a run that waits is told nothing for as long as it waits.
async fn beginning_of(body: Body) -> Vec<u8> {
    let mut chunks = body.into_data_stream();
    let mut read = Vec::new();
    let next = async |chunks: &mut axum::body::BodyDataStream| -> Option<Bytes> {
        let next = futures_util::StreamExt::next(chunks);
        tokio::time::timeout(Duration::from_millis(300), next).await.ok()??.ok()
    };
    while let Some(chunk) = next(&mut chunks).await {
        read.extend_from_slice(&chunk);
    }
    read
}
