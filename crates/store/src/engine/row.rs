//! A row of either engine, read by column name.

use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Decode, Postgres, Row as _, Sqlite, Type};

use crate::days;
use crate::error::StoreError;

/// A row.
pub(crate) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

/// What both engines can hold.
pub(crate) trait Portable:
    for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres>
{
}

impl<T> Portable for T where T: for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres>
{}

impl Row {
    /// A value as the engine holds it.
    pub(crate) fn get<T: Portable>(&self, column: &str) -> Result<T, StoreError> {
        Ok(match self {
            Self::Sqlite(row) => row.try_get(column)?,
            Self::Postgres(row) => row.try_get(column)?,
        })
    }

    /// A word, identifier or other value with a text form.
    pub(crate) fn parse<T: FromStr>(&self, column: &str) -> Result<T, StoreError> {
        let text: String = self.get(column)?;
        text.parse().map_err(|_| StoreError::Corrupt { column: column.to_owned(), value: text })
    }

    /// A moment, held in microseconds.
    pub(crate) fn time(&self, column: &str) -> Result<Timestamp, StoreError> {
        moment(column, self.get(column)?)
    }

    /// As [`Row::time`], for a column that may be empty.
    pub(crate) fn time_optional(&self, column: &str) -> Result<Option<Timestamp>, StoreError> {
        self.get::<Option<i64>>(column)?.map(|micros| moment(column, micros)).transpose()
    }

    /// A day, held as days since 1970, in a column that may be empty.
    pub(crate) fn day_optional(&self, column: &str) -> Result<Option<Date>, StoreError> {
        let Some(days) = self.get::<Option<i64>>(column)? else { return Ok(None) };
        let corrupt = || StoreError::Corrupt { column: column.to_owned(), value: days.to_string() };
        days::of_number(days).map(Some).ok_or_else(corrupt)
    }

    /// A JSON text.
    pub(crate) fn json(&self, column: &str) -> Result<Value, StoreError> {
        from_json(column, &self.get::<String>(column)?)
    }

    /// As [`Row::json`], for a column that may be empty.
    pub(crate) fn json_optional(&self, column: &str) -> Result<Option<Value>, StoreError> {
        self.get::<Option<String>>(column)?.map(|text| from_json(column, &text)).transpose()
    }
}

fn moment(column: &str, micros: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(micros)
        .map_err(|_| StoreError::Corrupt { column: column.to_owned(), value: micros.to_string() })
}

/// Reads a JSON text that came from a column.
pub(crate) fn from_json<T: serde::de::DeserializeOwned>(column: &str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text)
        .map_err(|error| StoreError::Corrupt { column: column.to_owned(), value: error.to_string() })
}
