//! What changes are made to: a scenario with its frozen problem, or a frozen problem alone.

use needmatch_domain::ids::{ComponentId, ComponentIndex, OfferId, OfferIndex, PeriodIndex};
use needmatch_domain::plan::{Match, Plan};
use needmatch_domain::problem::Problem;
use needmatch_domain::reason::Change;
use needmatch_domain::scenario::Scenario;

use super::edit::Edit;
use super::{file, folder};
use crate::freeze::freeze;

/// A problem, and the scenario it was frozen from where there is one.
#[derive(Debug, Clone)]
pub(super) struct World {
    pub(super) scenario: Option<Scenario>,
    pub(super) problem: Problem,
}

/// A quantity given, by names: positions move when a change adds rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Given {
    pub(super) component: ComponentId,
    pub(super) offer: OfferId,
    pub(super) period: PeriodIndex,
    pub(super) quantity: i64,
}

impl World {
    /// The world after some changes, and what they write; `None` when one of them says nothing here, or leaves what
    /// cannot be frozen.
    pub(super) fn with(&self, edits: &[Edit]) -> Option<(Self, Vec<Change>)> {
        let mut world = self.clone();
        let mut written: Vec<Change> = Vec::new();
        for edit in edits {
            let changes = match &mut world.scenario {
                Some(scenario) => folder::apply(scenario, edit)?,
                None => file::apply(&mut world.problem, edit)?,
            };
            for change in changes {
                let same = |other: &&mut Change| {
                    (&other.file, &other.id, &other.field) == (&change.file, &change.id, &change.field)
                };
                match written.iter_mut().find(same) {
                    Some(before) => before.to = change.to,
                    None => written.push(change),
                }
            }
        }
        if let Some(scenario) = &world.scenario {
            world.problem = freeze(scenario).ok()?.problem;
        } else if !world.problem.faults().is_empty() {
            return None;
        }
        written.retain(|change| change.from != change.to);
        Some((world, written))
    }

    pub(super) fn component(&self, id: &ComponentId) -> Option<ComponentIndex> {
        self.problem.components.binary_search_by(|found| found.id.cmp(id)).ok().map(ComponentIndex::of)
    }

    pub(super) fn offer(&self, id: &OfferId) -> Option<OfferIndex> {
        self.problem.offers.binary_search_by(|found| found.id.cmp(id)).ok().map(OfferIndex::of)
    }

    /// A plan of these quantities; what no longer has a place is left out.
    pub(super) fn plan(&self, given: &[Given]) -> Plan {
        let mut matches: Vec<Match> = Vec::with_capacity(given.len());
        for one in given {
            let Some((component, offer)) = self.component(&one.component).zip(self.offer(&one.offer)) else { continue };
            let same =
                |other: &&mut Match| (other.component, other.offer, other.period) == (component, offer, one.period);
            match matches.iter_mut().find(same) {
                Some(found) => found.quantity += one.quantity,
                None => matches.push(Match { component, offer, period: one.period, quantity: one.quantity }),
            }
        }
        Plan::of(matches)
    }

    /// A plan of this world by names.
    pub(super) fn given(&self, plan: &Plan) -> Vec<Given> {
        let named = |found: &Match| Given {
            component: self.problem.components[found.component.at()].id.clone(),
            offer: self.problem.offers[found.offer.at()].id.clone(),
            period: found.period,
            quantity: found.quantity,
        };
        plan.matches.iter().map(named).collect()
    }
}
