//! Rounds, the content they are frozen to, and their scenarios.

mod round;
mod scenario;
mod snapshot;

pub use round::{NewRound, Round};
pub use scenario::{NewScenario, Scenario};
pub(crate) use snapshot::keep;
