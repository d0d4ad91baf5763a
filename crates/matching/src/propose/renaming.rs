//! Names of one problem in the terms of another: positions in tables that may have grown, shrunk or been reordered.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use needmatch_domain::certificate::{Cut, Leaf, Proof};
use needmatch_domain::column::ColumnKey;
use needmatch_domain::entity::Entity;
use needmatch_domain::ids::{ComponentIndex, OfferIndex, PeriodIndex};
use needmatch_domain::plan::{Match, Plan};
use needmatch_domain::problem::Problem;
use needmatch_domain::row::{Multiplier, RowKey};

/// Where the entities of an earlier problem stand now. Tables whose rows have no name of their own keep their positions
/// only where they are equal.
pub(crate) struct Renaming {
    places: BTreeMap<Entity, Vec<Option<u32>>>,
}

impl Renaming {
    /// Cost: linear in the tables.
    pub(crate) fn of(before: &Problem, now: &Problem) -> Self {
        let places = BTreeMap::from([
            (Entity::Component, moved(&before.components, &now.components, |one| one.id.clone())),
            (Entity::Offer, moved(&before.offers, &now.offers, |one| one.id.clone())),
            (Entity::Period, moved(&before.periods, &now.periods, Clone::clone)),
            (Entity::Request, moved(&before.requests, &now.requests, |one| one.id.clone())),
            (Entity::State, moved(&before.states, &now.states, |one| one.code.clone())),
            (Entity::Provider, moved(&before.providers, &now.providers, Clone::clone)),
            (Entity::Goal, moved(&before.goals, &now.goals, |one| one.goal)),
            (Entity::Channel, kept(before.channels.len(), before.channels == now.channels)),
            (Entity::Floor, kept(before.regional_floors.len(), before.regional_floors == now.regional_floors)),
            (Entity::Ceiling, kept(before.regional_ceilings.len(), before.regional_ceilings == now.regional_ceilings)),
            (Entity::Lock, kept(before.locks.len(), before.locks == now.locks)),
            (Entity::Baseline, kept(before.baseline.len(), before.baseline == now.baseline)),
            (Entity::Who, kept(before.states.len(), before.states == now.states)),
        ]);
        Self { places }
    }

    fn place(&self, entity: Entity, position: u32) -> Option<u32> {
        match self.places.get(&entity) {
            Some(places) => *places.get(position as usize)?,
            // Counters within something else.
            None => Some(position),
        }
    }

    fn places<const N: usize>(&self, kinds: &[Entity], positions: &[u32]) -> Option<([u32; N], usize)> {
        let mut filled = [0; N];
        for (place, (kind, position)) in filled.iter_mut().zip(kinds.iter().zip(positions)) {
            *place = self.place(*kind, *position)?;
        }
        Some((filled, kinds.len()))
    }

    fn row(&self, key: &RowKey) -> Option<RowKey> {
        let (places, count) = self.places::<3>(key.row.entities(), key.entities())?;
        Some(RowKey::of(key.row, &places[..count]))
    }

    fn column(&self, key: &ColumnKey) -> Option<ColumnKey> {
        let (places, count) = self.places::<3>(key.column.entities(), key.entities())?;
        Some(ColumnKey::of(key.column, &places[..count]))
    }

    /// The matches whose component, offer and period are still there.
    pub(crate) fn plan(&self, matches: &[Match]) -> Plan {
        let moved = matches.iter().filter_map(|found| {
            Some(Match {
                component: ComponentIndex(self.place(Entity::Component, found.component.0)?),
                offer: OfferIndex(self.place(Entity::Offer, found.offer.0)?),
                period: PeriodIndex(self.place(Entity::Period, found.period.0)?),
                quantity: found.quantity,
            })
        });
        Plan::of(moved.collect())
    }

    /// A proof without what is no longer there. Whatever multipliers are left prove something, for any do.
    pub(super) fn proof(&self, proof: &Proof) -> Proof {
        match proof {
            Proof::Leaf(leaf) => Proof::Leaf(self.leaf(leaf)),
            Proof::Infeasible(leaf) => Proof::Infeasible(self.leaf(leaf)),
            Proof::Strengthened { cuts, proof } => Proof::Strengthened {
                cuts: cuts.iter().map(|cut| self.cut(cut)).collect(),
                proof: Box::new(self.proof(proof)),
            },
            Proof::Split { column, at, below, above } => match self.column(column) {
                Some(column) => Proof::Split {
                    column,
                    at: *at,
                    below: Box::new(self.proof(below)),
                    above: Box::new(self.proof(above)),
                },
                // A quantity that cannot be any more is 0.
                None => self.proof(below),
            },
        }
    }

    /// Multipliers of what is still there.
    pub(crate) fn leaf(&self, leaf: &Leaf) -> Leaf {
        Leaf { scale: leaf.scale, multipliers: self.multipliers(&leaf.multipliers) }
    }

    fn cut(&self, cut: &Cut) -> Cut {
        let mut from_above: Vec<_> = cut.from_above.iter().filter_map(|key| self.column(key)).collect();
        from_above.sort_unstable();
        Cut { rows: self.multipliers(&cut.rows), from_above, divisor: cut.divisor }
    }

    fn multipliers(&self, multipliers: &[Multiplier]) -> Vec<Multiplier> {
        let moved = |one: &Multiplier| Some(Multiplier { key: self.row(&one.key)?, value: one.value });
        let mut moved: Vec<_> = multipliers.iter().filter_map(moved).collect();
        moved.sort_unstable();
        moved
    }
}

fn moved<T, K: Eq + Hash>(before: &[T], now: &[T], name: impl Fn(&T) -> K) -> Vec<Option<u32>> {
    let places: HashMap<K, u32> = now.iter().map(&name).zip(0..).collect();
    before.iter().map(|one| places.get(&name(one)).copied()).collect()
}

fn kept(length: usize, same: bool) -> Vec<Option<u32>> {
    (0..u32::try_from(length).unwrap_or(u32::MAX)).map(|place| same.then_some(place)).collect()
}
