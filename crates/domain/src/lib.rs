//! The vocabulary of needmatch: what states ask for, what providers offer, the frozen problem between them,
//! the plan that answers it and the words for why.
//!
//! Everything here is plain data with its invariants. Nothing reads a file, a clock or a database; a type that
//! would need to belongs one rung higher. Names are those of `docs/rules.md` and of the files users write.

pub mod area;
pub mod canonical;
pub mod certificate;
pub mod column;
pub mod entity;
pub mod geography;
pub mod goal;
pub mod ids;
pub mod money;
pub mod plan;
pub mod problem;
pub mod progress;
pub mod reason;
pub mod row;
pub mod rule;
pub mod run;
pub mod scenario;
