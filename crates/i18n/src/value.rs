//! Values that a message may hold.

use fluent_bundle::FluentValue;

/// Largest integer that Fluent's numbers, which are doubles, hold exactly.
const LARGEST_EXACT: u64 = 1 << 53;

/// A value put into a message.
///
/// Counts go in as numbers: they choose the plural form and are grouped as the language does. Money, percentages,
/// dates, years and identifiers go in as text, made by [`crate::number`] and [`crate::date`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A count.
    Count(i64),
    /// Anything already written.
    Text(String),
}

impl Value {
    pub(crate) fn to_fluent(&self) -> FluentValue<'_> {
        match self {
            Self::Count(count) if count.unsigned_abs() <= LARGEST_EXACT => FluentValue::from(*count),
            Self::Count(count) => FluentValue::from(count.to_string()),
            Self::Text(text) => FluentValue::from(text.as_str()),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

macro_rules! counts {
    ($($integer:ty),+) => {
        $(impl From<$integer> for Value {
            fn from(count: $integer) -> Self {
                Self::Count(i64::from(count))
            }
        })+
    };
}

counts!(u8, u16, u32, i32, i64);

impl From<usize> for Value {
    /// A count too large for `i64` is written as its digits.
    fn from(count: usize) -> Self {
        i64::try_from(count).map_or_else(|_| Self::Text(count.to_string()), Self::Count)
    }
}

impl From<u64> for Value {
    /// A count too large for `i64` is written as its digits.
    fn from(count: u64) -> Self {
        i64::try_from(count).map_or_else(|_| Self::Text(count.to_string()), Self::Count)
    }
}
