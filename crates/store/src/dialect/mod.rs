//! The few pieces of SQL the engines write differently, one file a piece. Add a file when a statement cannot be said in
//! the common text; try the common text first.

pub(crate) mod catalog;
pub(crate) mod clock;
#[cfg(test)]
pub(crate) mod explain;
pub(crate) mod lock;
pub(crate) mod nested;
pub(crate) mod queue;
pub(crate) mod together;
