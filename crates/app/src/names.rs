//! Names of rows stand under the code of their party, such as `NOR/O-1`: none is taken that another party could want,
//! and none that is refused tells of a row that its asker may not see.

use std::collections::{BTreeMap, BTreeSet};

use needmatch_store::Session;
use needmatch_store::register::Unique;
use serde_json::{Map, Value};

use crate::error::{AppError, Fault, Faults};

/// A name that a new row is given, and where.
#[derive(Debug, Clone)]
pub(crate) struct Given {
    pub(crate) unique: Unique,
    pub(crate) name: String,
    pub(crate) pointer: String,
}

/// The names that a row gives itself: a reference, and its owner's own key.
pub(crate) fn given_by(
    [reference, key]: [Unique; 2],
    names: (&str, Option<&str>),
    pointer: &str,
) -> impl Iterator<Item = Given> {
    let of = |unique, name: &str, field| Given { unique, name: name.to_owned(), pointer: format!("{pointer}/{field}") };
    let key = names.1.map(|name| of(key, name, "external_id"));
    [of(reference, names.0, "reference")].into_iter().chain(key)
}

/// Tells every name that stands twice among those of new rows, or that a row has already. Of a row that comes alone the
/// register tells as much when it is written.
pub(crate) async fn check_free(session: &mut Session, given: &[Given], faults: &mut Faults) -> Result<(), AppError> {
    let mut named: BTreeMap<Unique, BTreeMap<&str, Vec<&str>>> = BTreeMap::new();
    for one in given {
        named.entry(one.unique).or_default().entry(&one.name).or_default().push(&one.pointer);
    }
    for (unique, pointers) in named {
        let names: Vec<&str> = pointers.keys().copied().collect();
        let taken = session.taken(unique, &names).await?;
        for (name, pointers) in pointers {
            for pointer in pointers.iter().filter(|_| taken.contains(name)) {
                faults.push(*pointer, Some(name), Fault::Taken {});
            }
            for pointer in pointers.iter().skip(1).filter(|_| !taken.contains(name)) {
                faults.push(*pointer, Some(name), Fault::Twice {});
            }
        }
    }
    Ok(())
}

/// As [`check_free`], of a row that is rewritten: of its names those that it had are its own.
pub(crate) async fn check_rewritten(
    session: &mut Session,
    mut given: Vec<Given>,
    had: &BTreeSet<String>,
    faults: &mut Faults,
) -> Result<(), AppError> {
    given.retain(|one| !had.contains(&one.name));
    check_free(session, &given, faults).await
}

/// The document of a request, offer or programme with its own names, those of its components and those of its choices
/// under the code. Names that stand there already stay, and so do those that the row has, which an import of a whole
/// folder may have given it.
pub(crate) fn put_under(code: &str, document: &mut Value, kept: &BTreeSet<String>) {
    let Value::Object(fields) = document else { return };
    let under = |name: &mut Value| {
        if let Value::String(text) = name
            && !kept.contains(text.trim())
        {
            *text = name_under(code, text.trim());
        }
    };
    rename(fields, "reference", under);
    for component in members(fields, "components") {
        rename(component, "reference", under);
        rename(component, "choice", under);
        if let Some(Value::Array(required)) = component.get_mut("requires") {
            required.iter_mut().for_each(under);
        }
    }
    for obstacle in members(fields, "obstacles") {
        rename(obstacle, "mitigation", under);
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

fn rename(fields: &mut Map<String, Value>, field: &str, rename: impl Fn(&mut Value)) {
    if let Some(name) = fields.get_mut(field) {
        rename(name);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::{name_without, put_under};

    #[test]
    fn every_name_of_a_document_stands_under_the_code_once() {
        let mut document = json!({
            "reference": "R-1", "external_id": "R-1", "title": "R-1", "package": "P",
            "components": [
                { "reference": " R-1-a ", "requires": ["R-1-b", "KEN/R-1-c"], "covered_by": "national" },
                { "reference": "", "covered_by": "G-1", "requires": 7, "choice": "either" }, "no object",
            ],
            "obstacles": [{ "code": "no_power", "mitigation": "R-1-b" }],
        });
        let expected = json!({
            "reference": "KEN/R-1", "external_id": "R-1", "title": "R-1", "package": "P",
            "components": [
                { "reference": "KEN/R-1-a", "requires": ["KEN/R-1-b", "KEN/R-1-c"], "covered_by": "national" },
                { "reference": "", "covered_by": "G-1", "requires": 7, "choice": "KEN/either" }, "no object",
            ],
            "obstacles": [{ "code": "no_power", "mitigation": "KEN/R-1-b" }],
        });
        for _ in 0..2 {
            put_under("KEN", &mut document, &BTreeSet::new());
            assert_eq!(document, expected);
        }
        assert_eq!(name_without("KEN", "KEN/R-1"), "R-1");
        assert_eq!(name_without("KEN", "KENYA/R-1"), "KENYA/R-1");
        assert_eq!(name_without("KEN", "KEN/"), "KEN/");
    }

    #[test]
    fn names_that_the_row_has_stay_as_they_are() {
        let mut document = json!({ "reference": "R-1", "components": [{ "reference": "a", "requires": ["b"] }] });
        put_under("KEN", &mut document, &BTreeSet::from(["R-1".to_owned(), "b".to_owned()]));
        let expected = json!({ "reference": "R-1", "components": [{ "reference": "KEN/a", "requires": ["b"] }] });
        assert_eq!(document, expected);
    }
}
