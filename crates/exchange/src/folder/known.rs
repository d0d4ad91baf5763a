//! What cells may refer to: periods, areas, states and regions of the scenario, and the ids of its tables.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use needmatch_domain::area::BUILT_IN_AREAS;
use needmatch_domain::geography;
use needmatch_domain::ids::{AreaCode, PeriodIndex, PeriodLabel, RegionName, StateCode};
use needmatch_domain::scenario::{DeclaredArea, StateProfile};

use super::table::RawTable;
use crate::error::{Candidates, Near};

/// Ids of a table, whether or not their rows can be read, so that one wrong cell is reported once and not again by
/// every reference to its row.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    pub(crate) file: &'static str,
    present: BTreeSet<String>,
    /// False when the table could not be read at all: then no reference to it is judged.
    complete: bool,
}

impl Ids {
    pub(crate) fn of(table: &RawTable) -> Self {
        Self { file: table.spec.file, present: table.first_keys().collect(), complete: table.complete }
    }

    pub(crate) fn accepts(&self, id: &str) -> bool {
        !self.complete || self.present.contains(id)
    }

    pub(crate) fn nearest(&self, id: &str, candidates: &Candidates) -> Near {
        candidates.nearest(id, self.present.iter().map(String::as_str))
    }
}

/// Everything cells may refer to.
#[derive(Debug, Default)]
pub(crate) struct Known {
    pub(crate) periods: Vec<PeriodLabel>,
    period_index: HashMap<String, PeriodIndex>,
    areas: BTreeSet<String>,
    pub(crate) states: BTreeMap<StateCode, StateProfile>,
    regions: BTreeSet<RegionName>,
    pub(crate) requests: Ids,
    pub(crate) components: Ids,
    pub(crate) offers: Ids,
    pub(crate) channels: Ids,
    pub(crate) programmes: Ids,
    pub(crate) candidates: Candidates,
}

impl Known {
    pub(crate) fn set_periods(&mut self, periods: Vec<PeriodLabel>) {
        let labels = periods.iter().enumerate();
        self.period_index = labels.map(|(at, label)| (label.to_string(), PeriodIndex::of(at))).collect();
        self.periods = periods;
    }

    pub(crate) fn set_areas(&mut self, declared: &[DeclaredArea]) {
        let names = declared.iter().map(|area| area.code.to_string());
        self.areas = BUILT_IN_AREAS.iter().map(|name| (*name).to_owned()).chain(names).collect();
    }

    pub(crate) fn set_states(&mut self, states: BTreeMap<StateCode, StateProfile>) {
        self.regions = states.values().flat_map(|profile| profile.regions.iter().cloned()).collect();
        self.states = states;
    }

    pub(crate) fn period(&self, label: &str) -> Result<PeriodIndex, Near> {
        self.period_index
            .get(label)
            .copied()
            .ok_or_else(|| self.candidates.nearest(label, self.periods.iter().map(PeriodLabel::as_str)))
    }

    pub(crate) fn last_period(&self) -> PeriodIndex {
        PeriodIndex::of(self.periods.len().saturating_sub(1))
    }

    pub(crate) fn area(&self, code: &str) -> Result<AreaCode, Near> {
        let near = || self.candidates.nearest(code, self.areas.iter().map(String::as_str));
        if self.areas.contains(code) { code.parse().map_err(|_| near()) } else { Err(near()) }
    }

    pub(crate) fn state(&self, code: &str) -> Result<StateCode, Near> {
        let parsed = code.parse::<StateCode>().ok();
        parsed.filter(|code| self.states.contains_key(code) || geography::country(code.as_str()).is_some()).ok_or_else(
            || {
                let reference = geography::countries().iter().map(|country| country.code);
                self.candidates.nearest(code, self.states.keys().map(StateCode::as_str).chain(reference))
            },
        )
    }

    /// The canonical name of a region given by name or M49 code.
    pub(crate) fn region(&self, name: &str) -> Result<RegionName, Near> {
        if let Some(declared) = name.parse::<RegionName>().ok().filter(|region| self.regions.contains(region)) {
            return Ok(declared);
        }
        let canonical = geography::region(name).and_then(|region| region.name.parse().ok());
        canonical.ok_or_else(|| {
            let reference = geography::regions().iter().map(|region| region.name);
            self.candidates.nearest(name, reference.chain(self.regions.iter().map(RegionName::as_str)))
        })
    }
}
