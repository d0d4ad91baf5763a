//! What needmatch says to people, in the six official languages of the United Nations.
//!
//! Every sentence for people is made at the edges from codes with values, by the functions here: [`text`] for pages,
//! [`plain`] for files and mail, [`vocabulary`] for words that belong to a code (areas, rules, goals, statuses),
//! [`number`] and [`date`] for figures, [`sort_by_name`] for lists. Nothing here knows the types of other crates: codes
//! arrive as the words written in files.
//!
//! To add a message, write it in `locales/en/*.ftl` and in the same file of the five other languages; the tests of this
//! crate name what is missing, unused or has other placeholders. To add a word that must be used alike everywhere, add
//! a line to `glossary.csv`. `docs/translations.md` says which strings no native speaker has read.

pub mod collation;
pub mod date;
pub mod locale;
pub mod message;
pub mod negotiation;
pub mod number;
pub mod value;
pub mod vocabulary;

pub use collation::sort_by_name;
pub use locale::{Direction, Locale, UnknownLocale};
pub use message::{keys, plain, source, text};
pub use negotiation::negotiate;
pub use value::Value;
