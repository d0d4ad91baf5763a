//! The only place with floats: the model handed to HiGHS, whose answers are hints to be rounded and recounted.
//!
//! One solve runs at a time in a process, on one thread, from one seed. Whoever calls this does so in a process of
//! its own, which may die, hang or lie (see the `worker` crate).

mod mixed;
mod relaxation;
mod scaling;

pub use mixed::{Answer, MixedLimits, solve_mixed};
pub use relaxation::{Relaxation, Solved};
pub use scaling::Scaling;
