//! An offer that does not exist yet: so much more of what kind.

use needmatch_domain::geography::Group;
use needmatch_domain::ids::{ComponentId, OfferId, PeriodIndex, ProviderId};
use needmatch_domain::reason::Change;
use needmatch_domain::scenario::{Firmness, Form, Offer, Scenario, Visibility, Window};

use super::folder::change;

/// The provider of an offer nobody has made.
const UNKNOWN_PROVIDER: &str = "to-be-found";

/// The unit of money.
const CURRENCY: &str = "currency";

/// Adds an offer made for a component: its state, area and type, in its unit; money for money.
pub(super) fn offer(scenario: &mut Scenario, id: &OfferId, component: &ComponentId, units: i64) -> Option<Vec<Change>> {
    let component = scenario.components.iter().find(|found| found.id == *component)?;
    let request = scenario.requests.iter().find(|found| found.id == component.request)?;
    let money = component.unit.as_str() == CURRENCY;
    let provider: ProviderId = match request.circulated_to.iter().find(|one| !request.excluded_providers.contains(*one))
    {
        Some(provider) => provider.clone(),
        None => UNKNOWN_PROVIDER.parse().ok()?,
    };
    let offer = Offer {
        id: id.clone(),
        provider,
        title: String::new(),
        form: if money { Form::Money } else { Form::InKind },
        types: [component.r#type].into(),
        areas: [request.area.clone()].into(),
        item: component.item.clone().filter(|_| !money),
        unit: component.unit.clone(),
        quantity: units,
        unit_value: None,
        firmness: Firmness::Commitment,
        states: [request.state.clone()].into(),
        regions: [].into(),
        groups: std::collections::BTreeSet::<Group>::new(),
        excluded_states: [].into(),
        contexts: [].into(),
        window: Window { first: PeriodIndex(0), last: PeriodIndex::of(scenario.periods.len() - 1) },
        ticket_min: None,
        ticket_max: None,
        state_max: None,
        max_requests: None,
        min_contribution_percent: 0,
        min_sustainability: 0,
        requires_action_plan: false,
        report_since: None,
        channel: None,
        delivery_permille: 1000,
        preferred_areas: [].into(),
        sdg_targets: [].into(),
        visibility: Visibility::Public,
    };
    let on = |field, to: String| change("offers.csv", id.as_str(), field, "", to);
    let mut changes = vec![
        on("provider", offer.provider.to_string()),
        on("form", offer.form.to_string()),
        on("types", component.r#type.to_string()),
        on("areas", request.area.to_string()),
        on("unit", offer.unit.to_string()),
        on("quantity", units.to_string()),
        on("states", request.state.to_string()),
    ];
    changes.extend(offer.item.as_ref().map(|item| on("item", item.to_string())));
    scenario.offers.push(offer);
    Some(changes)
}
