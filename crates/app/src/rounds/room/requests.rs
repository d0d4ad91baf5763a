//! What earlier rounds agreed, on the side that asks: `demand`, `choice` and `fragmentation`.

use std::collections::{BTreeMap, BTreeSet};

use needmatch_domain::ids::{ChoiceId, ComponentId, PeriodIndex, ProviderId, RequestId};
use needmatch_domain::scenario::{Component, Request, Scenario, Window};

use super::{Held, remaining, sums};

pub(super) fn narrow(scenario: &mut Scenario, held: &[Held]) {
    let mut used: BTreeMap<&ComponentId, BTreeMap<PeriodIndex, i64>> = BTreeMap::new();
    for ((component, period), quantity) in
        sums(held, |held| Some((&held.component, held.period?)), |held| held.quantity)
    {
        used.entry(component).or_default().insert(period, quantity);
    }
    let begun: BTreeSet<(&ChoiceId, &ComponentId)> =
        held.iter().filter_map(|held| Some((held.choice.as_ref()?, &held.component))).collect();
    let chosen: BTreeSet<&ChoiceId> = begun.iter().map(|(choice, _)| *choice).collect();
    for component in &mut scenario.components {
        if let (Some(most), Some(used)) = (component.period_max, used.get(&component.id)) {
            (component.window, component.period_max) = narrowed(component, most, used);
        }
        let alternative = component.choice.as_ref().filter(|choice| chosen.contains(choice));
        if alternative.is_some_and(|choice| !begun.contains(&(choice, &component.id))) {
            component.period_max = Some(0);
        }
    }
    let mut helping: BTreeMap<&RequestId, BTreeSet<&ProviderId>> = BTreeMap::new();
    for found in held {
        helping.entry(&found.request).or_default().insert(&found.provider);
    }
    for request in &mut scenario.requests {
        if let (Some(most), Some(helping)) = (request.max_providers, helping.get(&request.id)) {
            limit_providers(request, most, helping);
        }
    }
}

/// A component states one most for all of its periods: the window and the most in it that leave room for as much as
/// possible, and then for as long as possible.
fn narrowed(component: &Component, most: i64, used: &BTreeMap<PeriodIndex, i64>) -> (Window, Option<i64>) {
    let Window { first, last } = component.window;
    let outstanding = component.quantity - component.received;
    let room = |period: u32| (most - used.get(&PeriodIndex(period)).copied().unwrap_or(0)).max(0);
    let mut best = (0, 0, component.window, 0);
    for from in first.0..=last.0 {
        let mut least = most;
        for to in from..=last.0 {
            least = least.min(room(to));
            let length = to - from + 1;
            let reached = if component.divisible { least.saturating_mul(length.into()) } else { least };
            let worth = if component.divisible || reached >= outstanding { reached.min(outstanding) } else { 0 };
            if (worth, length) > (best.0, best.1) && least > 0 {
                best = (worth, length, Window { first: PeriodIndex(from), last: PeriodIndex(to) }, least);
            }
        }
    }
    (best.2, Some(best.3))
}

/// Once as many providers help as may, those alone may go on; until then each counts anew.
fn limit_providers(request: &mut Request, most: u32, helping: &BTreeSet<&ProviderId>) {
    let left = remaining(most, helping.len());
    if left > 0 {
        request.max_providers = Some(left);
        return;
    }
    let named = &request.circulated_to;
    let again = helping.iter().filter(|provider| named.is_empty() || named.contains(**provider));
    let again: BTreeSet<ProviderId> = again.map(|provider| (*provider).clone()).collect();
    request.max_providers = Some(u32::try_from(again.len()).unwrap_or(u32::MAX));
    // Nobody named would mean everybody.
    if !again.is_empty() {
        request.circulated_to = again;
    }
}
