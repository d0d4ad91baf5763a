//! From a plan's value to a proof that little more is possible (`docs/rules.md`, Proof).
//!
//! The solver's multipliers are hints: each is scaled, rounded and clamped, and the bound is then computed in whole
//! numbers. Where one bound is not enough, the box is divided until every part is closed or the budget is spent;
//! what is proven by then is what is claimed.

mod bound;
mod branch;
mod fallback;
mod tree;

pub use bound::{Boxes, LeafRows, bound_of, scaled_leaf};
pub use fallback::without_solver;
pub use tree::{Budget, Certified, certify, prove_infeasible};
