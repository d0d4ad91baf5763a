//! SQL text with its arguments: one text for both engines.
//!
//! Text is always a literal of this crate; whatever comes from outside is an argument. Fixed statements write `$1`, `$2`
//! … themselves and bind in that order; composed ones let [`Statement::value`] write the next number. Agreed subset:
//! no `now()`, sums as `CAST(SUM(…) AS BIGINT)`, times and identifiers bound, no ordering by text.

use std::borrow::Cow;
use std::fmt::Write as _;

use jiff::Timestamp;
use serde_json::Value;
use sqlx::{AssertSqlSafe, SqlSafeStr, SqlStr};
use uuid::Uuid;

/// A bound value.
#[derive(Debug, Clone)]
pub(crate) enum Argument {
    Text(Option<String>),
    Integer(Option<i64>),
    Uuid(Option<Uuid>),
    Bytes(Option<Vec<u8>>),
}

impl Argument {
    /// Whether it is a text with the character of number 0.
    pub(crate) fn has_zero(&self) -> bool {
        matches!(self, Self::Text(Some(text)) if text.contains('\0'))
    }
}

macro_rules! arguments {
    ($($from:ty => $variant:ident, |$value:ident| $make:expr;)+) => {$(
        impl From<$from> for Argument {
            fn from($value: $from) -> Self {
                Self::$variant(Some($make))
            }
        }
        impl From<Option<$from>> for Argument {
            fn from(value: Option<$from>) -> Self {
                Self::$variant(value.map(|$value| $make))
            }
        }
    )+};
}

arguments! {
    &str => Text, |value| value.to_owned();
    &String => Text, |value| value.clone();
    String => Text, |value| value;
    &Value => Text, |value| value.to_string();
    i64 => Integer, |value| value;
    Timestamp => Integer, |value| value.as_microsecond();
    Uuid => Uuid, |value| value;
    Vec<u8> => Bytes, |value| value;
    &[u8] => Bytes, |value| value.to_vec();
}

/// A text that grows and the arguments it has so far.
#[derive(Debug, Clone)]
pub(crate) struct Statement {
    text: Cow<'static, str>,
    arguments: Vec<Argument>,
    is_kept: bool,
}

/// Most rows of an INSERT whose text is kept prepared.
const FEW: usize = 16;

impl Statement {
    /// A fixed statement.
    pub(crate) fn of(text: &'static str) -> Self {
        Self { text: Cow::Borrowed(text), arguments: Vec::new(), is_kept: true }
    }

    /// Binds the next argument of a fixed statement.
    pub(crate) fn bind(mut self, value: impl Into<Argument>) -> Self {
        self.arguments.push(value.into());
        self
    }

    /// A statement of so many rows has a text for each number of them. Those of many rows are seldom said again, and would
    /// push what is said every day out of what a connection keeps prepared.
    pub(crate) fn of_rows(mut self, count: usize) -> Self {
        self.is_kept = count <= FEW;
        self
    }

    /// Adds text.
    pub(crate) fn push(&mut self, text: &'static str) -> &mut Self {
        self.text.to_mut().push_str(text);
        self
    }

    /// Adds the name of a table or column, as the database itself told it.
    ///
    /// # Panics
    /// When it is not made of small letters, digits and underscores, as every name of the migrations is.
    pub(crate) fn name(&mut self, name: &str) -> &mut Self {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        assert!(!name.is_empty() && name.bytes().all(plain), "{name:?} is no name of a migration");
        let text = self.text.to_mut();
        text.push('"');
        text.push_str(name);
        text.push('"');
        self
    }

    /// Adds an argument and the number that stands for it.
    pub(crate) fn value(&mut self, value: impl Into<Argument>) -> &mut Self {
        self.arguments.push(value.into());
        let number = self.arguments.len();
        write!(self.text.to_mut(), "${number}").expect("writing to a string cannot fail");
        self
    }

    /// Adds a condition, in parentheses.
    pub(crate) fn condition(&mut self, condition: &Condition) -> &mut Self {
        self.push("(");
        for piece in &condition.pieces {
            match piece {
                Piece::Text(text) => self.push(text),
                Piece::Value(value) => self.value(value.clone()),
            };
        }
        self.push(")")
    }

    /// The statement with something before it.
    pub(crate) fn after_prefix(mut self, prefix: &'static str) -> Self {
        self.text.to_mut().insert_str(0, prefix);
        self
    }

    /// Text, arguments and whether the text is kept prepared, for the executor.
    pub(crate) fn into_parts(self) -> (SqlStr, Vec<Argument>, bool) {
        let text = match self.text {
            Cow::Borrowed(text) => text.into_sql_str(),
            // Composed from literals, and from names that `name` has looked at.
            Cow::Owned(text) => AssertSqlSafe(text).into_sql_str(),
        };
        (text, self.arguments, self.is_kept)
    }
}

#[derive(Debug, Clone)]
enum Piece {
    Text(&'static str),
    Value(Argument),
}

/// A part of a WHERE clause that can stand in several statements, or twice in one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Condition {
    pieces: Vec<Piece>,
}

impl Condition {
    /// A condition without arguments, or the beginning of one.
    pub(crate) fn of(text: &'static str) -> Self {
        Self { pieces: vec![Piece::Text(text)] }
    }

    /// Adds text.
    pub(crate) fn text(mut self, text: &'static str) -> Self {
        self.pieces.push(Piece::Text(text));
        self
    }

    /// Adds an argument.
    pub(crate) fn value(mut self, value: impl Into<Argument>) -> Self {
        self.pieces.push(Piece::Value(value.into()));
        self
    }

    /// Adds that the other condition holds as well.
    pub(crate) fn and(mut self, other: &Self) -> Self {
        self = self.text(" AND ");
        self.pieces.extend(other.pieces.iter().cloned());
        self
    }

    /// Adds that one of the conditions holds.
    pub(crate) fn any(mut self, conditions: &[Self]) -> Self {
        let mut opening = "((";
        for condition in conditions {
            self = self.text(opening);
            self.pieces.extend(condition.pieces.iter().cloned());
            opening = ") OR (";
        }
        self.text("))")
    }

    /// Adds arguments in a list: `($1, $2)`. Never empty lists: SQL has none.
    pub(crate) fn list<T: Into<Argument>>(mut self, values: impl IntoIterator<Item = T>) -> Self {
        let mut opening = "(";
        for value in values {
            self = self.text(opening).value(value);
            opening = ", ";
        }
        self.text(")")
    }
}
