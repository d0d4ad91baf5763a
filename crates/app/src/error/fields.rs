//! Errors of a document: each with its place, all of them at once.

use std::fmt;

use super::Fault;

/// Most errors reported of one document.
pub const MAX_FIELD_ERRORS: usize = 100;

/// Longest value quoted, in characters.
const MAX_VALUE_CHARS: usize = 80;

/// Something wrong with a document: where, what stands there, what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// JSON pointer into the document, such as `/components/2/minimum`.
    pub pointer: String,
    /// What stands there, cut when long; absent when nothing does.
    pub value: Option<String>,
    /// What is wrong.
    pub fault: Fault,
}

impl fmt::Display for FieldError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pointer = if self.pointer.is_empty() { "/" } else { &self.pointer };
        write!(formatter, "{pointer}: ")?;
        if let Some(value) = &self.value {
            write!(formatter, "{value:?} ")?;
        }
        write!(formatter, "{}; {}", self.fault.message(), self.fault.action())
    }
}

/// Collects errors, up to [`MAX_FIELD_ERRORS`].
#[derive(Debug, Default)]
pub struct Faults {
    found: Vec<FieldError>,
}

impl Faults {
    /// Notes an error; the value is cut when long.
    pub fn push(&mut self, pointer: impl Into<String>, value: Option<&str>, fault: Fault) {
        let value = value.map(|value| match value.char_indices().nth(MAX_VALUE_CHARS) {
            Some((end, _)) => format!("{}…", &value[..end]),
            None => value.to_owned(),
        });
        match self.found.len() {
            length if length < MAX_FIELD_ERRORS => {
                self.found.push(FieldError { pointer: pointer.into(), value, fault });
            }
            MAX_FIELD_ERRORS => {
                self.found.push(FieldError { pointer: String::new(), value: None, fault: Fault::TooManyErrors {} });
            }
            _ => {}
        }
    }

    /// How many were found.
    pub fn count(&self) -> usize {
        self.found.len()
    }

    /// The value, unless anything was found.
    ///
    /// # Errors
    /// [`super::AppError::Invalid`] with everything that was found.
    pub fn finish<T>(self, value: Option<T>) -> Result<T, super::AppError> {
        match value {
            Some(value) if self.found.is_empty() => Ok(value),
            _ => Err(super::AppError::Invalid { fields: self.found }),
        }
    }
}
