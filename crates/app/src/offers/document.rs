//! An offer as a JSON document. To add a field: here, in the details, and in the wire type of the API.

use std::collections::BTreeSet;

use iso_currency::Currency;
use needmatch_domain::area::{BUILT_IN_AREAS, is_built_in};
use needmatch_domain::geography;
use needmatch_domain::geography::Group;
use needmatch_domain::ids::{AreaCode, OfferId, PeriodLabel, RegionName, StateCode, UnitCode};
use needmatch_domain::money::MAX_AMOUNT;
use needmatch_domain::scenario::Form;
use needmatch_store::register::OfferContent;
use serde_json::Value;

use super::{OfferDetails, PeriodQuantity};
use crate::document::{Fields, MAX_LINE, id, text};
use crate::error::{Fault, Faults};

/// The unit of money.
const CURRENCY: &str = "currency";

/// Fields of an offer.
pub const OFFER_FIELDS: [&str; 34] = [
    "reference",
    "external_id",
    "provider",
    "title",
    "form",
    "types",
    "areas",
    "item",
    "unit",
    "quantity",
    "unit_value",
    "firmness",
    "states",
    "regions",
    "groups",
    "excluded_states",
    "contexts",
    "from",
    "to",
    "periods",
    "ticket_min",
    "ticket_max",
    "state_max",
    "max_requests",
    "min_contribution_percent",
    "min_sustainability",
    "requires_action_plan",
    "report_since",
    "channel",
    "delivery_permille",
    "preferred_areas",
    "sdg_targets",
    "visibility",
    "valid_until",
];

/// States and regions beside those of the reference table: what registered parties brought with them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Declared {
    pub(crate) states: BTreeSet<StateCode>,
    pub(crate) regions: BTreeSet<RegionName>,
}

/// An offer as read: its provider is looked up by the caller.
pub(super) struct OfferDocument {
    pub(super) provider: Option<String>,
    pub(super) content: OfferContent,
}

/// Reads an offer. `reference` is the one it has, or a new one, where the document names none.
pub(super) fn read(
    document: &Value,
    reference: &str,
    at: &str,
    declared: &Declared,
    faults: &mut Faults,
) -> Option<OfferDocument> {
    let mut fields = Fields::of(document, at, faults)?;
    let reference = fields.id::<OfferId>("reference").map_or_else(|| reference.to_owned(), |id| id.to_string());
    let external_id = fields.id::<OfferId>("external_id").map(|id| id.to_string());
    let provider = fields.text("provider");
    let title = fields.required_text("title");
    let form = fields.required_word::<Form>("form");
    let unit = fields.required_id::<UnitCode>("unit");
    if let (Some(form), Some(unit)) = (form, &unit) {
        check_unit(&mut fields, form, unit);
    }
    let quantity = fields.required_whole::<i64>("quantity", 1..=MAX_AMOUNT);
    let visibility = fields.word("visibility").unwrap_or_default();
    let valid_until = fields.date("valid_until");
    let areas: BTreeSet<AreaCode> = read_areas(&mut fields, "areas");
    let details = read_details(&mut fields, declared);
    fields.finish();
    let content = OfferContent {
        reference,
        external_id,
        title: title?,
        form: form?,
        unit: unit?.to_string(),
        quantity: quantity?,
        visibility,
        valid_until,
        areas: areas.iter().map(ToString::to_string).collect(),
        body: serde_json::to_value(&details).expect("details have text keys only"),
    };
    Some(OfferDocument { provider, content })
}

fn read_details(fields: &mut Fields<'_>, declared: &Declared) -> OfferDetails {
    let (from, to) = (fields.id::<PeriodLabel>("from"), fields.id::<PeriodLabel>("to"));
    let ticket_min = fields.whole::<i64>("ticket_min", 0..=MAX_AMOUNT);
    let ticket_max = fields.whole::<i64>("ticket_max", 0..=MAX_AMOUNT);
    if let (Some(least), Some(ticket_max)) = (ticket_min, ticket_max)
        && least > ticket_max
    {
        fields.refuse("ticket_min", Some(&least.to_string()), Fault::TicketsUpsideDown { ticket_max });
    }
    OfferDetails {
        types: fields.words("types"),
        item: fields.id("item"),
        unit_value: fields.whole("unit_value", 0..=MAX_AMOUNT),
        firmness: fields.word("firmness").unwrap_or_default(),
        states: read_states(fields, "states", declared),
        regions: read_regions(fields, declared),
        groups: read_groups(fields),
        excluded_states: read_states(fields, "excluded_states", declared),
        contexts: fields.words("contexts"),
        from,
        to,
        periods: fields.list("periods", read_period),
        ticket_min,
        ticket_max,
        state_max: fields.whole("state_max", 0..=MAX_AMOUNT),
        max_requests: fields.whole("max_requests", 0..=1_000_000_000),
        min_contribution_percent: fields.whole("min_contribution_percent", 0..=100).unwrap_or(0),
        min_sustainability: fields.whole("min_sustainability", 0..=100).unwrap_or(0),
        requires_action_plan: fields.flag("requires_action_plan", false),
        report_since: fields.whole("report_since", 1900..=2200),
        channel: fields.id("channel"),
        delivery_permille: fields.whole("delivery_permille", 1..=1_000_000).unwrap_or(1000),
        preferred_areas: read_areas(fields, "preferred_areas"),
        sdg_targets: fields.ids("sdg_targets"),
        collection: None,
    }
}

/// Money has a currency for unit, anything else has not.
fn check_unit(fields: &mut Fields<'_>, form: Form, unit: &UnitCode) {
    let unit = unit.as_str();
    match form {
        Form::InKind if unit == CURRENCY => fields.refuse("unit", Some(unit), Fault::CurrencyInKind {}),
        Form::Money if unit != CURRENCY && Currency::from_code(unit).is_none() => {
            fields.refuse("unit", Some(unit), Fault::UnitOfMoney {});
        }
        _ => {}
    }
}

fn read_areas(fields: &mut Fields<'_>, name: &'static str) -> BTreeSet<AreaCode> {
    let areas = fields.list(name, |item, pointer, faults| {
        let code = text(item, pointer, MAX_LINE, faults)?;
        let area = id::<AreaCode>(&code, pointer, faults)?;
        if is_built_in(&area) {
            return Some(area);
        }
        faults.push(pointer, Some(&code), Fault::UnknownArea { allowed: BUILT_IN_AREAS.join(", ") });
        None
    });
    areas.into_iter().collect()
}

fn read_states(fields: &mut Fields<'_>, name: &'static str, declared: &Declared) -> BTreeSet<StateCode> {
    let states = fields.list(name, |item, pointer, faults| {
        let code = text(item, pointer, MAX_LINE, faults)?;
        let state = id::<StateCode>(&code, pointer, faults)?;
        if geography::country(&code).is_some() || declared.states.contains(&state) {
            return Some(state);
        }
        faults.push(pointer, Some(&code), Fault::UnknownState {});
        None
    });
    states.into_iter().collect()
}

fn read_regions(fields: &mut Fields<'_>, declared: &Declared) -> BTreeSet<RegionName> {
    let regions = fields.list("regions", |item, pointer, faults| {
        let name = text(item, pointer, MAX_LINE, faults)?;
        let canonical = geography::region(&name).map_or(name.as_str(), |region| region.name);
        let region = id::<RegionName>(canonical, pointer, faults)?;
        if geography::region(&name).is_some() || declared.regions.contains(&region) {
            return Some(region);
        }
        faults.push(pointer, Some(&name), Fault::UnknownRegion {});
        None
    });
    regions.into_iter().collect()
}

fn read_groups(fields: &mut Fields<'_>) -> BTreeSet<Group> {
    let groups = fields.list("groups", |item, pointer, faults| {
        let code = text(item, pointer, MAX_LINE, faults)?;
        let group = code.parse::<Group>().ok();
        if group.is_none() {
            let allowed = Group::ALL.map(Group::code).join(", ");
            faults.push(pointer, Some(&code), Fault::UnknownWord { allowed });
        }
        group
    });
    groups.into_iter().collect()
}

fn read_period(item: &Value, pointer: &str, faults: &mut Faults) -> Option<PeriodQuantity> {
    let mut fields = Fields::of(item, pointer, faults)?;
    let period = fields.required_id("period");
    let quantity = fields.required_whole("quantity", 0..=MAX_AMOUNT);
    fields.finish();
    Some(PeriodQuantity { period: period?, quantity: quantity? })
}
