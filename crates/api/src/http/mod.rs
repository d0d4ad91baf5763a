//! What every resource shares.

pub(crate) mod answer;
pub(crate) mod body;
pub(crate) mod bound;
pub(crate) mod caller;
pub(crate) mod cursor;
pub(crate) mod expected;
pub(crate) mod guard;
pub(crate) mod language;
pub(crate) mod mutation;
pub(crate) mod parameters;
pub(crate) mod problem;
pub(crate) mod request_id;
pub(crate) mod sentence;
pub(crate) mod source;
pub(crate) mod table;
pub(crate) mod trying;
pub(crate) mod version;
