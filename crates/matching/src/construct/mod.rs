//! Whole-number plans by construction: greedily from nothing, and from a solver's floats. What cannot be repaired is
//! dropped, never bent.

mod clusters;
mod dive;
mod greedy;
mod neighbourhood;
mod relink;
mod round;

pub use clusters::{Cluster, clusters};
pub use dive::{dive, switched};
pub use greedy::{extend, greedy};
pub use neighbourhood::{Neighbourhoods, PASSES, agreeing, staying};
pub use relink::relink;
pub use round::{mend, round};
