//! What a round is frozen to: every row that takes part, as it stood. Kept under its hash; each scenario of the round
//! is these rows with its own settings.

use std::collections::BTreeMap;

use needmatch_domain::canonical;
use needmatch_domain::geography::Group;
use needmatch_domain::ids::{PeriodLabel, RegionName, StateCode};
use needmatch_domain::scenario::{
    Absorption, Baseline, ChannelLimit, Component, Lock, Offer, OfferPeriod, Programme, Request, Scenario, Settings,
    StateProfile, Suitability,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::sources::Sources;
use crate::error::AppError;

/// Name and version of the format.
const FORMAT: &str = "needmatch-round-1";

/// The rows of a frozen round.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrozenRound {
    /// Always `needmatch-round-1`.
    pub format: String,
    /// The round's settings, as they stood.
    pub settings: Value,
    /// Hash of the problem that rows and settings make.
    pub problem_sha256: String,
    periods: Vec<PeriodLabel>,
    states: BTreeMap<StateCode, State>,
    requests: Vec<Request>,
    components: Vec<Component>,
    offers: Vec<Offer>,
    offer_periods: Vec<OfferPeriod>,
    absorption: Vec<Absorption>,
    channels: Vec<ChannelLimit>,
    programmes: Vec<Programme>,
    suitability: Vec<Suitability>,
    locks: Vec<Lock>,
    baseline: Vec<Baseline>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct State {
    name: String,
    regions: Vec<RegionName>,
    groups: Vec<Group>,
}

impl FrozenRound {
    /// The rows of a scenario, with the hash of the problem it makes.
    pub(super) fn of(scenario: Scenario, settings: Value, problem_sha256: String) -> Self {
        let states = scenario
            .states
            .into_iter()
            .map(|(code, StateProfile { name, regions, groups })| (code, State { name, regions, groups }));
        Self {
            format: FORMAT.to_owned(),
            settings,
            problem_sha256,
            periods: scenario.periods,
            states: states.collect(),
            requests: scenario.requests,
            components: scenario.components,
            offers: scenario.offers,
            offer_periods: scenario.offer_periods,
            absorption: scenario.absorption,
            channels: scenario.channels,
            programmes: scenario.programmes,
            suitability: scenario.suitability,
            locks: scenario.locks,
            baseline: scenario.baseline,
        }
    }

    /// The rows with these settings.
    pub fn with(self, settings: Settings) -> Scenario {
        Scenario {
            settings,
            states: self.states(),
            periods: self.periods,
            requests: self.requests,
            components: self.components,
            offers: self.offers,
            offer_periods: self.offer_periods,
            absorption: self.absorption,
            channels: self.channels,
            programmes: self.programmes,
            suitability: self.suitability,
            locks: self.locks,
            baseline: self.baseline,
        }
    }

    /// States beside those of the reference table.
    pub fn states(&self) -> BTreeMap<StateCode, StateProfile> {
        let profile = |state: &State| StateProfile {
            name: state.name.clone(),
            regions: state.regions.clone(),
            groups: state.groups.clone(),
        };
        self.states.iter().map(|(code, state)| (code.clone(), profile(state))).collect()
    }

    /// How many requests, components and offers take part.
    pub fn counts(&self) -> (usize, usize, usize) {
        (self.requests.len(), self.components.len(), self.offers.len())
    }

    /// References of the requests and of the offers that take part.
    pub(super) fn references(&self) -> (Vec<String>, Vec<String>) {
        let requests = self.requests.iter().map(|request| request.id.to_string());
        (requests.collect(), self.offers.iter().map(|offer| offer.id.to_string()).collect())
    }

    /// What it was made from. Channels of the register stand among its own: those that its coordinators listed are told by
    /// the run.
    pub(super) fn sources(&self) -> Sources {
        let (requests, offers) = self.references();
        let has_inputs = !(self.absorption.is_empty()
            && self.suitability.is_empty()
            && self.locks.is_empty()
            && self.baseline.is_empty());
        let programmes = self.programmes.iter().map(|programme| programme.id.to_string()).collect();
        Sources { requests, offers, programmes, has_inputs }
    }

    /// Canonical bytes, which the hash is made of.
    pub(super) fn bytes(&self) -> Result<Vec<u8>, AppError> {
        canonical::to_bytes(self).map_err(|error| {
            tracing::error!(%error, "a frozen round cannot be written");
            AppError::Internal
        })
    }

    /// What was kept.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, AppError> {
        let frozen: Result<Self, _> = serde_json::from_slice(bytes);
        frozen.ok().filter(|round| round.format == FORMAT).ok_or_else(|| {
            tracing::error!("a frozen round cannot be read");
            AppError::Internal
        })
    }
}
