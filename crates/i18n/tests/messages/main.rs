//! What holds for every message in every language.

mod fluent;
mod glossary;
mod parity;
mod phrases;
mod plurals;
mod translations;
mod usage;
