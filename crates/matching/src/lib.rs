//! From requests and offers to a proven plan: eligibility and freezing, rows and goals, the optimiser, rounding,
//! proof and reasons. The only crate that sees a solver; floats exist only inside [`solve`].

pub mod certify;
pub mod compare;
pub mod conflict;
pub mod construct;
pub mod eligibility;
pub mod explain;
pub mod freeze;
pub mod model;
pub mod propose;
pub mod quality;
pub mod solve;
pub mod stress;
pub mod sweep;
pub mod unlock;

#[cfg(test)]
mod test_random;
#[cfg(test)]
mod test_scenario;
