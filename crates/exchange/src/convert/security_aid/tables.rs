//! The tables of a year, row by key, so that two years can be compared.

use std::collections::BTreeMap;

use super::PERIOD;
use super::year::{Need, Year};

pub(super) const REQUESTS: [&str; 5] = ["id", "state", "title", "area", "source"];
pub(super) const COMPONENTS: [&str; 6] = ["id", "request", "type", "unit", "quantity", "unit_cost"];
pub(super) const OFFERS: [&str; 8] = ["id", "provider", "title", "form", "areas", "unit", "quantity", "states"];
pub(super) const BASELINE: [&str; 4] = ["component", "offer", "period", "quantity"];

/// Rows by key as `[drop]` writes it, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Table(BTreeMap<String, Vec<String>>);

impl Table {
    pub(super) fn rows(&self) -> Vec<Vec<String>> {
        self.0.values().cloned().collect()
    }

    /// Rows that the other table lacks or has otherwise.
    pub(super) fn different_from(&self, other: &Self) -> Vec<Vec<String>> {
        self.0.iter().filter(|(key, row)| other.0.get(*key) != Some(row)).map(|(_, row)| row.clone()).collect()
    }

    /// Keys that the other table lacks.
    pub(super) fn missing_in(&self, other: &Self) -> Vec<String> {
        self.0.keys().filter(|key| !other.0.contains_key(*key)).cloned().collect()
    }
}

/// The tables of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tables {
    pub(super) requests: Table,
    pub(super) components: Table,
    pub(super) offers: Table,
    pub(super) baseline: Table,
}

impl Tables {
    pub(super) fn of(year: &Year) -> Self {
        let states: Vec<_> = year.state_names.keys().cloned().collect();
        let requests = year.needs.keys().map(|need| {
            let (state, purpose) = need;
            let title = format!("{}: {}", year.state_names[state], year.purpose_names[purpose]);
            let row = [request_id(need), state.clone(), title, area(purpose), "OECD CRS, disbursements".to_owned()];
            (request_id(need), row.to_vec())
        });
        let components = year.needs.iter().map(|(need, dollars)| {
            let row = [
                component_id(need),
                request_id(need),
                "funds".into(),
                "currency".into(),
                dollars.to_string(),
                "1".into(),
            ];
            (component_id(need), row.to_vec())
        });
        let offers = year.providers.iter().map(|(name, provider)| {
            let areas: Vec<_> = provider.purposes.iter().map(|purpose| area(purpose)).collect();
            let row = [
                offer_id(name),
                name.clone(),
                format!("{name}: security aid to Pacific states"),
                "money".to_owned(),
                areas.join(";"),
                "currency".to_owned(),
                provider.dollars.to_string(),
                states.join(";"),
            ];
            (offer_id(name), row.to_vec())
        });
        let baseline = year.payments.iter().map(|((need, provider), dollars)| {
            let row = [component_id(need), offer_id(provider), PERIOD.to_owned(), dollars.to_string()];
            (row[..2].join("@"), row.to_vec())
        });
        Self {
            requests: Table(requests.collect()),
            components: Table(components.collect()),
            offers: Table(offers.collect()),
            baseline: Table(baseline.collect()),
        }
    }
}

/// The area of a purpose.
pub(super) fn area(purpose: &str) -> String {
    format!("crs_{purpose}")
}

fn request_id((state, purpose): &Need) -> String {
    format!("{state}-{purpose}")
}

fn component_id(need: &Need) -> String {
    format!("{}-funds", request_id(need))
}

/// The provider's name in small letters, words joined by hyphens.
fn offer_id(provider: &str) -> String {
    let words = provider.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}
