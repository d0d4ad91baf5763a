//! A request as far as its author has written it.

use std::collections::BTreeSet;

use needmatch_domain::ids::{ComponentId, PeriodIndex};
use needmatch_domain::scenario::{Component, Request, Window};

use super::surroundings::Surroundings;

/// A field that the author has left empty. The row then holds a placeholder nobody looks at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unfilled {
    /// `area` of the request.
    Area,
    /// `contribution_percent` of the request.
    Contribution,
    /// `type` of a component.
    Type(ComponentId),
    /// `unit` of a component.
    Unit(ComponentId),
    /// `quantity` of a component.
    Quantity(ComponentId),
    /// `unit_cost` of a component.
    UnitCost(ComponentId),
    /// `from` and `to` of a component; the placeholder is the whole horizon.
    Window(ComponentId),
}

/// A request with its components, and what is still empty in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The request.
    pub request: Request,
    /// Its components.
    pub components: Vec<Component>,
    /// What is empty.
    pub unfilled: BTreeSet<Unfilled>,
}

impl Draft {
    /// A request of a scenario. A contribution of nothing and a window of the whole horizon count as left empty, since
    /// the tables cannot tell them apart.
    pub fn of(surroundings: &Surroundings<'_>, request: &Request) -> Self {
        let components: Vec<Component> = surroundings.components(&request.id).into_iter().cloned().collect();
        let horizon = surroundings.horizon();
        let open = components.iter().filter(|component| Some(component.window) == horizon);
        let mut unfilled: BTreeSet<Unfilled> = open.map(|component| Unfilled::Window(component.id.clone())).collect();
        if request.contribution_percent == 0 && request.contribution_kinds.is_empty() {
            unfilled.insert(Unfilled::Contribution);
        }
        Self { request: request.clone(), components, unfilled }
    }

    /// Whether nothing is empty that matching needs of the component.
    pub(super) fn is_complete(&self, component: &ComponentId) -> bool {
        use Unfilled::{Quantity, Type, Unit, UnitCost};
        ![Type, Unit, Quantity, UnitCost].into_iter().any(|field| self.unfilled.contains(&field(component.clone())))
            && !self.unfilled.contains(&Unfilled::Area)
    }

    /// Cost of the request, as far as it is known.
    pub(super) fn cost(&self) -> i128 {
        let known = |component: &&Component| {
            !self.unfilled.contains(&Unfilled::Quantity(component.id.clone()))
                && !self.unfilled.contains(&Unfilled::UnitCost(component.id.clone()))
        };
        let cost = |component: &Component| i128::from(component.quantity) * i128::from(component.unit_cost);
        self.components.iter().filter(known).map(cost).sum()
    }
}

/// The whole horizon, where it has more than one period to choose from.
pub(super) fn horizon(periods: usize) -> Option<Window> {
    let last = periods.checked_sub(1).filter(|last| *last > 0)?;
    Some(Window { first: PeriodIndex(0), last: PeriodIndex::of(last) })
}
