//! A client that speaks JSON and looks at what comes back.

use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode};
use serde_json::Value;

use crate::description;

/// A client of one party.
#[derive(Clone)]
pub(crate) struct Client {
    http: reqwest::Client,
    address: String,
    token: Option<String>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
    pub(crate) body: Value,
}

impl Client {
    pub(crate) fn new(address: &str, token: Option<&str>) -> Self {
        Self { http: reqwest::Client::new(), address: address.to_owned(), token: token.map(ToOwned::to_owned) }
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.address));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        send(self.request(Method::POST, path).json(body)).await
    }

    pub(crate) async fn post_with_key(&self, path: &str, body: &Value, key: &str) -> Answer {
        send(self.request(Method::POST, path).header("Idempotency-Key", key).json(body)).await
    }

    pub(crate) async fn put(&self, path: &str, version: Option<i64>, body: &Value) -> Answer {
        let mut request = self.request(Method::PUT, path).json(body);
        if let Some(version) = version {
            request = request.header("If-Match", format!("\"{version}\""));
        }
        send(request).await
    }

    /// Takes a step of something at the version it has.
    pub(crate) async fn step(&self, path: &str, version: i64, step: &str, body: &Value) -> Answer {
        let request = self.request(Method::POST, &format!("{path}/{step}")).json(body);
        send(request.header("If-Match", format!("\"{version}\""))).await
    }

    /// Changes something at a version.
    pub(crate) async fn change(&self, method: Method, path: &str, version: i64, body: &Value) -> Answer {
        send(self.request(method, path).header("If-Match", format!("\"{version}\"")).json(body)).await
    }

    /// The version that something has by now.
    pub(crate) async fn version_of(&self, path: &str) -> i64 {
        self.get(path).await.expect(200).version()
    }

    /// Takes something back at the version it has.
    pub(crate) async fn delete(&self, path: &str) -> Answer {
        let version = self.version_of(path).await;
        send(self.request(Method::DELETE, path).header("If-Match", format!("\"{version}\""))).await
    }

    /// Changes what belongs to the person who acts, such as `password`, at the version they have.
    pub(crate) async fn change_my(&self, method: Method, what: &str, body: &Value) -> Answer {
        let version = self.version_of("/api/v1/me").await;
        self.change(method, &format!("/api/v1/me/{what}"), version, body).await
    }

    /// Gives a person another role or status in a party.
    pub(crate) async fn set_member(&self, party: &str, person: &str, role: &str, status: &str) -> Answer {
        let path = format!("/api/v1/parties/{party}/memberships/{person}");
        let version = self.version_of(&path).await;
        self.put(&path, Some(version), &serde_json::json!({ "role": role, "status": status })).await
    }

    /// Wishes a run to end, which may go on between being looked at and that.
    pub(crate) async fn cancel(&self, run: &str, body: &Value) -> Answer {
        loop {
            let version = self.version_of(run).await;
            let answer = self.change(Method::POST, &format!("{run}/cancel"), version, body).await;
            if answer.status != StatusCode::PRECONDITION_FAILED {
                return answer;
            }
        }
    }

    /// Follows a run until it has ended.
    pub(crate) async fn wait(&self, run: &str) -> Value {
        for _ in 0..600 {
            let answer = self.get(run).await.expect(200);
            let lifecycle = answer.body["lifecycle"].as_str().unwrap_or_default();
            if !matches!(lifecycle, "queued" | "running") {
                return answer.body;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        panic!("{run} has not ended in a minute");
    }
}

/// Sends a request; what comes back must be what the description of the API says may come.
pub(crate) async fn send(request: reqwest::RequestBuilder) -> Answer {
    let (client, request) = request.build_split();
    let request = request.expect("a request");
    let (method, path) = (request.method().clone(), request.url().path().to_owned());
    let response = client.execute(request).await.expect("an answer");
    let (status, headers) = (response.status(), response.headers().clone());
    if let Some(fault) = description::fault(&method, &path, status.as_u16(), &headers) {
        panic!("{fault}: {}", response.text().await.unwrap_or_default());
    }
    let bytes = response.bytes().await.expect("a body").to_vec();
    let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
    Answer { status, headers, bytes, body }
}

impl Answer {
    /// The answer, if it has this status.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", String::from_utf8_lossy(&self.bytes));
        if status >= 400 {
            let kind = self.headers.get("content-type").map(|value| value.to_str().unwrap_or_default());
            assert_eq!(kind, Some("application/problem+json"), "{}", self.body);
            assert_eq!(self.body["status"], status, "{}", self.body);
            for member in ["type", "code", "title", "detail", "action"] {
                assert!(self.body[member].as_str().is_some_and(|text| !text.is_empty()), "{member}: {}", self.body);
            }
        }
        self
    }

    /// The answer, if it is a problem of this status and code.
    #[track_caller]
    pub(crate) fn expect_problem(self, status: u16, code: &str) -> Self {
        let answer = self.expect(status);
        assert_eq!(answer.body["code"], code, "{}", answer.body);
        answer
    }

    /// Where what was made stands.
    #[track_caller]
    pub(crate) fn location(&self) -> String {
        self.headers["location"].to_str().expect("an address").to_owned()
    }

    /// The version that was answered.
    #[track_caller]
    pub(crate) fn version(&self) -> i64 {
        self.body["version"].as_i64().expect("a version")
    }

    /// Pointer and code of every field error.
    pub(crate) fn errors(&self) -> Vec<(String, String)> {
        let errors = self.body["errors"].as_array().cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        errors.iter().map(|error| (text(&error["pointer"]), text(&error["code"]))).collect()
    }
}
