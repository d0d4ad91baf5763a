//! Headers of answers, worked out from what the operation is and what it answers.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use utoipa::openapi::extensions::ExtensionsBuilder;
use utoipa::openapi::header::Header;
use utoipa::openapi::path::{Operation, Parameter};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{Components, RefOr, Response, Schema};

/// Marks a header that is always there: the types of the description have no word for it, so that it is put right when the
/// description is written.
pub(super) const ALWAYS: &str = "x-always";

const VERSION: &str = "Version of what was answered: send it as `If-Match` with a change.";
const LOCATION: &str = "Where what was made, or what comes of it, can be read.";
const NEXT: &str = "With a table: the next page, `rel=\"next\"`; absent on the last.";
const REPLAYED: &str = "`true` where this `Idempotency-Key` was sent before: the answer is that of the first time.";
const IDENTIFIER: &str = "Identifier of the request, as in the log and in the audit rows of what it changed.";
const LANGUAGE: &str = "Language of `title`, `detail` and `action`, and of those of each error.";
const WAIT: &str = "Seconds after which to come again.";
const SCHEME: &str = "How to sign in.";

/// A header that is always there.
fn always(told: &str, example: &str, kind: Type) -> RefOr<Header> {
    let mut header = sometimes(told, example, kind);
    if let RefOr::T(header) = &mut header {
        header.extensions = Some(ExtensionsBuilder::new().add(ALWAYS, true).build());
    }
    header
}

/// A header that may be missing.
fn sometimes(told: &str, example: &str, kind: Type) -> RefOr<Header> {
    let example =
        if kind == Type::Integer { example.parse::<i64>().map_or(Value::Null, Value::from) } else { json!(example) };
    let mut header = Header::new(ObjectBuilder::new().schema_type(kind).build());
    header.description = Some(told.to_owned());
    header.example = Some(example);
    RefOr::T(header)
}

fn identifier() -> RefOr<Header> {
    always(IDENTIFIER, "01980000-0000-7000-8000-000000000009", Type::String)
}

/// Headers of a refusal.
pub(super) fn of_refusal(status: u16) -> BTreeMap<String, RefOr<Header>> {
    let mut headers = BTreeMap::from([
        ("X-Request-Id".to_owned(), identifier()),
        ("Content-Language".to_owned(), always(LANGUAGE, "en", Type::String)),
    ]);
    match status {
        401 => drop(headers.insert("WWW-Authenticate".to_owned(), always(SCHEME, "Bearer", Type::String))),
        429 | 503 => drop(headers.insert("Retry-After".to_owned(), always(WAIT, "1", Type::Integer))),
        409 => drop(headers.insert("Retry-After".to_owned(), sometimes(WAIT, "1", Type::Integer))),
        _ => {}
    }
    headers
}

/// Whether something stands in every answer of a kind, in some or in none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Presence {
    Never,
    Sometimes,
    Always,
}

/// Adds the headers of what an operation answers when it does what was asked. What its handler says of a header stays.
pub(super) fn describe(method: &str, operation: &mut Operation, components: &Components) {
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else { continue };
        let mut found = vec![("X-Request-Id", Some(identifier()))];
        let version = json_has(response, "version", components);
        found.push(("ETag", version.header(VERSION, "\"3\"")));
        if matches!(status.as_str(), "201" | "202") {
            // Whoever asks for a link learns nothing from the answer, not even an address.
            let is_told = json_has(response, "was_asked", components) == Presence::Never;
            let located = if is_told { Presence::Always } else { Presence::Never };
            found.push(("Location", located.header(LOCATION, "/api/v1/…")));
        }
        if response.content.contains_key("text/csv") {
            found.push(("Link", Presence::Sometimes.header(NEXT, "</api/v1/…?after=…>; rel=\"next\"")));
        }
        if is_repeatable(method, operation.parameters.as_deref()) {
            found.push(("Idempotency-Replayed", Presence::Sometimes.header(REPLAYED, "true")));
        }
        for (name, header) in found {
            if let Some(header) = header {
                response.headers.entry(name.to_owned()).or_insert(header);
            }
        }
    }
}

fn is_repeatable(method: &str, parameters: Option<&[RefOr<Parameter>]>) -> bool {
    let is_key = |parameter: &RefOr<Parameter>| matches!(parameter, RefOr::T(known) if known.name == super::KEY);
    method != "get" && parameters.unwrap_or_default().iter().any(is_key)
}

impl Presence {
    fn header(self, told: &str, example: &str) -> Option<RefOr<Header>> {
        match self {
            Self::Never => None,
            Self::Sometimes => Some(sometimes(told, example, Type::String)),
            Self::Always => Some(always(told, example, Type::String)),
        }
    }
}

/// Whether the object that is answered has a property. Of a list each has its own.
fn json_has(response: &Response, name: &str, components: &Components) -> Presence {
    let Some(RefOr::T(content)) = response.content.get("application/json") else { return Presence::Never };
    content.schema.as_ref().map_or(Presence::Never, |schema| schema_has(schema, name, components))
}

fn schema_has(schema: &RefOr<Schema>, name: &str, components: &Components) -> Presence {
    let found = |schema: &RefOr<Schema>| schema_has(schema, name, components);
    match schema {
        RefOr::Ref(reference) => {
            let known = reference.ref_location.rsplit('/').next().and_then(|name| components.schemas.get(name));
            known.map_or(Presence::Never, found)
        }
        RefOr::T(Schema::Object(object)) if object.properties.contains_key(name) => Presence::Always,
        RefOr::T(Schema::AllOf(parts)) if parts.items.iter().any(|part| found(part) == Presence::Always) => {
            Presence::Always
        }
        RefOr::T(Schema::OneOf(choices)) if choices.items.iter().any(|choice| found(choice) != Presence::Never) => {
            Presence::Sometimes
        }
        RefOr::T(_) => Presence::Never,
    }
}
