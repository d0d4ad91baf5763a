//! What the names of rows and columns point at: positions in the tables of the problem, and a few counters.

/// Kinds of entities in the names of rows and columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entity {
    /// A component.
    Component,
    /// An offer.
    Offer,
    /// A period.
    Period,
    /// A request.
    Request,
    /// A state.
    State,
    /// A provider.
    Provider,
    /// A limit of a channel.
    Channel,
    /// A regional floor.
    Floor,
    /// A regional ceiling.
    Ceiling,
    /// A lock.
    Lock,
    /// A match of the baseline.
    Baseline,
    /// Whom `equity` compares: a state, or a region by name.
    Who,
    /// A goal, by its place in the order.
    Goal,
    /// An obstacle, by its place in its request.
    Obstacle,
    /// A tenth of a need, from 0.
    Tenth,
    /// A cut, by its place in its proof.
    Cut,
}
