//! A request as a JSON document. To add a field: here, in the details, and in the wire type of the API.

use std::collections::BTreeSet;

use needmatch_domain::area::{BUILT_IN_AREAS, ComponentType, is_built_in};
use needmatch_domain::ids::{AreaCode, ComponentId, PeriodLabel, RequestId, UnitCode};
use needmatch_domain::money::MAX_AMOUNT;
use needmatch_domain::scenario::Obstacle;
use needmatch_domain::scenario::register::OBSTACLES;
use needmatch_store::MAX_COMPONENTS;
use needmatch_store::register::{NewComponent, RequestContent};
use serde_json::Value;

use super::{ComponentDetails, RequestDetails};
use crate::app::new_key;
use crate::document::{Fields, MAX_LINE, text};
use crate::error::{Fault, Faults};

/// The unit of money.
pub(crate) const CURRENCY: &str = "currency";

/// Kinds of national contribution (¶105).
const CONTRIBUTION_KINDS: [&str; 3] = ["financial", "administrative", "in_kind"];

/// Fields of a request.
pub const REQUEST_FIELDS: [&str; 23] = [
    "reference",
    "external_id",
    "state",
    "title",
    "area",
    "priority",
    "authority",
    "context",
    "action_plan_date",
    "report_year",
    "contribution_percent",
    "contribution_kinds",
    "sustainability",
    "max_providers",
    "excluded_providers",
    "preferred_providers",
    "sdg_targets",
    "package",
    "valid_until",
    "obstacles",
    "source",
    "evidence",
    "components",
];

/// Fields of a component.
pub const COMPONENT_FIELDS: [&str; 16] = [
    "reference",
    "type",
    "item",
    "unit",
    "quantity",
    "received",
    "minimum",
    "unit_cost",
    "divisible",
    "from",
    "to",
    "period_max",
    "requires",
    "choice",
    "covered_by",
    "sustainability_points",
];

/// A request as read: its state is looked up by the caller.
pub(super) struct RequestDocument {
    pub(super) state: Option<String>,
    pub(super) content: RequestContent,
    pub(super) components: Vec<NewComponent>,
}

/// Reads a request. `reference` is the one it has, or a new one, where the document names none.
pub(super) fn read(document: &Value, reference: &str, at: &str, faults: &mut Faults) -> Option<RequestDocument> {
    let mut fields = Fields::of(document, at, faults)?;
    let reference = fields.id::<RequestId>("reference").map_or_else(|| reference.to_owned(), |id| id.to_string());
    let external_id = fields.id::<RequestId>("external_id").map(|id| id.to_string());
    let state = fields.text("state");
    let title = fields.required_text("title");
    let area = read_area(&mut fields);
    let priority = fields.whole("priority", 1..=5).unwrap_or(3);
    let valid_until = fields.date("valid_until");
    let components = read_components(&mut fields, &reference);
    let details = read_details(&mut fields, &components);
    let package = details.package.as_ref().map(ToString::to_string);
    fields.finish();
    let body = serde_json::to_value(&details).expect("details have text keys only");
    let content = RequestContent {
        reference,
        external_id,
        state: state.clone().unwrap_or_default(),
        area: area?,
        priority,
        title: title?,
        package,
        valid_until,
        body,
    };
    Some(RequestDocument { state, content, components })
}

fn read_area(fields: &mut Fields<'_>) -> Option<String> {
    let area = fields.required_id::<AreaCode>("area")?;
    if is_built_in(&area) {
        return Some(area.to_string());
    }
    fields.refuse("area", Some(area.as_str()), Fault::UnknownArea { allowed: BUILT_IN_AREAS.join(", ") });
    None
}

fn read_details(fields: &mut Fields<'_>, components: &[NewComponent]) -> RequestDetails {
    let contribution_kinds: Vec<String> = fields.list("contribution_kinds", |item, pointer, faults| {
        let kind = text(item, pointer, MAX_LINE, faults)?;
        if CONTRIBUTION_KINDS.contains(&kind.as_str()) {
            return Some(kind);
        }
        faults.push(pointer, Some(&kind), Fault::UnknownWord { allowed: CONTRIBUTION_KINDS.join(", ") });
        None
    });
    let own: BTreeSet<&str> = components.iter().map(|component| component.reference.as_str()).collect();
    let obstacles = fields.list("obstacles", |item, pointer, faults| read_obstacle(item, pointer, &own, faults));
    RequestDetails {
        authority: fields.text("authority").unwrap_or_default(),
        context: fields.word("context").unwrap_or_default(),
        action_plan_date: fields.date("action_plan_date"),
        report_year: fields.whole("report_year", 1900..=2200),
        contribution_percent: fields.whole("contribution_percent", 0..=100).unwrap_or(0),
        contribution_kinds: contribution_kinds.into_iter().collect(),
        sustainability: fields.whole("sustainability", 0..=100).unwrap_or(0),
        max_providers: fields.whole("max_providers", 0..=1_000_000),
        excluded_providers: fields.ids("excluded_providers"),
        preferred_providers: fields.ids("preferred_providers"),
        sdg_targets: fields.ids("sdg_targets"),
        package: fields.id("package"),
        obstacles,
        source: fields.text("source").unwrap_or_default(),
        evidence: fields.text("evidence"),
        report: None,
        collection: None,
    }
}

fn read_obstacle(item: &Value, pointer: &str, own: &BTreeSet<&str>, faults: &mut Faults) -> Option<Obstacle> {
    let mut fields = Fields::of(item, pointer, faults)?;
    let code = fields.required_text("code");
    let mitigation = fields.id::<ComponentId>("mitigation");
    if let Some(component) = mitigation.as_ref().filter(|id| !own.contains(id.as_str())) {
        fields.refuse("mitigation", Some(component.as_str()), Fault::UnknownComponent {});
    }
    let known = |code: &str| {
        OBSTACLES.contains(&code) || code.strip_prefix("other:").is_some_and(|rest| !rest.trim().is_empty())
    };
    if let Some(code) = code.as_deref().filter(|code| !known(code)) {
        fields.refuse("code", Some(code), Fault::UnknownObstacle { allowed: OBSTACLES.join(", ") });
    }
    fields.finish();
    Some(Obstacle { code: code?, mitigation })
}

/// What is known of a component before its siblings are.
struct Line {
    pointer: String,
    minimum: Option<i64>,
    component: NewComponent,
    details: ComponentDetails,
}

fn read_components(fields: &mut Fields<'_>, request: &str) -> Vec<NewComponent> {
    let mut position = 0;
    let mut lines: Vec<Line> = fields.list("components", |item, pointer, faults| {
        position += 1;
        read_component(item, &format!("{request}-{position}"), pointer, faults)
    });
    if lines.len() > MAX_COMPONENTS {
        fields.refuse("components", Some(&lines.len().to_string()), Fault::TooLong { most: MAX_COMPONENTS });
    }
    check_references(&lines, fields.faults);
    fill_minima(&mut lines);
    let finished = lines.into_iter().map(|line| {
        let body = serde_json::to_value(&line.details).expect("details have text keys only");
        NewComponent { body, ..line.component }
    });
    finished.collect()
}

fn read_component(item: &Value, reference: &str, pointer: &str, faults: &mut Faults) -> Option<Line> {
    let mut fields = Fields::of(item, pointer, faults)?;
    let reference = fields.id::<ComponentId>("reference").map_or_else(|| reference.to_owned(), |id| id.to_string());
    let kind = fields.required_word::<ComponentType>("type");
    let unit = fields.required_id::<UnitCode>("unit");
    let quantity = fields.required_whole::<i64>("quantity", 1..=MAX_AMOUNT);
    let received = fields.whole("received", 0..=MAX_AMOUNT).unwrap_or(0);
    let minimum = fields.whole::<i64>("minimum", 1..=MAX_AMOUNT);
    if let Some(quantity) = quantity {
        if received > quantity {
            fields.refuse("received", Some(&received.to_string()), Fault::ReceivedAboveQuantity { quantity });
        }
        if let Some(minimum) = minimum.filter(|minimum| *minimum > quantity) {
            fields.refuse("minimum", Some(&minimum.to_string()), Fault::MinimumAboveQuantity { quantity });
        }
    }
    let unit_cost = read_unit_cost(&mut fields, unit.as_ref().map(UnitCode::as_str));
    let requires: BTreeSet<ComponentId> = fields.ids("requires");
    if requires.iter().any(|id| id.as_str() == reference) {
        fields.refuse("requires", Some(&reference), Fault::RequiresItself {});
    }
    let details = ComponentDetails {
        item: fields.id("item"),
        received,
        minimum: minimum.unwrap_or(1),
        unit_cost: unit_cost.unwrap_or(1),
        divisible: fields.flag("divisible", true),
        from: fields.id::<PeriodLabel>("from"),
        to: fields.id::<PeriodLabel>("to"),
        period_max: fields.whole("period_max", 0..=MAX_AMOUNT),
        requires,
        choice: fields.id("choice"),
        covered_by: fields.text("covered_by"),
        sustainability_points: fields.whole("sustainability_points", 0..=100).unwrap_or(0),
    };
    fields.finish();
    let component = NewComponent {
        key: new_key(),
        reference,
        r#type: kind?.to_string(),
        unit: unit?.to_string(),
        quantity: quantity?,
        body: Value::Null,
    };
    Some(Line { pointer: pointer.to_owned(), minimum, component, details })
}

fn read_unit_cost(fields: &mut Fields<'_>, unit: Option<&str>) -> Option<i64> {
    let given = fields.whole::<i64>("unit_cost", 1..=MAX_AMOUNT);
    match (given, unit) {
        (Some(cost), Some(CURRENCY)) if cost != 1 => {
            fields.refuse("unit_cost", Some(&cost.to_string()), Fault::UnitCostOfCurrency {});
            None
        }
        (Some(cost), _) => Some(cost),
        (None, Some(CURRENCY)) => Some(1),
        (None, _) => {
            if fields.value("unit_cost").is_none() {
                fields.refuse("unit_cost", None, Fault::Missing {});
            }
            None
        }
    }
}

/// References are unique, and requirements stay within the request.
fn check_references(lines: &[Line], faults: &mut Faults) {
    let mut seen = BTreeSet::new();
    for line in lines {
        if !seen.insert(line.component.reference.as_str()) {
            faults.push(format!("{}/reference", line.pointer), Some(&line.component.reference), Fault::Twice {});
        }
    }
    for line in lines {
        for required in line.details.requires.iter().filter(|id| !seen.contains(id.as_str())) {
            faults.push(format!("{}/requires", line.pointer), Some(required.as_str()), Fault::UnknownComponent {});
        }
    }
}

/// Minima left out: the whole quantity of a component that another one requires, else 1.
fn fill_minima(lines: &mut [Line]) {
    let required: BTreeSet<String> =
        lines.iter().flat_map(|line| line.details.requires.iter().map(ToString::to_string)).collect();
    for line in lines.iter_mut().filter(|line| line.minimum.is_none()) {
        line.details.minimum = if required.contains(&line.component.reference) { line.component.quantity } else { 1 };
    }
}
