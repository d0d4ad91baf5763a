//! The assistance sections of a national report as a JSON document. Nearly everything may be left open: that is what
//! reports are like, and what findings are for.

use needmatch_domain::area::{BUILT_IN_AREAS, is_built_in};
use needmatch_domain::ids::AreaCode;
use needmatch_domain::money::MAX_AMOUNT;
use needmatch_store::keys::ReportKey;
use serde_json::{Value, json};

use crate::document::Fields;
use crate::error::{Fault, Faults};
use crate::requests::{DraftLine, ReportLink};

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
    section: String,
    ask: String,
    area: String,
    priority: Option<i64>,
    lines: Vec<DraftLine>,
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
        // All or none of a section's lines become components: half of them would look like the whole ask.
        let is_complete = !section.lines.is_empty() && section.lines.iter().all(is_complete);
        let components: Vec<&DraftLine> = if is_complete { section.lines.iter().collect() } else { Vec::new() };
        drafts.push(json!({
            "state": state, "title": section.ask, "area": section.area, "priority": section.priority,
            "report_year": year, "evidence": evidence,
            "source": format!("National report {year}, section {}", section.section),
            "components": components,
        }));
        let lines = if is_complete { Vec::new() } else { section.lines };
        let year = i16::try_from(year).unwrap_or(i16::MAX);
        links.push(ReportLink { report: key, year, section: section.section, lines });
    }
    let title = title.unwrap_or_else(|| format!("National report {year}"));
    Some(ReportDocument { year, title, body: json!({ "sections": document["sections"] }), drafts, links })
}

fn is_complete(line: &DraftLine) -> bool {
    let is_money = line.unit.as_ref().is_some_and(|unit| unit.as_str() == crate::requests::CURRENCY);
    line.r#type.is_some() && line.unit.is_some() && line.quantity.is_some() && (line.unit_cost.is_some() || is_money)
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
    fields.finish();
    Some(Section { section: section?, ask: ask?, area: area?, priority, lines })
}

fn read_line(item: &Value, pointer: &str, faults: &mut Faults) -> Option<DraftLine> {
    let mut fields = Fields::of(item, pointer, faults)?;
    let line = DraftLine {
        r#type: fields.word("type"),
        item: fields.id("item"),
        unit: fields.id("unit"),
        quantity: fields.whole("quantity", 1..=MAX_AMOUNT),
        unit_cost: fields.whole("unit_cost", 1..=MAX_AMOUNT),
        from: fields.id("from"),
        to: fields.id("to"),
    };
    fields.finish();
    Some(line)
}
