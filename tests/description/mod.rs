//! Holds an answer against the description of the API: its status, the type of its body and its headers must be those that
//! the operation says it answers with. Whatever a test asks for is held against it, so that no test can get an answer
//! that nobody was told of.

use std::sync::LazyLock;

use axum::http::{HeaderMap, Method};
use serde_json::{Map, Value};

static DESCRIPTION: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(&needmatch_api::openapi()).expect("a description in JSON"));

/// Headers that clients read: sent only where they are described.
const TELLING: [&str; 9] = [
    "etag",
    "location",
    "link",
    "retry-after",
    "www-authenticate",
    "content-language",
    "content-disposition",
    "idempotency-replayed",
    "x-request-id",
];

/// What is wrong with an answer, if anything. What is no operation of the API is not looked at.
pub(crate) fn fault(method: &Method, path: &str, status: u16, headers: &HeaderMap) -> Option<String> {
    let (pattern, operation) = operation(method, path)?;
    let told = |what: String| Some(format!("{method} {pattern} answers {status}: {what}"));
    let Some(response) = operation["responses"].get(status.to_string()).map(resolved) else {
        return told("a status that is not described".to_owned());
    };
    let described: Vec<&String> =
        response["content"].as_object().map(|kinds| kinds.keys().collect()).unwrap_or_default();
    let sent = headers.get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = sent.split(';').next().unwrap_or_default();
    if !described.iter().any(|described| *described == kind) {
        return told(format!("{kind:?} is not among {described:?}"));
    }
    let nothing = Map::new();
    let named = response["headers"].as_object().unwrap_or(&nothing);
    for (name, header) in named {
        // Of what has several forms, as a table or one of many, each has its own headers.
        if header["required"] == true && !headers.contains_key(name.as_str()) && kind != "text/csv" {
            return told(format!("{name} is missing"));
        }
    }
    let unnamed = TELLING.iter().find(|name| {
        headers.contains_key(**name) && !named.keys().any(|described| described.eq_ignore_ascii_case(name))
    });
    unnamed.and_then(|name| told(format!("{name} is sent and not described")))
}

fn resolved(response: &Value) -> &Value {
    let name = response["$ref"].as_str().and_then(|reference| reference.strip_prefix("#/components/responses/"));
    name.map_or(response, |name| &DESCRIPTION["components"]["responses"][name])
}

/// The operation that serves an address, with its path as described. Of two that could, the one with fewer parameters.
fn operation(method: &Method, path: &str) -> Option<(&'static String, &'static Value)> {
    let path = path.split('?').next().unwrap_or_default();
    let parts: Vec<&str> = path.split('/').collect();
    let fits = |pattern: &str| {
        let known: Vec<&str> = pattern.split('/').collect();
        known.len() == parts.len()
            && known
                .iter()
                .zip(&parts)
                .all(|(known, part)| known == part || (known.starts_with('{') && !part.is_empty()))
    };
    let paths = DESCRIPTION["paths"].as_object()?.iter().filter(|(pattern, _)| fits(pattern));
    let (pattern, item) = paths.min_by_key(|(pattern, _)| pattern.matches('{').count())?;
    let operation = item.get(method.as_str().to_lowercase())?;
    Some((pattern, operation))
}
