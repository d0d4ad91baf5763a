//! Offers of the problem. Money is converted to the accounting currency here, once: what a provider gives rounded down,
//! what it insists on rounded up.

use std::collections::{BTreeSet, HashMap};

use needmatch_domain::ids::{OfferId, ProviderId, ProviderIndex};
use needmatch_domain::money::Rate;
use needmatch_domain::problem;
use needmatch_domain::scenario::{Firmness, Form, Offer, Scenario};

use super::error::{FreezeError, FreezeFault};
use super::references::Tables;

/// The unit of money that stands for the accounting currency.
const ACCOUNTING_UNIT: &str = "currency";

pub(super) struct Converted {
    pub(super) providers: Vec<ProviderId>,
    pub(super) offers: Vec<problem::Offer>,
}

pub(super) fn convert(tables: &Tables<'_>, errors: &mut Vec<FreezeError>) -> Converted {
    let scenario = tables.lookup.scenario;
    let providers: BTreeSet<&ProviderId> = tables.offers.iter().map(|offer| &offer.provider).collect();
    let provider_at: HashMap<_, _> =
        providers.iter().enumerate().map(|(at, provider)| (*provider, ProviderIndex::of(at))).collect();
    let mut periods: HashMap<&OfferId, Vec<i64>> = HashMap::new();
    for row in &scenario.offer_periods {
        periods.entry(&row.offer).or_insert_with(|| vec![0; scenario.periods.len()])[row.period.at()] = row.quantity;
    }
    let offers = tables
        .offers
        .iter()
        .map(|offer| one(scenario, offer, provider_at[&offer.provider], periods.remove(&offer.id), errors))
        .collect();
    Converted { providers: providers.into_iter().cloned().collect(), offers }
}

fn one(
    scenario: &Scenario,
    offer: &Offer,
    provider: ProviderIndex,
    per_period: Option<Vec<i64>>,
    errors: &mut Vec<FreezeError>,
) -> problem::Offer {
    let rate = rate(scenario, offer).unwrap_or_else(|| {
        let fault = FreezeFault::MissingRate { currency: offer.unit.to_string() };
        errors.push(FreezeError::new("offers.csv", &offer.id, "unit", fault));
        Rate::ONE
    });
    let mut fitting = |file: &'static str, column: &'static str, converted: Result<i64, i128>| {
        converted.unwrap_or_else(|converted| {
            errors.push(FreezeError::new(file, &offer.id, column, FreezeFault::ConvertedTooLarge { converted }));
            0
        })
    };
    problem::Offer {
        id: offer.id.clone(),
        provider,
        quantity: fitting("offers.csv", "quantity", rate.convert_down(offer.quantity)),
        per_period: per_period.map(|held| {
            let down = |quantity| fitting("offer_periods.csv", "quantity", rate.convert_down(quantity));
            held.into_iter().map(down).collect()
        }),
        ticket_min: offer.ticket_min.map(|least| fitting("offers.csv", "ticket_min", rate.convert_up(least))),
        ticket_max: offer.ticket_max.map(|most| fitting("offers.csv", "ticket_max", rate.convert_down(most))),
        state_max: offer.state_max.map(|most| fitting("offers.csv", "state_max", rate.convert_down(most))),
        max_requests: offer.max_requests,
        channel: offer.channel.clone(),
        delivery_permille: offer.delivery_permille,
        unit_value: offer.unit_value.filter(|_| offer.form == Form::InKind),
        pledge: offer.firmness == Firmness::Pledge,
        sdg_targets: offer.sdg_targets.iter().cloned().collect(),
    }
}

/// Accounting currency per unit of a money offer; one for goods and services. `None`: the scenario gives no rate.
fn rate(scenario: &Scenario, offer: &Offer) -> Option<Rate> {
    let unit = offer.unit.as_str();
    let settings = &scenario.settings;
    if offer.form == Form::InKind || unit == ACCOUNTING_UNIT || unit == settings.currency {
        Some(Rate::ONE)
    } else {
        settings.rates.get(unit).copied()
    }
}
