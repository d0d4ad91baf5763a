//! Names of rows that stand under the code of their party, such as `sandbox-nor/O-1`: those of sandboxes, and those that
//! tables of a party's own numbering bring. None is taken that another party could want.

use serde_json::{Map, Value};

/// The document of a request, offer or programme with its own names, and those of its components, under the code. Names
/// that stand there already stay.
pub(crate) fn put_under(code: &str, document: &mut Value) {
    let Value::Object(fields) = document else { return };
    rename(code, fields, "reference");
    for component in members(fields, "components") {
        rename(code, component, "reference");
        if let Some(Value::Array(required)) = component.get_mut("requires") {
            for name in required {
                under(code, name);
            }
        }
    }
    for obstacle in members(fields, "obstacles") {
        rename(code, obstacle, "mitigation");
    }
}

/// A name under the code.
pub(crate) fn name_under(code: &str, name: &str) -> String {
    if name.is_empty() || is_under(code, name) { name.to_owned() } else { format!("{code}/{name}") }
}

/// A name as it was before it stood under the code.
pub(crate) fn name_without<'n>(code: &str, name: &'n str) -> &'n str {
    name.strip_prefix(code).and_then(|rest| rest.strip_prefix('/')).filter(|rest| !rest.is_empty()).unwrap_or(name)
}

fn is_under(code: &str, name: &str) -> bool {
    name.strip_prefix(code).is_some_and(|rest| rest.starts_with('/'))
}

fn members<'d>(fields: &'d mut Map<String, Value>, list: &str) -> impl Iterator<Item = &'d mut Map<String, Value>> {
    let items = fields.get_mut(list).and_then(Value::as_array_mut);
    items.into_iter().flatten().filter_map(Value::as_object_mut)
}

fn rename(code: &str, fields: &mut Map<String, Value>, field: &str) {
    if let Some(name) = fields.get_mut(field) {
        under(code, name);
    }
}

fn under(code: &str, name: &mut Value) {
    if let Value::String(text) = name {
        *text = name_under(code, text.trim());
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{name_without, put_under};

    #[test]
    fn every_name_of_a_document_stands_under_the_code_once() {
        let mut document = json!({
            "reference": "R-1", "external_id": "R-1", "title": "R-1", "package": "P",
            "components": [
                { "reference": " R-1-a ", "requires": ["R-1-b", "sandbox-x/R-1-c"], "covered_by": "national" },
                { "reference": "", "covered_by": "G-1", "requires": 7 }, "no object",
            ],
            "obstacles": [{ "code": "no_power", "mitigation": "R-1-b" }],
        });
        let expected = json!({
            "reference": "sandbox-x/R-1", "external_id": "R-1", "title": "R-1", "package": "P",
            "components": [
                { "reference": "sandbox-x/R-1-a", "requires": ["sandbox-x/R-1-b", "sandbox-x/R-1-c"],
                  "covered_by": "national" },
                { "reference": "", "covered_by": "G-1", "requires": 7 }, "no object",
            ],
            "obstacles": [{ "code": "no_power", "mitigation": "sandbox-x/R-1-b" }],
        });
        for _ in 0..2 {
            put_under("sandbox-x", &mut document);
            assert_eq!(document, expected);
        }
        assert_eq!(name_without("sandbox-x", "sandbox-x/R-1"), "R-1");
        assert_eq!(name_without("sandbox-x", "sandbox-xy/R-1"), "sandbox-xy/R-1");
        assert_eq!(name_without("sandbox-x", "sandbox-x/"), "sandbox-x/");
    }
}
