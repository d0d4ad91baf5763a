//! Rounds, the content they are frozen to, and their scenarios.

mod left_out;
mod observers;
mod publication;
mod round;
mod scenario;
mod snapshot;
mod taking_part;

pub use left_out::{LeftOut, NewLeftOut};
pub use publication::{NewShortfall, Shortfall};
pub use round::{NewRound, Round};
pub use scenario::{NewScenario, Scenario};
pub(crate) use snapshot::keep;
