//! A request as a JSON document; its lines are read by [`lines`]. To add a field: here, in the details, and in the wire
//! type of the API.

use std::collections::BTreeSet;

use needmatch_domain::area::{BUILT_IN_AREAS, is_built_in};
use needmatch_domain::ids::{AreaCode, ComponentId, RequestId};
use needmatch_domain::scenario::Obstacle;
use needmatch_domain::scenario::register::OBSTACLES;
use needmatch_store::register::{NewComponent, RequestContent};
use serde_json::Value;

use super::RequestDetails;
use super::lines::{self, Lines};
use crate::document::{Fields, MAX_LINE, text};
use crate::error::{Fault, Faults};

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
    let Lines { components, kept, references } = lines::read(&mut fields, &reference);
    let details = read_details(&mut fields, &references);
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
        lines: kept,
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

fn read_details(fields: &mut Fields<'_>, own: &BTreeSet<ComponentId>) -> RequestDetails {
    let contribution_kinds: Vec<String> = fields.list("contribution_kinds", |item, pointer, faults| {
        let kind = text(item, pointer, MAX_LINE, faults)?;
        if CONTRIBUTION_KINDS.contains(&kind.as_str()) {
            return Some(kind);
        }
        faults.push(pointer, Some(&kind), Fault::UnknownWord { allowed: CONTRIBUTION_KINDS.join(", ") });
        None
    });
    let obstacles = fields.list("obstacles", |item, pointer, faults| read_obstacle(item, pointer, own, faults));
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

fn read_obstacle(item: &Value, pointer: &str, own: &BTreeSet<ComponentId>, faults: &mut Faults) -> Option<Obstacle> {
    let mut fields = Fields::of(item, pointer, faults)?;
    let code = fields.required_text("code");
    let mitigation = fields.id::<ComponentId>("mitigation");
    if let Some(component) = mitigation.as_ref().filter(|id| !own.contains(*id)) {
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
