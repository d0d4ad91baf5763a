//! One year of security aid as requests, offers and an earlier plan.

use std::collections::{BTreeMap, BTreeSet};

use super::flow::Flows;

/// First year of the table: what a provider served since then bounds its earmark.
pub(super) const SINCE: i16 = 2010;

/// A state and a purpose.
pub(super) type Need = (String, String);

/// What a provider disbursed in the year, and the purposes it served since [`SINCE`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Provider {
    pub(super) dollars: i64,
    pub(super) purposes: BTreeSet<String>,
}

/// A year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Year {
    pub(super) number: i16,
    /// Dollars received by state and purpose.
    pub(super) needs: BTreeMap<Need, i64>,
    /// By name.
    pub(super) providers: BTreeMap<String, Provider>,
    /// Dollars by need and provider.
    pub(super) payments: BTreeMap<(Need, String), i64>,
    /// Names of the states.
    pub(super) state_names: BTreeMap<String, String>,
    /// Names of all purposes of the table.
    pub(super) purpose_names: BTreeMap<String, String>,
}

impl Year {
    /// The year, with earmarks from everything up to its end.
    pub(super) fn of(flows: &Flows, year: i16) -> Self {
        let mut result = Self {
            number: year,
            needs: BTreeMap::new(),
            providers: BTreeMap::new(),
            payments: BTreeMap::new(),
            state_names: BTreeMap::new(),
            purpose_names: BTreeMap::new(),
        };
        for flow in &flows.rows {
            result.state_names.insert(flow.state.clone(), flow.state_name.clone());
            result.purpose_names.insert(flow.purpose.clone(), flow.purpose_name.clone());
        }
        for flow in flows.of(year) {
            let need = (flow.state.clone(), flow.purpose.clone());
            *result.needs.entry(need.clone()).or_default() += flow.dollars;
            result.providers.entry(flow.provider.clone()).or_default().dollars += flow.dollars;
            *result.payments.entry((need, flow.provider.clone())).or_default() += flow.dollars;
        }
        for flow in flows.rows.iter().filter(|flow| (SINCE..=year).contains(&flow.year)) {
            if let Some(provider) = result.providers.get_mut(&flow.provider) {
                provider.purposes.insert(flow.purpose.clone());
            }
        }
        result
    }

    /// Dollars disbursed in the year.
    pub(super) fn total(&self) -> i64 {
        self.needs.values().sum()
    }
}
