//! The assistance sections of a national report as a JSON document. Nearly everything may be left open: that is what
//! reports are like, and what findings are for.

use needmatch_domain::area::{BUILT_IN_AREAS, ComponentType, is_built_in};
use needmatch_domain::ids::{AreaCode, ItemCode, PeriodLabel, UnitCode};
use needmatch_domain::money::MAX_AMOUNT;
use needmatch_store::MAX_COMPONENTS;
use needmatch_store::keys::ReportKey;
use serde_json::{Value, json};

use crate::document::Fields;
use crate::error::{Fault, Faults};
use crate::requests::{ReportLink, read_unit_cost};

/// Fields of a report.
pub const REPORT_FIELDS: [&str; 5] = ["state", "year", "title", "evidence", "sections"];

/// Sections of the reporting template with the area their asks belong to when none is named.
pub const SECTIONS: [(&str, &str); 14] = [
    ("legislation", "legislation"),
    ("manufacture", "illicit_manufacture"),
    ("transfers", "transfer_controls"),
    ("brokering", "transfer_controls"),
    ("stockpile_management", "stockpile_procedures"),
    ("surplus", "destruction"),
    ("collection", "community"),
    ("marking", "marking"),
    ("record_keeping", "record_keeping"),
    ("tracing", "tracing"),
    ("ballistics", "ballistics"),
    ("borders", "border"),
    ("awareness", "community"),
    ("reporting", "reporting"),
];

/// A report as read.
pub(super) struct ReportDocument {
    pub(super) year: i64,
    pub(super) title: String,
    pub(super) body: Value,
    /// Documents of the draft requests.
    pub(super) drafts: Vec<Value>,
    /// Their places in the report.
    pub(super) links: Vec<ReportLink>,
}

/// A section as read.
struct Section {
    name: String,
    ask: String,
    area: String,
    priority: Option<i64>,
    lines: Vec<Value>,
}

/// Reads a report.
pub(super) fn read(document: &Value, key: ReportKey, faults: &mut Faults) -> Option<ReportDocument> {
    let mut fields = Fields::of(document, "", faults)?;
    let state = fields.text("state");
    let year = fields.required_whole::<i64>("year", 1900..=2200);
    let title = fields.text("title");
    let evidence = fields.text("evidence");
    let sections = fields.list("sections", read_section);
    if fields.value("sections").is_none_or(|sections| sections.as_array().is_some_and(Vec::is_empty)) {
        fields.refuse("sections", None, Fault::Missing {});
    }
    fields.finish();
    let year = year?;
    let mut drafts = Vec::with_capacity(sections.len());
    let mut links = Vec::with_capacity(sections.len());
    for section in sections {
        // An ask without lines is a line that has nothing but words so far.
        let lines = if section.lines.is_empty() { vec![json!({ "note": section.ask })] } else { section.lines };
        drafts.push(json!({
            "state": state, "title": section.ask, "area": section.area, "priority": section.priority,
            "report_year": year, "evidence": evidence,
            "source": format!("National report {year}, section {}", section.name),
            "components": lines,
        }));
        let year = i16::try_from(year).unwrap_or(i16::MAX);
        links.push(ReportLink { report: key, year, section: section.name });
    }
    let title = title.unwrap_or_else(|| format!("National report {year}"));
    Some(ReportDocument { year, title, body: json!({ "sections": document["sections"] }), drafts, links })
}

fn read_section(item: &Value, pointer: &str, faults: &mut Faults) -> Option<Section> {
    let mut fields = Fields::of(item, pointer, faults)?;
    let (section, ask) = (fields.required_text("section"), fields.required_text("ask"));
    let area = fields.id::<AreaCode>("area");
    let usual = section.as_deref().and_then(|section| SECTIONS.iter().find(|(name, _)| *name == section));
    let area = match (area, usual) {
        (Some(area), _) if is_built_in(&area) => Some(area.to_string()),
        (Some(area), _) => {
            fields.refuse("area", Some(area.as_str()), Fault::UnknownArea { allowed: BUILT_IN_AREAS.join(", ") });
            None
        }
        (None, Some((_, area))) => Some((*area).to_owned()),
        (None, None) => {
            if section.is_some() && fields.value("area").is_none() {
                let allowed = SECTIONS.map(|(name, _)| name).join(", ");
                fields.refuse("section", section.as_deref(), Fault::UnknownWord { allowed });
            }
            None
        }
    };
    let priority = fields.whole("priority", 1..=5);
    let lines = fields.list("components", read_line);
    if lines.len() > MAX_COMPONENTS {
        fields.refuse("components", Some(&lines.len().to_string()), Fault::TooLong { most: MAX_COMPONENTS });
    }
    fields.finish();
    Some(Section { name: section?, ask: ask?, area: area?, priority, lines })
}

/// A line as it was sent, once it is known that it can be read: the request that it becomes part of reads it again.
fn read_line(item: &Value, pointer: &str, faults: &mut Faults) -> Option<Value> {
    let mut fields = Fields::of(item, pointer, faults)?;
    fields.word::<ComponentType>("type");
    fields.id::<ItemCode>("item");
    let unit = fields.id::<UnitCode>("unit");
    fields.whole::<i64>("quantity", 1..=MAX_AMOUNT);
    read_unit_cost(&mut fields, unit.as_ref());
    fields.id::<PeriodLabel>("from");
    fields.id::<PeriodLabel>("to");
    fields.text("note");
    fields.finish();
    Some(item.clone())
}
