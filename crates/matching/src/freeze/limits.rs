//! States with what they can take in, limits of channels, shares of regions.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use needmatch_domain::ids::{RegionName, StateCode, StateIndex};
use needmatch_domain::problem::{Absorption, Channel, RegionShare, State};

use super::outstanding::Open;
use super::references::Tables;

/// States with a request that is left, by code.
pub(super) fn states(tables: &Tables<'_>, open: &Open<'_>) -> Vec<State> {
    let mut absorption: HashMap<&StateCode, Vec<Absorption>> = HashMap::new();
    for row in tables.lookup.scenario.absorption.iter().filter(|row| row.amount.is_some() || row.requests.is_some()) {
        let limit = Absorption { period: row.period, amount: row.amount, requests: row.requests };
        absorption.entry(&row.state).or_default().push(limit);
    }
    let codes: BTreeSet<&StateCode> = open.requests.iter().map(|request| &request.state).collect();
    codes
        .into_iter()
        .map(|code| {
            let mut absorption = absorption.remove(code).unwrap_or_default();
            absorption.sort_by_key(|limit| limit.period);
            let regions = tables.lookup.profile(code).map(|profile| profile.regions.clone()).unwrap_or_default();
            State { code: code.clone(), regions, absorption }
        })
        .collect()
}

/// Limits of channels, by id, then period, then regions and amount. A row without an amount limits where the channel
/// reaches, which eligibility looks at.
pub(super) fn channels(tables: &Tables<'_>, states: &[State]) -> Vec<Channel> {
    let mut rows: Vec<_> = tables.lookup.scenario.channels.iter().filter(|row| row.amount.is_some()).collect();
    rows.sort_by_key(|row| (&row.id, row.period, &row.regions, row.amount));
    let limits = rows.into_iter().filter_map(|row| {
        let within = |state: &State| state.regions.iter().any(|region| row.regions.contains(region));
        Some(Channel {
            id: row.id.clone(),
            period: row.period,
            states: (!row.regions.is_empty()).then(|| which(states, within)),
            amount: row.amount?,
        })
    });
    limits.collect()
}

/// Shares of regions, by name, each with the states that lie in the region at any level.
pub(super) fn shares(permille: &BTreeMap<RegionName, u32>, states: &[State]) -> Vec<RegionShare> {
    let shares = permille.iter().map(|(region, share)| RegionShare {
        region: region.clone(),
        states: which(states, |state| state.regions.contains(region)),
        share_permille: i64::from(*share),
    });
    shares.collect()
}

fn which(states: &[State], holds: impl Fn(&State) -> bool) -> Vec<StateIndex> {
    let found = states.iter().enumerate().filter(|(_, state)| holds(state));
    found.map(|(at, _)| StateIndex::of(at)).collect()
}
