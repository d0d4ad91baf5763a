//! A programme as a JSON document. To add a field: here, in the details, and in the wire type of the API.

use std::collections::BTreeSet;

use needmatch_domain::area::{BUILT_IN_AREAS, ComponentType, is_built_in};
use needmatch_domain::geography;
use needmatch_domain::ids::{AreaCode, PeriodLabel, ProgrammeId, StateCode};
use needmatch_domain::money::MAX_AMOUNT;
use needmatch_domain::scenario::register::OBSTACLES;
use needmatch_store::register::ProgrammeContent;
use serde_json::Value;

use super::ProgrammeDetails;
use crate::document::{Fields, MAX_LINE, text};
use crate::error::{Fault, Faults};
use crate::offers::Declared;

/// Fields of a programme.
pub const PROGRAMME_FIELDS: [&str; 13] = [
    "reference",
    "external_id",
    "title",
    "state",
    "area",
    "type",
    "from",
    "to",
    "amount",
    "mitigates",
    "sdg_targets",
    "source",
    "visibility",
];

/// Reads a programme. `reference` is the one it has, or a new one, where the document names none.
pub(super) fn read(
    document: &Value,
    reference: &str,
    pointer: &str,
    declared: &Declared,
    faults: &mut Faults,
) -> Option<ProgrammeContent> {
    let mut fields = Fields::of(document, pointer, faults)?;
    let reference = fields.id::<ProgrammeId>("reference").map_or_else(|| reference.to_owned(), |id| id.to_string());
    let external_id = fields.id::<ProgrammeId>("external_id").map(|id| id.to_string());
    let title = fields.required_text("title");
    let state = read_state(&mut fields, declared);
    let area = read_area(&mut fields);
    let visibility = fields.word("visibility").unwrap_or_default();
    let details = ProgrammeDetails {
        r#type: fields.word::<ComponentType>("type"),
        from: fields.id::<PeriodLabel>("from"),
        to: fields.id::<PeriodLabel>("to"),
        amount: fields.whole("amount", 0..=MAX_AMOUNT),
        mitigates: read_obstacles(&mut fields),
        sdg_targets: fields.ids("sdg_targets"),
        source: fields.text("source").unwrap_or_default(),
        collection: None,
    };
    fields.finish();
    let body = serde_json::to_value(&details).expect("details have text keys only");
    Some(ProgrammeContent { reference, external_id, title: title?, state: state?, area: area?, visibility, body })
}

fn read_state(fields: &mut Fields<'_>, declared: &Declared) -> Option<String> {
    let state = fields.required_id::<StateCode>("state")?;
    if geography::country(state.as_str()).is_some() || declared.states.contains(&state) {
        return Some(state.to_string());
    }
    fields.refuse("state", Some(state.as_str()), Fault::UnknownState {});
    None
}

fn read_area(fields: &mut Fields<'_>) -> Option<String> {
    let area = fields.required_id::<AreaCode>("area")?;
    if is_built_in(&area) {
        return Some(area.to_string());
    }
    fields.refuse("area", Some(area.as_str()), Fault::UnknownArea { allowed: BUILT_IN_AREAS.join(", ") });
    None
}

fn read_obstacles(fields: &mut Fields<'_>) -> BTreeSet<String> {
    let obstacles = fields.list("mitigates", |item, pointer, faults| {
        let code = text(item, pointer, MAX_LINE, faults)?;
        let known = OBSTACLES.contains(&code.as_str())
            || code.strip_prefix("other:").is_some_and(|rest| !rest.trim().is_empty());
        if known {
            return Some(code);
        }
        faults.push(pointer, Some(&code), Fault::UnknownObstacle { allowed: OBSTACLES.join(", ") });
        None
    });
    obstacles.into_iter().collect()
}
