//! A page of a list as JSON or, for `Accept: text/csv`, as a table that a spreadsheet opens.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::{Json, body::Body};
use needmatch_app::AppError;
use serde::Serialize;
use serde_json::{Map, Value};

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
    pub(crate) fn page<P: Serialize>(&self, page: P) -> Result<Response, Problem> {
        self.rows_of("items", page)
    }

    /// The same of an answer whose rows have another name.
    pub(crate) fn rows_of<P: Serialize>(&self, name: &str, page: P) -> Result<Response, Problem> {
        if !self.is_table {
            return Ok(Json(page).into_response());
        }
        let page = serde_json::to_value(page).map_err(|_| AppError::Internal)?;
        let items = page[name].as_array().cloned().unwrap_or_default();
        let mut response = Response::new(Body::from(table(&items)?));
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

    /// A document in the form that is wanted; `rows` are its rows as a table has them.
    pub(crate) fn table<P: Serialize>(
        &self,
        document: &P,
        rows: impl FnOnce(&P) -> Result<Vec<Value>, AppError>,
    ) -> Result<Response, Problem> {
        if !self.is_table {
            return Ok(Json(document).into_response());
        }
        let mut response = Response::new(Body::from(table(&rows(document)?)?));
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

fn table(items: &[Value]) -> Result<Vec<u8>, AppError> {
    let failed = |error: csv::Error| {
        tracing::error!(%error, "a table cannot be written");
        AppError::Internal
    };
    let rows: Vec<&Map<String, Value>> = items.iter().filter_map(Value::as_object).collect();
    let mut columns: Vec<&str> = Vec::new();
    for row in &rows {
        for name in row.keys() {
            if !columns.contains(&name.as_str()) {
                columns.push(name);
            }
        }
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&columns).map_err(failed)?;
    for row in rows {
        writer
            .write_record(columns.iter().map(|name| row.get(*name).map_or_else(String::new, cell)))
            .map_err(failed)?;
    }
    writer.into_inner().map_err(|_| AppError::Internal)
}

/// A value as a cell: lists of plain values joined by semicolons, as in scenario files; anything deeper as JSON.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => guard(text),
        Value::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => guard(
            &items
                .iter()
                .map(|item| item.as_str().map_or_else(|| item.to_string(), ToOwned::to_owned))
                .collect::<Vec<_>>()
                .join(";"),
        ),
        other => other.to_string(),
    }
}

/// Text that a spreadsheet shows and does not compute.
fn guard(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::table;

    #[test]
    fn a_table_has_every_column_and_computes_nothing() {
        let items = [
            json!({ "a": "=1+1", "b": ["x", "y"], "c": null }),
            json!({ "a": "x, \"y\"", "d": [{ "e": 1 }], "b": [] }),
        ];
        let text = String::from_utf8(table(&items).unwrap()).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        assert_eq!(reader.headers().unwrap(), vec!["a", "b", "c", "d"]);
        let rows: Vec<Vec<String>> = reader.deserialize().map(Result::unwrap).collect();
        assert_eq!(rows[0], ["'=1+1", "x;y", "", ""]);
        assert_eq!(rows[1], ["x, \"y\"", "", "", "[{\"e\":1}]"]);
    }
}
