//! Names of the columns of the model: the unknowns whose values make a plan. Branches of a certificate split on them.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::entity::Entity;

macro_rules! columns {
    ($($(#[$doc:meta])+ $variant:ident $name:literal [$($entity:ident),*],)+) => {
        /// A kind of column. Everything but `x`, `share`, `kept` and `delivery` is 0 or 1.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Column { $($(#[$doc])+ $variant,)+ }

        impl Column {
            /// Every kind of column.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name written in certificates.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
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

columns! {
    /// Units of a component from an offer in a period: 0…u. Of an indivisible component: 0 or all of it.
    X "x" [Component, Offer, Period],
    /// The component receives something.
    ServedComponent "served.component" [Component],
    /// A component of the request is served.
    ServedRequest "served.request" [Request],
    /// The offer gives something to the request.
    TakesPart "takes_part" [Offer, Request],
    /// An offer of the provider takes part in the request.
    Helps "helps" [Provider, Request],
    /// Something arrives for the request in the period.
    Runs "runs" [Request, Period],
    /// Something of the component has arrived by the period.
    Arrived "arrived" [Component, Period],
    /// The component receives all that is outstanding.
    FullComponent "full.component" [Component],
    /// The request is met in full.
    FullRequest "full.request" [Request],
    /// Permille reached within the k-th tenth of a state's (or region's) need, k from 0: 0…100.
    Share "share" [Who, Tenth],
    /// The state receives both families (¶97).
    Both "both" [State],
    /// What is kept of a baseline match.
    Kept "kept" [Baseline],
    /// Cost of delivery, rounded up.
    Delivery "delivery" [],
}

/// A column by kind and entities: positions in the tables of the problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ColumnKey {
    /// The kind.
    pub column: Column,
    entities: [u32; 3],
}

impl ColumnKey {
    /// The key of a column.
    ///
    /// # Panics
    /// When the number of entities is not the kind's.
    pub fn of(column: Column, entities: &[u32]) -> Self {
        assert_eq!(entities.len(), column.arity(), "{} names {} entities", column.name(), column.arity());
        let mut filled = [0; 3];
        filled[..entities.len()].copy_from_slice(entities);
        Self { column, entities: filled }
    }

    /// The entities.
    pub fn entities(&self) -> &[u32] {
        &self.entities[..self.column.arity()]
    }
}

impl Serialize for ColumnKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.column.name(), self.entities()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for ColumnKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (name, entities) = <(String, Vec<u32>)>::deserialize(deserializer)?;
        let column = Column::ALL.iter().copied().find(|column| column.name() == name);
        match column {
            Some(column) if column.arity() == entities.len() => Ok(Self::of(column, &entities)),
            _ => Err(D::Error::custom(format!("{name:?} with {} entities is no column", entities.len()))),
        }
    }
}
