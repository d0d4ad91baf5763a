//! A page of a list as JSON or, for `Accept: text/csv`, as a table that a spreadsheet opens.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::{Json, body::Body};
use needmatch_app::AppError;
use needmatch_exchange::folder::{cell_writer, guard};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::problem::Problem;

const CSV: HeaderValue = HeaderValue::from_static("text/csv; charset=utf-8; header=present");

/// In which form a list is wanted.
#[derive(Debug, Clone)]
pub(crate) struct Wish {
    is_table: bool,
    uri: Uri,
}

impl<S: Send + Sync> FromRequestParts<S> for Wish {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let accepted = parts.headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let first = accepted.split([',', ';']).next().unwrap_or_default().trim();
        // Inside a nested router the address has lost its beginning.
        let uri =
            parts.extensions.get::<OriginalUri>().map_or_else(|| parts.uri.clone(), |original| original.0.clone());
        Ok(Self { is_table: first.eq_ignore_ascii_case("text/csv"), uri })
    }
}

impl Wish {
    /// The page in the form that is wanted. In a table the next page is named by the header `Link`.
    pub(crate) fn page<P: Serialize + ToSchema>(&self, page: P) -> Result<Response, Problem> {
        self.rows_of("items", page)
    }

    /// The same of an answer whose rows have another name.
    pub(crate) fn rows_of<P: Serialize + ToSchema>(&self, name: &str, page: P) -> Result<Response, Problem> {
        if !self.is_table {
            return Ok(Json(page).into_response());
        }
        let page = serde_json::to_value(page).map_err(|_| AppError::Internal)?;
        let items = page[name].as_array().cloned().unwrap_or_default();
        let mut response = Response::new(Body::from(table(&columns_of::<P>(name)?, &items)?));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, CSV);
        let next = match &page["next"] {
            Value::String(cursor) => Some(cursor.clone()),
            Value::Number(place) => Some(place.to_string()),
            _ => None,
        };
        if let Some(next) = next.and_then(|cursor| self.link(&cursor).parse().ok()) {
            headers.insert(header::LINK, next);
        }
        Ok(response)
    }

    /// A document in the form that is wanted; `rows` are its rows as a table has them. Their fields are columns whether or
    /// not there is a row, but for those in `without`; so are those of `with`.
    pub(crate) fn table<P: Serialize + ToSchema>(
        &self,
        document: &P,
        (with, without): (Vec<String>, &[&str]),
        rows: impl FnOnce(&P) -> Result<Vec<Value>, AppError>,
    ) -> Result<Response, Problem> {
        if !self.is_table {
            return Ok(Json(document).into_response());
        }
        let mut columns = columns_of::<P>("items")?;
        columns.retain(|column| !without.contains(&column.as_str()));
        columns.extend(with);
        let mut response = Response::new(Body::from(table(&columns, &rows(document)?)?));
        response.headers_mut().insert(header::CONTENT_TYPE, CSV);
        Ok(response)
    }

    fn link(&self, cursor: &str) -> String {
        let query = self.uri.query().unwrap_or_default();
        let kept = query.split('&').filter(|part| !part.is_empty() && !part.starts_with("after="));
        let query: Vec<&str> = kept.collect();
        let separator = if query.is_empty() { "" } else { "&" };
        format!("<{}?{}{separator}after={cursor}>; rel=\"next\"", self.uri.path(), query.join("&"))
    }
}

/// The columns of a list: what its rows are described to have, so that every page of it has the same, an empty one too.
fn columns_of<P: ToSchema>(name: &str) -> Result<BTreeSet<String>, AppError> {
    let read = |schema| serde_json::to_value(schema).map_err(|_| AppError::Internal);
    let mut parts = Vec::new();
    P::schemas(&mut parts);
    let parts = parts.into_iter().map(|(name, schema)| Ok((name, read(schema)?)));
    let parts = parts.collect::<Result<BTreeMap<String, Value>, AppError>>()?;
    let mut columns = BTreeSet::new();
    add_fields(&read(P::schema())?["properties"][name]["items"], &parts, &mut columns);
    Ok(columns)
}

/// Adds the fields of a described document; of one that is put together or has several forms, those of all parts.
fn add_fields(schema: &Value, parts: &BTreeMap<String, Value>, fields: &mut BTreeSet<String>) {
    if let Some(part) = schema["$ref"].as_str().and_then(|address| parts.get(address.rsplit('/').next()?)) {
        add_fields(part, parts, fields);
    }
    fields.extend(schema["properties"].as_object().into_iter().flat_map(|properties| properties.keys().cloned()));
    for together in ["allOf", "oneOf", "anyOf"] {
        for part in schema[together].as_array().into_iter().flatten() {
            add_fields(part, parts, fields);
        }
    }
}

/// Rows under these columns, and behind them whatever else a row has: nothing is left out.
fn table(columns: &BTreeSet<String>, items: &[Value]) -> Result<Vec<u8>, AppError> {
    let failed = |error: csv::Error| {
        tracing::error!(%error, "a table cannot be written");
        AppError::Internal
    };
    let rows: Vec<&Map<String, Value>> = items.iter().filter_map(Value::as_object).collect();
    let further: BTreeSet<&String> =
        rows.iter().flat_map(|row| row.keys()).filter(|name| !columns.contains(*name)).collect();
    let columns: Vec<&String> = columns.iter().chain(further).collect();
    let mut writer = cell_writer();
    writer.write_record(&columns).map_err(failed)?;
    for row in rows {
        writer
            .write_record(columns.iter().map(|name| row.get(*name).map_or_else(String::new, cell)))
            .map_err(failed)?;
    }
    writer.into_inner().map_err(|_| AppError::Internal)
}

/// A value as a cell that no spreadsheet computes: lists of plain values joined by semicolons, as in scenario files;
/// anything deeper as JSON.
fn cell(value: &Value) -> String {
    let text = match value {
        Value::Null => return String::new(),
        Value::Number(_) | Value::Bool(_) => return value.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => items
            .iter()
            .map(|item| item.as_str().map_or_else(|| item.to_string(), ToOwned::to_owned))
            .collect::<Vec<_>>()
            .join(";"),
        deeper => deeper.to_string(),
    };
    guard(&text).into_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde::Serialize;
    use serde_json::{Value, json};
    use utoipa::ToSchema;

    use super::{columns_of, table};

    #[derive(Serialize, ToSchema)]
    struct Row {
        b: Option<Vec<String>>,
        #[serde(flatten)]
        more: More,
    }

    #[derive(Serialize, ToSchema)]
    struct More {
        #[serde(skip_serializing_if = "Option::is_none")]
        a: Option<String>,
    }

    #[derive(Serialize, ToSchema)]
    struct Page {
        items: Vec<Row>,
    }

    fn written(items: &[Value]) -> (Vec<String>, Vec<Vec<String>>) {
        let bytes = table(&columns_of::<Page>("items").unwrap(), items).unwrap();
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let header = reader.headers().unwrap().iter().map(ToOwned::to_owned).collect();
        (header, reader.deserialize().map(Result::unwrap).collect())
    }

    #[test]
    fn a_table_computes_nothing_wherever_it_is_parted() {
        let items = [
            json!({ "a": "=1+1", "b": ["x", "=1"] }),
            json!({ "a": "x;=1+1", "b": [] }),
            json!({ "a": "x, \"y\"", "d": [{ "e": "a;=1" }], "c": -1 }),
        ];
        let (header, rows) = written(&items);
        assert_eq!(header, ["a", "b", "c", "d"], "what no row was said to have stands behind the rest");
        assert_eq!(rows[0], ["'=1+1", "x;'=1", "", ""]);
        assert_eq!(rows[1], ["x;'=1+1", "", "", ""]);
        assert_eq!(rows[2], ["x, \"y\"", "", "-1", "[{\"e\":\"a;'=1\"}]"]);
        let bytes = table(&BTreeSet::from(["a".to_owned()]), &[json!({ "a": "x;y" })]).unwrap();
        assert_eq!(bytes, b"a\n\"x;y\"\n");
    }

    #[test]
    fn every_page_has_the_columns_that_are_described() {
        for items in [vec![], vec![json!({ "b": ["x"] })], vec![json!({ "a": "y", "b": null })]] {
            let (header, rows) = written(&items);
            assert_eq!((header, rows.len()), (vec!["a".to_owned(), "b".to_owned()], items.len()));
        }
    }
}
