//! Parameters of the address: keys in the path, filters in the query. A key of another shape is simply not there.

use std::str::FromStr;

use axum::extract::{FromRequestParts, Path, Query};
use axum::http::request::Parts;
use jiff::civil::Date;
use needmatch_app::AppError;
use serde::de::DeserializeOwned;

use super::expected::Expected;
use super::problem::Problem;

/// The one key in the path.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key<K>(pub(crate) K);

impl<S: Send + Sync, K: FromStr> FromRequestParts<S> for Key<K> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Path(text) = Path::<String>::from_request_parts(parts, state)
            .await
            .map_err(|_| AppError::not_found("resource", "at this address"))?;
        Ok(Self(key("resource", &text)?))
    }
}

/// A key from its text.
pub(crate) fn key<K: FromStr>(kind: &str, text: &str) -> Result<K, Problem> {
    let shown: String = text.chars().take(80).collect();
    text.parse().map_err(|_| AppError::not_found(kind, shown).into())
}

/// A day from its text.
pub(crate) fn day(name: &str, text: &str) -> Result<Date, Problem> {
    let day = text.parse().ok().filter(|_| text.len() == 10);
    day.ok_or_else(|| Problem::parameter(name, text, "a day such as 2026-01-15"))
}

/// Filters; every unknown one is refused.
#[derive(Debug, Clone)]
pub(crate) struct Filters<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Filters<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default().to_owned();
        // No text of the register holds this character, and a database may refuse to be asked for it.
        if query.contains("%00") {
            return Err(Problem::parameter("query", &query, "a text without the character U+0000"));
        }
        let Query(filters) = Query::<T>::from_request_parts(parts, state)
            .await
            .map_err(|refused| unknown(&query, &refused.body_text()))?;
        Ok(Self(filters))
    }
}

/// The refusal of a query, for the reason its reader gives in English. Of an unknown parameter the reader tells the known
/// ones, between backquotes behind the unknown one.
fn unknown(query: &str, reason: &str) -> Problem {
    let expected = format!("a set of known parameters ({reason})");
    let known: Vec<&str> = reason.split('`').skip(1).step_by(2).skip(1).collect();
    let said = match known.as_slice() {
        [] => Expected::from("a set of known parameters").value(),
        known => Expected::OneOf(&known.join(", ")).value(),
    };
    let mut problem = Problem::parameter("query", query, "a set of known parameters").saying("expected", said);
    problem.values.insert("expected".to_owned(), expected.into());
    problem
}

/// A word of a filter.
pub(crate) fn word<T: FromStr>(name: &str, text: Option<&str>, allowed: &str) -> Result<Option<T>, Problem> {
    text.map(|text| text.parse().map_err(|_| Problem::parameter(name, text, Expected::OneOf(allowed)))).transpose()
}

/// Words of a filter, separated by commas.
pub(crate) fn words<T: FromStr>(name: &str, text: Option<&str>, allowed: &str) -> Result<Vec<T>, Problem> {
    let parts = text.into_iter().flat_map(|text| text.split(',')).filter(|part| !part.is_empty());
    parts.map(|part| part.parse().map_err(|_| Problem::parameter(name, part, Expected::OneOf(allowed)))).collect()
}
