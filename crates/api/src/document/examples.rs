//! Examples of bodies, put together from those that fields have. Of a body that is sent: what must be there, and what has
//! an example of its own; a test of the service sends each. Of one that is answered: everything.
//!
//! To add an example: `#[schema(example = …)]` at the field.

use serde_json::{Map, Value, json};
use utoipa::openapi::path::Operation;
use utoipa::openapi::schema::{AdditionalProperties, ArrayItems, Object, SchemaType, Type};
use utoipa::openapi::{Components, Content, RefOr, Schema};

/// Schemas that hold themselves are followed no deeper.
const DEEPEST: usize = 12;

const JSON: &str = "application/json";
const MOMENT: &str = "2026-11-22T12:00:00Z";
const IDENTIFIER: &str = "01980000-0000-7000-8000-000000000001";
const HASH: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

/// Adds examples where an operation has none.
pub(super) fn describe(operation: &mut Operation, components: &Components) {
    if let Some(RefOr::T(body)) = &mut operation.request_body
        && let Some(RefOr::T(content)) = body.content.get_mut(JSON)
    {
        show(content, &Composer { components, is_sent: true });
    }
    for response in operation.responses.responses.values_mut() {
        if let RefOr::T(response) = response
            && let Some(RefOr::T(content)) = response.content.get_mut(JSON)
        {
            show(content, &Composer { components, is_sent: false });
        }
    }
}

fn show(content: &mut Content, composer: &Composer<'_>) {
    if content.example.is_none() && content.examples.is_empty() {
        content.example = content.schema.as_ref().and_then(|schema| composer.of(schema, "", 0));
    }
}

struct Composer<'a> {
    components: &'a Components,
    is_sent: bool,
}

impl Composer<'_> {
    fn of(&self, schema: &RefOr<Schema>, name: &str, depth: usize) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        let schema = match schema {
            RefOr::Ref(reference) => {
                let known = reference.ref_location.rsplit('/').next()?;
                return self.of(self.components.schemas.get(known)?, name, depth + 1);
            }
            RefOr::T(schema) => schema,
        };
        match schema {
            Schema::Object(object) => Some(self.of_object(object, name, depth)),
            Schema::Array(array) => array.example.clone().or_else(|| match &array.items {
                ArrayItems::RefOrSchema(items) => self.of(items, name, depth + 1).map(|item| json!([item])),
                ArrayItems::False => Some(json!([])),
            }),
            Schema::AllOf(parts) => {
                let mut whole = Map::new();
                for part in &parts.items {
                    if let Some(Value::Object(fields)) = self.of(part, name, depth + 1) {
                        whole.extend(fields);
                    }
                }
                Some(Value::Object(whole))
            }
            Schema::OneOf(choices) => choices.items.iter().find_map(|choice| {
                // Where nothing may stand as well, an example shows what may stand.
                self.of(choice, name, depth + 1).filter(|example| !example.is_null())
            }),
            _ => None,
        }
    }

    fn of_object(&self, object: &Object, name: &str, depth: usize) -> Value {
        if let Some(example) = object.example.clone().or_else(|| object.examples.first().cloned()) {
            return example;
        }
        if let Some(word) = object.enum_values.as_ref().and_then(|words| words.first()) {
            return word.clone();
        }
        let kind = match &object.schema_type {
            SchemaType::Type(kind) => kind.clone(),
            // What may be absent is shown as absent where nothing is known of it.
            SchemaType::Array(_) => return Value::Null,
            SchemaType::AnyValue => return json!({}),
        };
        match kind {
            Type::Object => {
                let mut fields = Map::new();
                for (name, schema) in &object.properties {
                    if self.is_sent && !object.required.contains(name) && !has_example(schema) {
                        continue;
                    }
                    if let Some(value) = self.of(schema, name, depth + 1) {
                        fields.insert(name.clone(), value);
                    }
                }
                if let Some(AdditionalProperties::RefOr(schema)) = object.additional_properties.as_deref()
                    && let Some(value) = self.of(schema, "", depth + 1)
                {
                    fields.insert("name".to_owned(), value);
                }
                Value::Object(fields)
            }
            Type::String => json!(text(name)),
            Type::Integer => object.minimum.as_ref().map_or(json!(1), |least| json!(least)),
            Type::Number => json!(1.0),
            Type::Boolean => json!(true),
            Type::Array => json!([]),
            Type::Null => Value::Null,
        }
    }
}

/// A text for a field whose name says what it holds.
fn text(name: &str) -> &str {
    match name {
        _ if name.ends_with("_at") || name == "at" => MOMENT,
        _ if name.contains("sha256") || name.contains("hash") || name == "digest" => HASH,
        "id" | "party" | "person" | "round" | "run" | "scenario" | "request" | "offer" | "proposal" | "webhook"
        | "subject" | "state_party" | "provider_party" | "component" | "observer" => IDENTIFIER,
        _ => "…",
    }
}

fn has_example(schema: &RefOr<Schema>) -> bool {
    match schema {
        RefOr::T(Schema::Object(object)) => object.example.is_some() || !object.examples.is_empty(),
        RefOr::T(Schema::Array(array)) => array.example.is_some(),
        _ => false,
    }
}
