//! From positions in the tables of the problem to the identifiers people know.

use needmatch_domain::plan::Match;
use needmatch_domain::problem::Problem;

/// The table a position points into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entity {
    Component,
    Offer,
    Period,
    Request,
    State,
    Channel,
    Floor,
    Ceiling,
    Lock,
    /// A position that is shown as it is.
    Position,
}

/// The identifier at a position; the position itself where the table is shorter.
pub(crate) fn name(problem: &Problem, entity: Entity, position: usize) -> String {
    let found = match entity {
        Entity::Component => problem.components.get(position).map(|component| component.id.to_string()),
        Entity::Offer => problem.offers.get(position).map(|offer| offer.id.to_string()),
        Entity::Period => problem.periods.get(position).map(ToString::to_string),
        Entity::Request => problem.requests.get(position).map(|request| request.id.to_string()),
        Entity::State => problem.states.get(position).map(|state| state.code.to_string()),
        Entity::Channel => problem.channels.get(position).map(|channel| channel.id.to_string()),
        Entity::Floor => problem.regional_floors.get(position).map(|share| share.region.to_string()),
        Entity::Ceiling => problem.regional_ceilings.get(position).map(|share| share.region.to_string()),
        Entity::Lock => problem.locks.get(position).map(|lock| lock_name(problem, lock)),
        Entity::Position => None,
    };
    found.unwrap_or_else(|| position.to_string())
}

fn lock_name(problem: &Problem, lock: &Match) -> String {
    let component = name(problem, Entity::Component, lock.component.at());
    let offer = name(problem, Entity::Offer, lock.offer.at());
    format!("of {component} from {offer} in {}", name(problem, Entity::Period, lock.period.at()))
}
