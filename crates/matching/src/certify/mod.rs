//! From a plan's value to a proof that little more is possible (`docs/rules.md`, Proof).
//!
//! The solver's multipliers are hints: each is scaled, rounded and clamped, and the bound is then computed in whole
//! numbers. Where one bound is not enough, the box is divided until every part is closed or the budget is spent;
//! what is proven by then is what is claimed. Before that, cuts take from the relaxation
//! what rounding shows to be out of reach: `separate` looks for them, `cut` computes them exactly.

mod bound;
mod branch;
mod cut;
mod fallback;
mod root;
mod separate;
mod steps;
mod strengthen;
mod tree;

pub use bound::{Boxes, LeafRows, bound_of, scaled_leaf};
pub use cut::Recipe;
pub use fallback::without_solver;
pub use root::Root;
pub use tree::{Budget, Certified, certify, prove_infeasible};
