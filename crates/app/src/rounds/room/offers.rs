//! What earlier rounds agreed, on the side that gives: `capacity`, `ticket`, `state_limit` and `reach`.

use std::collections::{BTreeMap, BTreeSet};

use needmatch_domain::ids::{AreaCode, ComponentId, OfferId, RequestId, StateCode};
use needmatch_domain::money::Rate;
use needmatch_domain::scenario::{Component, Form, Lock, LockKind, Offer, Request, Scenario, Settings};

use super::{Held, remaining, sums};

pub(super) fn narrow(scenario: &mut Scenario, held: &[Held]) {
    let by_period = sums(held, |held| Some((&held.offer, held.period?)), |held| held.draw);
    for row in &mut scenario.offer_periods {
        let given = by_period.get(&(&row.offer, row.period)).copied().unwrap_or(0);
        row.quantity = (row.quantity - given).max(0);
    }
    let mut parts: BTreeMap<&OfferId, Vec<&Held>> = BTreeMap::new();
    for found in held {
        parts.entry(&found.offer).or_default().push(found);
    }
    let mut offers = std::mem::take(&mut scenario.offers);
    let mut asking = Asking::of(scenario);
    for offer in &mut offers {
        let Some(parts) = parts.get(&offer.id) else { continue };
        if let Some(most) = offer.ticket_max {
            for (request, given) in sums(parts.iter().copied(), |part| Some(&part.request), |part| part.draw) {
                asking.bar_beyond(offer, most - given, asking.of_request(request));
            }
        }
        if let Some(most) = offer.state_max {
            for (state, given) in sums(parts.iter().copied(), |part| Some(&part.state), |part| part.draw) {
                asking.bar_beyond(offer, most - given, asking.of_state(state));
            }
        }
        if let Some(most) = offer.max_requests {
            limit_requests(offer, most, parts, &mut asking);
        }
    }
    let barred = asking.barred.into_iter().map(|(component, offer)| Lock {
        component,
        offer,
        period: None,
        quantity: 0,
        kind: LockKind::Forbid,
    });
    scenario.locks.extend(barred.collect::<Vec<_>>());
    scenario.offers = offers;
}

/// Once an offer takes part in as many requests as it may, it may go on in those alone; until then each counts anew.
fn limit_requests(offer: &mut Offer, most: u32, parts: &[&Held], asking: &mut Asking<'_>) {
    let given = sums(parts.iter().copied(), |part| Some(&part.request), |part| part.draw);
    let left = remaining(most, given.len());
    if left > 0 {
        offer.max_requests = Some(left);
        return;
    }
    let again: Vec<&Request> = asking.requests.iter().copied().filter(|asks| given.contains_key(&asks.id)).collect();
    let again: Vec<&Request> = again.into_iter().filter(|asks| asking.reaches(offer, &asks.state)).collect();
    offer.max_requests = Some(u32::try_from(again.len()).unwrap_or(u32::MAX));
    if again.is_empty() {
        return;
    }
    // Whoever has had a whole ticket may have less this time.
    offer.ticket_min = offer.ticket_min.filter(|least| again.iter().any(|asks| given[&asks.id] < *least));
    offer.states = again.iter().map(|asks| asks.state.clone()).collect();
    offer.regions.clear();
    let others = asking.requests.iter().filter(|asks| offer.states.contains(&asks.state));
    let others = others.filter(|asks| !given.contains_key(&asks.id)).flat_map(|asks| asking.of_request(&asks.id));
    for component in others.collect::<Vec<_>>() {
        asking.bar(component, offer);
    }
}

/// What is asked for, and what an offer must keep away from.
struct Asking<'a> {
    scenario: &'a Scenario,
    /// By priority, then id.
    requests: Vec<&'a Request>,
    components: BTreeMap<&'a RequestId, Vec<&'a Component>>,
    areas: BTreeMap<&'a RequestId, &'a AreaCode>,
    draws: BTreeMap<(&'a ComponentId, &'a OfferId), i64>,
    /// Pairs that the round says something of itself.
    named: BTreeSet<(&'a ComponentId, &'a OfferId)>,
    barred: BTreeSet<(ComponentId, OfferId)>,
}

impl<'a> Asking<'a> {
    fn of(scenario: &'a Scenario) -> Self {
        let mut requests: Vec<&Request> = scenario.requests.iter().collect();
        requests.sort_by_key(|request| (request.priority, &request.id));
        let mut components: BTreeMap<&RequestId, Vec<&Component>> = BTreeMap::new();
        for component in &scenario.components {
            components.entry(&component.request).or_default().push(component);
        }
        let draws =
            scenario.suitability.iter().filter_map(|row| Some(((&row.component, &row.offer), row.draw_permille?)));
        let fixed = |lock: &&Lock| lock.kind == LockKind::Lock || lock.period.is_none();
        let named = scenario.locks.iter().filter(fixed).map(|lock| (&lock.component, &lock.offer));
        let areas = scenario.requests.iter().map(|request| (&request.id, &request.area)).collect();
        let (draws, named) = (draws.collect(), named.collect());
        Self { scenario, requests, components, areas, draws, named, barred: BTreeSet::new() }
    }

    fn of_request(&self, request: &RequestId) -> Vec<&'a Component> {
        self.components.get(request).cloned().unwrap_or_default()
    }

    fn of_state(&self, state: &StateCode) -> Vec<&'a Component> {
        let asks = self.requests.iter().filter(|request| request.state == *state);
        asks.flat_map(|request| self.of_request(&request.id)).collect()
    }

    /// Keeps an offer, of whose unit so much is left for these components together, from those that it could give more
    /// than that, in their order.
    fn bar_beyond(&mut self, offer: &Offer, left: i64, components: Vec<&'a Component>) {
        if offer.quantity <= left {
            return;
        }
        let mut left = i128::from(worth(&self.scenario.settings, offer, left.max(0))) * 1000;
        for component in components {
            let draw = self.most_drawn(component, offer);
            if draw <= left && self.is_meant(component, offer) {
                left -= draw;
            } else {
                self.bar(component, offer);
            }
        }
    }

    /// Whether the offer's areas and types let it serve the component. What they keep away takes up no room that others
    /// could use, whatever a scenario of the round makes of these rules.
    fn is_meant(&self, component: &Component, offer: &Offer) -> bool {
        let area = || self.areas.get(&component.request).is_some_and(|area| offer.areas.contains(*area));
        (offer.areas.is_empty() || area()) && (offer.types.is_empty() || offer.types.contains(&component.r#type))
    }

    /// The most that a component could take, in thousandths of the offer's unit; nothing of goods counted otherwise.
    fn most_drawn(&self, component: &Component, offer: &Offer) -> i128 {
        let usual = match offer.form {
            Form::Money => i128::from(component.unit_cost) * i128::from(offer.delivery_permille),
            Form::InKind if component.unit == offer.unit => 1000,
            Form::InKind => return 0,
        };
        let draw = self.draws.get(&(&component.id, &offer.id)).map_or(usual, |draw| i128::from(*draw));
        i128::from((component.quantity - component.received).max(0)) * draw
    }

    /// What the coordinator said of a pair stands.
    fn bar(&mut self, component: &Component, offer: &Offer) {
        if !self.named.contains(&(&component.id, &offer.id)) {
            self.barred.insert((component.id.clone(), offer.id.clone()));
        }
    }

    fn reaches(&self, offer: &Offer, state: &StateCode) -> bool {
        let everywhere = offer.states.is_empty() && offer.regions.is_empty();
        let inside = || {
            let profile = self.scenario.state(state);
            profile.is_some_and(|profile| profile.regions.iter().any(|region| offer.regions.contains(region)))
        };
        everywhere || offer.states.contains(state) || inside()
    }
}

/// An amount of an offer's unit in that of the problem, rounded down.
fn worth(settings: &Settings, offer: &Offer, amount: i64) -> i64 {
    let is_foreign = offer.form == Form::Money && offer.unit.as_str() != settings.currency;
    let rate = if is_foreign { settings.rates.get(offer.unit.as_str()).copied() } else { None };
    rate.unwrap_or(Rate::ONE).convert_down(amount).unwrap_or(i64::MAX)
}
