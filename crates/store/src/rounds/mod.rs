//! Rounds, the content they are frozen to, and their scenarios.

mod late;
mod left_out;
mod observers;
mod publication;
mod round;
mod scenario;
mod snapshot;
mod taking_part;

pub use late::CameLate;
#[cfg(test)]
pub(crate) use late::came_after;
pub use left_out::{LeftOut, NewLeftOut};
pub use publication::{NewShortfall, Shortfall};
pub use round::{NewRound, Round};
pub use scenario::{NewScenario, Scenario};
#[cfg(test)]
pub(crate) use snapshot::prepared_before;
pub(crate) use snapshot::{keep, refer_to};
