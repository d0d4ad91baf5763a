//! What the description promises holds for every operation, those of tomorrow included.

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

/// Names under which the types of the API are described, from their sources.
fn names_of_types(directory: &Path, names: &mut Vec<String>) {
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            names_of_types(&path, names);
            continue;
        }
        let mut described = None;
        for line in std::fs::read_to_string(&path).unwrap().lines() {
            if line.starts_with("#[derive(") {
                described = line.contains("ToSchema").then(String::new);
            }
            let Some(name) = &mut described else { continue };
            if let Some(other) = line.strip_prefix("#[schema(as = ").and_then(|rest| rest.strip_suffix(")]")) {
                other.clone_into(name);
            }
            let declared =
                line.split_once("struct ").or_else(|| line.split_once("enum ")).filter(|_| line.ends_with(['{', ';']));
            if let Some((_, after)) = declared {
                let own = after.chars().take_while(|letter| letter.is_alphanumeric()).collect();
                names.push(if name.is_empty() { own } else { std::mem::take(name) });
                described = None;
            }
        }
    }
}

#[test]
fn no_type_stands_for_another_of_the_same_name() {
    let mut names = Vec::new();
    names_of_types(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut names);
    names.sort();
    assert!(names.len() > 60, "{}", names.len());
    let twice: Vec<_> = names.windows(2).filter(|pair| pair[0] == pair[1]).collect();
    assert!(twice.is_empty(), "name one of each with `#[schema(as = …)]`: {twice:?}");
}

#[test]
fn every_body_has_an_example() {
    let document: serde_json::Value = serde_json::from_str(&openapi()).unwrap();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let answers = operation["responses"].as_object().unwrap().values();
            let bodies = answers.chain(operation.get("requestBody")).map(|body| &body["content"]["application/json"]);
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
        ("PackageBody", needmatch_app::packages::PACKAGE_FIELDS.as_slice()),
        ("ChannelBody", needmatch_app::channels::CHANNEL_FIELDS.as_slice()),
    ] {
        assert_eq!(described(&document, schema), fields.iter().map(ToString::to_string).collect(), "{schema}");
    }
}
