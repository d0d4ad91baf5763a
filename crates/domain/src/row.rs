//! Names of the rows of the model. A certificate keys its multipliers by these, so solver, verifier and recount can
//! each derive the row behind a name on their own. `docs/rules.md` gives the formula of each.

#![expect(
    clippy::doc_markdown,
    reason = "the documentation of each kind is its formula, in the notation of docs/rules.md"
)]

use std::fmt;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::entity::Entity;
use crate::rule::Rule;

macro_rules! rows {
    ($($(#[$doc:meta])+ $variant:ident $name:literal $rule:expr, [$($entity:ident),*],)+) => {
        /// A kind of row.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Row { $($(#[$doc])+ $variant,)+ }

        impl Row {
            /// Every kind of row.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name written in certificates.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The rule the row belongs to; `None` for rows that define a goal.
            pub fn rule(self) -> Option<Rule> {
                match self { $(Self::$variant => $rule,)+ }
            }

            /// How many entities its key names.
            pub fn arity(self) -> usize {
                self.entities().len()
            }

            /// What the entities of its key are, in order.
            pub fn entities(self) -> &'static [Entity] {
                match self { $(Self::$variant => &[$(Entity::$entity),*],)+ }
            }
        }
    };
}

rows! {
    /// Σ x(c) ≤ outstanding · served(c).
    DemandTotal "demand.total" Some(Rule::Demand), [Component],
    /// x(c,o,t) ≤ u · served(c).
    DemandLink "demand.link" Some(Rule::Demand), [Component, Offer, Period],
    /// Σ x(c,·,t) ≤ period_max.
    DemandPeriod "demand.period" Some(Rule::Demand), [Component, Period],
    /// served(c) ≤ served(r).
    DemandRequest "demand.request" Some(Rule::Demand), [Component],
    /// served(r) ≤ Σ served(c).
    DemandSome "demand.some" Some(Rule::Demand), [Request],
    /// minimum · served(c) ≤ Σ x(c).
    Minimum "minimum" Some(Rule::Minimum), [Component],
    /// Σ draw · x(o) ≤ 1000 · quantity.
    CapacityTotal "capacity.total" Some(Rule::Capacity), [Offer],
    /// Σ draw · x(o,t) ≤ 1000 · quantity of the period.
    CapacityPeriod "capacity.period" Some(Rule::Capacity), [Offer, Period],
    /// x(c,o,t) ≤ u · takes_part(o,r). Defines `takes_part`; a row of `ticket` in name, kept in every mode.
    TakesPartLink "takes_part.link" None, [Component, Offer, Period],
    /// takes_part(o,r) ≤ Σ x(o,r). Defines `takes_part`.
    TakesPartSome "takes_part.some" None, [Offer, Request],
    /// 1000 · ticket_min · takes_part(o,r) ≤ Σ draw · x(o,r).
    TicketLeast "ticket.least" Some(Rule::Ticket), [Offer, Request],
    /// Σ draw · x(o,r) ≤ 1000 · ticket_max · takes_part(o,r).
    TicketMost "ticket.most" Some(Rule::Ticket), [Offer, Request],
    /// Σ draw · x(o, state) ≤ 1000 · state_max.
    StateLimit "state_limit" Some(Rule::StateLimit), [Offer, State],
    /// Σ takes_part(o,·) ≤ max_requests.
    Reach "reach" Some(Rule::Reach), [Offer],
    /// takes_part(o,r) ≤ helps(p,r). Defines `helps`; kept in every mode.
    HelpsLink "helps.link" None, [Offer, Request],
    /// Σ helps(·,r) ≤ max_providers.
    Fragmentation "fragmentation" Some(Rule::Fragmentation), [Request],
    /// served(c) ≤ served(d), d required by c.
    Bundle "bundle" Some(Rule::Bundle), [Component, Component],
    /// Σ served over a choice ≤ 1; the entity is the choice's first component.
    Choice "choice" Some(Rule::Choice), [Component],
    /// threshold · served(r) ≤ static · served(r) + Σ points · served(c).
    Sustainability "sustainability" Some(Rule::Sustainability), [Request],
    /// served(r) ≤ served(mitigation), or ≤ 0; the second entity is the obstacle's position in the request.
    Obstacle "obstacle" Some(Rule::Obstacle), [Request, Obstacle],
    /// Σ cost of a state in a period ≤ amount.
    AbsorptionAmount "absorption.amount" Some(Rule::Absorption), [State, Period],
    /// Σ runs(r,t) of a state ≤ requests.
    AbsorptionRequests "absorption.requests" Some(Rule::Absorption), [State, Period],
    /// x(c,o,t) ≤ u · runs(r,t). Defines `runs`; kept in every mode.
    RunsLink "runs.link" None, [Component, Offer, Period],
    /// Σ cost through a channel ≤ amount; the entity is the position in the table of channels.
    Channel "channel" Some(Rule::Channel), [Channel],
    /// ⌈share · asked / 1000⌉ ≤ cost(region); the entity is the position in the table of floors.
    RegionalFloor "regional_floor" Some(Rule::RegionalFloor), [Floor],
    /// 1000 · cost(region) ≤ share · cost(plan); the entity is the position in the table of ceilings.
    RegionalCeiling "regional_ceiling" Some(Rule::RegionalCeiling), [Ceiling],
    /// served(r) = served(first request of its package); an equality, for every request but the first.
    Package "package" Some(Rule::Package), [Request],
    /// x(c,o,t) ≤ u · Σ arrived(d,t) over the components d of the step before, in the same state.
    Precedence "precedence" Some(Rule::Precedence), [Component, Offer, Period],
    /// arrived(c,t) ≤ Σ x(c,·,≤t). Defines `arrived`.
    Arrived "arrived" None, [Component, Period],
    /// x = quantity; an equality; the entity is the position in the table of locks.
    Locked "locked" Some(Rule::Locked), [Lock],
    /// outstanding · full(c) ≤ Σ x(c). Defines `completed`.
    FullComponent "full.component" None, [Component],
    /// full(r) ≤ full(c), c without alternatives. Defines `completed`.
    FullRequest "full.request" None, [Component],
    /// full(r) ≤ Σ full over a choice's components in r; the second entity is the first of them. Defines `completed`.
    FullChoice "full.choice" None, [Request, Component],
    /// D · Σ_k share(i,k) ≤ 1000 · cost(i); the entity is the state, or the position of the region by name. Defines `equity`.
    Equity "equity" None, [Who],
    /// both(s) ≤ Σ served(c), c of the tracing family. Defines `synergy`.
    SynergyTracing "synergy.tracing" None, [State],
    /// both(s) ≤ Σ served(c), c of the stockpile family. Defines `synergy`.
    SynergyStockpile "synergy.stockpile" None, [State],
    /// kept(i) ≤ x; the entity is the position in the baseline. Defines `stability`.
    Stability "stability" None, [Baseline],
    /// Σ cost · max(0, delivery − 1000) ≤ 1000 · delivery. Defines `economy`.
    Economy "economy" None, [],
    /// −value(goal) ≤ −held; the entity is the position of the earlier goal.
    Held "held" None, [Goal],
    /// A row derived by rounding; the entity is its position in the certificate's list of cuts.
    Cut "cut" None, [Cut],
}

/// A row by kind and entities: positions in the tables of the problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowKey {
    /// The kind.
    pub row: Row,
    entities: [u32; 3],
}

impl RowKey {
    /// The key of a row.
    ///
    /// # Panics
    /// When the number of entities is not the kind's.
    pub fn of(row: Row, entities: &[u32]) -> Self {
        assert_eq!(entities.len(), row.arity(), "{} names {} entities", row.name(), row.arity());
        let mut filled = [0; 3];
        filled[..entities.len()].copy_from_slice(entities);
        Self { row, entities: filled }
    }

    /// The entities.
    pub fn entities(&self) -> &[u32] {
        &self.entities[..self.row.arity()]
    }
}

impl fmt::Display for RowKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}{:?}", self.row.name(), self.entities())
    }
}

/// A row's multiplier, in units of 2^−scale of the leaf it stands in: `["capacity.total", [3], 17]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Multiplier {
    /// The row.
    pub key: RowKey,
    /// The multiplier: ≥ 0, but of either sign for an equality.
    pub value: i64,
}

impl Serialize for Multiplier {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.key.row.name(), self.key.entities(), self.value).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Multiplier {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (name, entities, value) = <(String, Vec<u32>, i64)>::deserialize(deserializer)?;
        let row = Row::ALL.iter().copied().find(|row| row.name() == name);
        match row {
            Some(row) if row.arity() == entities.len() => Ok(Self { key: RowKey::of(row, &entities), value }),
            Some(row) => {
                Err(D::Error::custom(format!("{name} names {} entities, not {}", row.arity(), entities.len())))
            }
            None => Err(D::Error::custom(format!("{name:?} is no kind of row"))),
        }
    }
}
