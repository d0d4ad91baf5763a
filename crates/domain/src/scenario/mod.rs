//! A scenario before it is frozen: what a folder or a round holds, every reference resolved and every default filled.
//!
//! The types are those of the tables in the scenario folder, one struct a table. Identifiers are unique per table,
//! windows are inside the horizon and references exist; whoever builds a [`Scenario`] has checked that.

pub mod register;
pub mod settings;

use std::collections::BTreeMap;

use crate::geography::{self, Group};
use crate::ids::{AreaCode, PeriodLabel, RegionName, StateCode};

pub use register::{
    Absorption, Baseline, ChannelLimit, Component, Firmness, Form, Lock, LockKind, Obstacle, Offer, OfferPeriod,
    Programme, Request, Suitability, Visibility, Window,
};
pub use settings::{Limits, RuleSettings, Settings, Thresholds, Weights};

/// Everything a run is made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Rules, goals, weights, limits, rates.
    pub settings: Settings,
    /// The horizon, in order; at least one.
    pub periods: Vec<PeriodLabel>,
    /// States declared or overridden by the scenario.
    pub states: BTreeMap<StateCode, StateProfile>,
    /// Requests, sorted by id.
    pub requests: Vec<Request>,
    /// Components, sorted by id.
    pub components: Vec<Component>,
    /// Offers, sorted by id.
    pub offers: Vec<Offer>,
    /// What an offer holds per period; an offer listed here gives nothing in periods not listed.
    pub offer_periods: Vec<OfferPeriod>,
    /// What states can take in.
    pub absorption: Vec<Absorption>,
    /// Limits of funding channels.
    pub channels: Vec<ChannelLimit>,
    /// Existing programmes, sorted by id.
    pub programmes: Vec<Programme>,
    /// Expert judgement on single pairs.
    pub suitability: Vec<Suitability>,
    /// Matches that must or must not be.
    pub locks: Vec<Lock>,
    /// An earlier plan.
    pub baseline: Vec<Baseline>,
}

/// What the rules need to know of a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateProfile {
    /// Name in English, as shown where no translation exists.
    pub name: String,
    /// Regions the state lies in, finest first. Empty where none is known.
    pub regions: Vec<RegionName>,
    /// Country groups.
    pub groups: Vec<Group>,
}

impl Scenario {
    /// The profile of a state: the scenario's own, else the reference table's; `None` for an unknown code.
    pub fn state(&self, code: &StateCode) -> Option<StateProfile> {
        self.states.get(code).cloned().or_else(|| reference_profile(code))
    }
}

/// A state's profile in the reference table.
pub fn reference_profile(code: &StateCode) -> Option<StateProfile> {
    let country = geography::country(code.as_str())?;
    let regions = geography::region_chain(country).into_iter().filter_map(|name| name.parse().ok()).collect();
    Some(StateProfile {
        name: country.name(geography::Language::English).to_owned(),
        regions,
        groups: country.groups.iter().collect(),
    })
}

/// An area the scenario declares beside the built-in ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredArea {
    /// Its code.
    pub code: AreaCode,
    /// Its name in English.
    pub name: String,
}
