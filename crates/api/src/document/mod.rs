//! The `OpenAPI` document: made from the handlers, so that it cannot say what they do not do.
//!
//! A handler describes what it takes and what it answers when all is well. How it refuses ([`refusals`]), which headers its
//! answers have ([`headers`]) and how bodies look ([`examples`]) follows from that.

mod examples;
mod headers;
mod refusals;

use needmatch_app::App;
use needmatch_app::store::idempotency::MAX_KEY;
use utoipa::openapi::RefOr;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;

use crate::http::problem::{FieldProblem, ProblemDocument};
use crate::resources;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "needmatch",
        description = "Requests for assistance, offers, and proven-optimal matching of the two.\n\n\
            Every change but those of `/sign-in` takes an `Idempotency-Key`: sent again with the same body it has no second effect and the same \
            answer. Every change of something that exists needs `If-Match` with the `ETag` that was read. Lists are read \
            a page at a time: `next` of a page is `after` of the following one; each can be had as a table with \
            `Accept: text/csv`. `q` finds words that begin so, whatever their case. Refusals are problem documents (RFC 9457) \
            with a registered `code`; `errors` names everything wrong with a body at once. A field that is not described is refused.\n\n\
            What is described here stays. Without notice there may come new routes, new members of answers, new fields \
            that may be left out, new words where a list of words is answered, new codes of refusals and new kinds of \
            messages: pass over what you do not know. What is to be taken away, or to mean something else, is named in \
            the list of changes together with what replaces it; from that day its answers carry `Deprecation` (RFC \
            9745) and `Sunset` (RFC 8594), and it stays for at least 12 months. Only a hole through which what is \
            confidential could be read is closed at once.",
        license(name = "MIT OR Apache-2.0")
    ),
    components(schemas(ProblemDocument, FieldProblem)),
    // Without a token whoever asks is the public, who may read what is public.
    security((), ("token" = [])),
    modifiers(&Token)
)]
struct Description;

struct Token;

impl Modify for Token {
    fn modify(&self, description: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("nm_…").build();
        let components = description.components.get_or_insert_with(Default::default);
        components.add_security_scheme("token", SecurityScheme::Http(scheme));
    }
}

/// The resources with their descriptions.
pub(crate) fn resources() -> OpenApiRouter<App> {
    let mut router = OpenApiRouter::with_openapi(Description::openapi()).nest("/api/v1", resources::routes());
    complete(router.get_openapi_mut());
    router
}

/// Adds what follows from what each operation is.
fn complete(description: &mut utoipa::openapi::OpenApi) {
    let mut components = description.components.take().unwrap_or_default();
    refusals::share(&mut components);
    for (path, item) in &mut description.paths.paths {
        let operations = [
            ("get", item.get.as_mut()),
            ("put", item.put.as_mut()),
            ("post", item.post.as_mut()),
            ("patch", item.patch.as_mut()),
            ("delete", item.delete.as_mut()),
        ];
        for (method, operation) in operations {
            let Some(operation) = operation else { continue };
            if method != "get" && !path.contains("/sign-in") {
                describe_key(operation);
            }
            headers::describe(method, operation, &components);
            examples::describe(operation, &components);
            refusals::describe(method, path, operation);
        }
    }
    description.components = Some(components);
}

/// Says of a change that it takes an `Idempotency-Key`, where its handler does not say that it needs one. Whoever comes
/// in has no credential yet that a key could belong to.
fn describe_key(operation: &mut Operation) {
    let parameters = operation.parameters.get_or_insert_default();
    if !parameters.iter().any(|parameter| matches!(parameter, RefOr::T(parameter) if parameter.name == KEY)) {
        let schema =
            ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(MAX_KEY)).build();
        let told =
            "A key of your own choice: sent again with the same body, the answer is repeated and nothing done twice.";
        let parameter = ParameterBuilder::new().name(KEY).parameter_in(ParameterIn::Header);
        parameters.push(RefOr::T(parameter.description(Some(told)).schema(Some(schema)).build()));
    }
}

const KEY: &str = "Idempotency-Key";

/// The document as text that ends with a line break.
pub(crate) fn text(description: &utoipa::openapi::OpenApi) -> String {
    let mut text = description.to_pretty_json().expect("the description has text keys only");
    text.push('\n');
    text
}

/// The `OpenAPI` document, as committed in `docs/openapi.json`.
///
/// # Panics
/// Never: the document has text keys only.
pub fn openapi() -> String {
    text(&resources().into_openapi())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use needmatch_app::requests::{COMPONENT_FIELDS, REQUEST_FIELDS};
    use serde_json::Value;

    use super::openapi;

    #[test]
    fn the_committed_document_is_the_one_the_code_makes() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, openapi()).expect("docs/openapi.json can be written");
            return;
        }
        assert!(committed == openapi(), "docs/openapi.json is not current: run `UPDATE=1 cargo test -p needmatch-api`");
    }

    #[test]
    fn every_operation_says_by_status_how_it_refuses() {
        let document: serde_json::Value = serde_json::from_str(&openapi()).unwrap();
        assert_eq!(document["openapi"], "3.1.0");
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                assert!(operation["summary"].is_string(), "{method} {path}");
                let responses = operation["responses"].as_object().unwrap();
                assert!(!responses.contains_key("default"), "{method} {path}");
                let takes_version = operation["parameters"].to_string().contains("\"If-Match\"");
                assert_eq!(responses.contains_key("412"), takes_version, "{method} {path}");
                for (status, response) in responses.iter().filter(|(status, _)| status.as_str() >= "400") {
                    let shared = response["$ref"].as_str().unwrap_or_default();
                    let name = shared.strip_prefix("#/components/responses/").unwrap_or_default();
                    let refusal = &document["components"]["responses"][name];
                    let example = &refusal["content"]["application/problem+json"]["example"];
                    assert_eq!(example["status"].to_string(), *status, "{method} {path}");
                    assert_eq!(refusal["headers"]["X-Request-Id"]["required"], true, "{method} {path}");
                }
            }
        }
    }

    #[test]
    fn every_list_is_a_table_too_and_every_rewriting_names_a_version() {
        let document: serde_json::Value = serde_json::from_str(&openapi()).unwrap();
        let mut lists = 0;
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let has_version = operation["parameters"].to_string().contains("\"If-Match\"");
                assert!(has_version || !["put", "patch", "delete"].contains(&method.as_str()), "{method} {path}");
                let content = &operation["responses"]["200"]["content"];
                let schema = &content["application/json"]["schema"];
                let Some(name) = schema["$ref"].as_str().and_then(|name| name.rsplit('/').next()) else { continue };
                let is_list = document["components"]["schemas"][name]["properties"].get("items").is_some();
                if method == "get" && is_list {
                    assert!(content["text/csv"].is_object(), "{path} is a list");
                    lists += 1;
                }
            }
        }
        assert!(lists > 25, "{lists}");
    }

    #[test]
    fn every_body_has_an_example() {
        let document: serde_json::Value = serde_json::from_str(&openapi()).unwrap();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let answers = operation["responses"].as_object().unwrap().values();
                let bodies =
                    answers.chain(operation.get("requestBody")).map(|body| &body["content"]["application/json"]);
                for body in bodies.filter(|body| !body.is_null()) {
                    let example = &body["example"];
                    // What holds all of a run has no example but itself.
                    assert!(body["schema"].get("$ref").is_none() || example.is_object(), "{method} {path}: {example}");
                }
            }
        }
    }

    /// Names of the fields a schema of the document describes, those of the schemas it is made of included.
    fn described(document: &Value, name: &str) -> BTreeSet<String> {
        let schema = &document["components"]["schemas"][name];
        let parts = schema["allOf"].as_array().cloned().unwrap_or_else(|| vec![schema.clone()]);
        let fields = parts.iter().flat_map(|part| match part["$ref"].as_str() {
            Some(reference) => described(document, reference.rsplit('/').next().unwrap()),
            None => part["properties"].as_object().unwrap().keys().cloned().collect(),
        });
        fields.collect()
    }

    #[test]
    fn one_document_and_a_list_of_them_are_described_where_both_are_read() {
        let document: Value = serde_json::from_str(&openapi()).unwrap();
        let referred = |described: &Value| {
            let name = described["$ref"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
            let choices = document["components"]["schemas"][&name]["oneOf"].as_array().cloned().unwrap_or_default();
            choices.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        for (path, noun) in [("/api/v1/requests", "Request"), ("/api/v1/offers", "Offer")] {
            let post = &document["paths"][path]["post"];
            let read = referred(&post["requestBody"]["content"]["application/json"]["schema"]);
            let body = format!("/{noun}Body\"");
            assert!(read.len() == 2 && read.iter().all(|choice| choice.contains(&body)), "{read:?}");
            assert!(!read[0].contains("array") && read[1].contains("array"), "{read:?}");
            let made = referred(&post["responses"]["201"]["content"]["application/json"]["schema"]);
            assert_eq!(made.len(), 2, "{made:?}");
            assert!(made[0].contains(&format!("/{noun}\"")) && made[1].contains(&format!("/{noun}Page\"")), "{made:?}");
        }
    }

    #[test]
    fn the_fields_described_are_those_that_are_read() {
        let document: Value = serde_json::from_str(&openapi()).unwrap();
        for (schema, fields) in [
            ("RequestBody", REQUEST_FIELDS.as_slice()),
            ("ComponentBody", COMPONENT_FIELDS.as_slice()),
            ("OfferBody", needmatch_app::offers::OFFER_FIELDS.as_slice()),
            ("ProgrammeBody", needmatch_app::programmes::PROGRAMME_FIELDS.as_slice()),
            ("CommitmentBody", needmatch_app::commitments::COMMITMENT_FIELDS.as_slice()),
            ("ItemBody", needmatch_app::items::ITEM_FIELDS.as_slice()),
            ("ReportBody", needmatch_app::reports::REPORT_FIELDS.as_slice()),
            ("ChannelBody", needmatch_app::channels::CHANNEL_FIELDS.as_slice()),
        ] {
            assert_eq!(described(&document, schema), fields.iter().map(ToString::to_string).collect(), "{schema}");
        }
    }
}
