//! The solver process: what is said over its pipes, what it does inside, and who watches it from outside.
//!
//! The parent believes nothing: an answer counts once [`needmatch_verify::accept`] took it.

mod child;
mod process;
mod protocol;

pub use child::{ChildError, run_child};
pub use process::{SolverCommand, SolverFailure, Solving, Task, solve};
pub use protocol::{Message, Order};
