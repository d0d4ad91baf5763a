//! What earlier rounds agreed takes up room. A limit that a state, a provider or a channel sets is meant for all rounds
//! together, and a frozen problem knows of its own plan alone: so what is agreed and still held to is taken off the limits
//! before the round is frozen, and any plan it then allows keeps every one of them together with what was agreed.
//!
//! A scenario states some limits once for an offer or a request and not for each pair. Where what is left differs from
//! pair to pair it is narrowed further than it had to be, never less; `docs/rules.md` says how far.

mod offers;
mod requests;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use needmatch_domain::ids::{
    ChannelId, ChoiceId, ComponentId, OfferId, PeriodIndex, PeriodLabel, ProviderId, RequestId, StateCode,
};
use needmatch_domain::scenario::{ChannelLimit, Scenario};
use needmatch_store::Session;
use needmatch_store::agreements::Standing;

use super::document::RoundDocument;
use super::rows::reference;
use crate::error::AppError;
use crate::offers::OfferDetails;
use crate::requests::{ComponentDetails, stored};

/// A match that was agreed in an earlier round, as far as it is still held to.
#[derive(Debug, Clone)]
pub(super) struct Held {
    component: ComponentId,
    choice: Option<ChoiceId>,
    request: RequestId,
    state: StateCode,
    offer: OfferId,
    provider: ProviderId,
    channel: Option<ChannelId>,
    /// `None`: outside the horizon.
    period: Option<PeriodIndex>,
    /// In the component's unit.
    quantity: i64,
    /// In the offer's unit.
    draw: i64,
    /// Accounting currency.
    cost: i64,
}

/// What was agreed and is held to, of a round's collection.
pub(super) async fn held(session: &mut Session, round: &RoundDocument) -> Result<Vec<Held>, AppError> {
    let mut found = Vec::new();
    for row in session.standing_matches().await? {
        let offer: OfferDetails = stored("offer", &row.offer_body)?;
        if offer.collection == round.collection {
            found.push(read(round, &row, offer)?);
        }
    }
    Ok(found)
}

fn read(round: &RoundDocument, row: &Standing, offer: OfferDetails) -> Result<Held, AppError> {
    let component: ComponentDetails = stored("component", &row.component_body)?;
    let period: PeriodLabel = reference(&row.period)?;
    Ok(Held {
        component: reference(&row.component)?,
        choice: component.choice,
        request: reference(&row.request)?,
        state: reference(&row.state)?,
        offer: reference(&row.offer)?,
        provider: reference(&row.provider)?,
        channel: offer.channel,
        period: round.period(&period),
        quantity: row.quantity,
        draw: row.draw,
        cost: row.cost,
    })
}

/// Takes what is held to off every limit of a scenario but the totals of components and offers, which know of it.
pub(super) fn leave_room(scenario: &mut Scenario, held: &[Held]) {
    if held.is_empty() {
        return;
    }
    requests::narrow(scenario, held);
    offers::narrow(scenario, held);
    states(scenario, held);
    channels(scenario, held);
}

fn sums<'a, K: Ord>(
    held: impl IntoIterator<Item = &'a Held>,
    key: impl Fn(&'a Held) -> Option<K>,
    amount: impl Fn(&Held) -> i64,
) -> BTreeMap<K, i64> {
    let mut sums = BTreeMap::new();
    for found in held {
        if let Some(key) = key(found) {
            *sums.entry(key).or_default() += amount(found);
        }
    }
    sums
}

/// How many of what is counted remain.
fn remaining(most: u32, taken: usize) -> u32 {
    most.saturating_sub(u32::try_from(taken).unwrap_or(u32::MAX))
}

fn states(scenario: &mut Scenario, held: &[Held]) {
    let costs = sums(held, |held| Some((&held.state, held.period?)), |held| held.cost);
    let mut running: BTreeMap<_, BTreeSet<&RequestId>> = BTreeMap::new();
    for found in held {
        if let Some(period) = found.period {
            running.entry((&found.state, period)).or_default().insert(&found.request);
        }
    }
    for row in &mut scenario.absorption {
        let key = (&row.state, row.period);
        let (cost, requests) = (costs.get(&key).copied().unwrap_or(0), running.get(&key).map_or(0, BTreeSet::len));
        row.amount = row.amount.map(|most| (most - cost).max(0));
        row.requests = row.requests.map(|most| remaining(most, requests));
    }
}

fn channels(scenario: &mut Scenario, held: &[Held]) {
    let carried = sums(held, |held| Some((held.channel.as_ref()?, held.period?, &held.state)), |held| held.cost);
    let mut rows = std::mem::take(&mut scenario.channels);
    for row in &mut rows {
        let counts = |(channel, period, state): &(&ChannelId, PeriodIndex, &StateCode)| {
            **channel == row.id && row.period.is_none_or(|own| own == *period) && reaches(scenario, row, state)
        };
        let cost: i64 = carried.iter().filter(|(key, _)| counts(key)).map(|(_, cost)| cost).sum();
        row.amount = row.amount.map(|most| (most - cost).max(0));
    }
    scenario.channels = rows;
}

fn reaches(scenario: &Scenario, row: &ChannelLimit, state: &StateCode) -> bool {
    let inside = || scenario.state(state).is_some_and(|state| state.regions.iter().any(|at| row.regions.contains(at)));
    row.regions.is_empty() || inside()
}
