//! A commitment, its delivery and its report as JSON documents.

use needmatch_domain::money::MAX_AMOUNT;
use serde_json::Value;

use super::{CommitmentDetails, Delivery, Indicator, Report};
use crate::document::{Fields, text};
use crate::error::{AppError, Fault, Faults};

/// Fields of a commitment as it is written.
pub const COMMITMENT_FIELDS: [&str; 4] = ["authority", "procedure", "instrument", "indicators"];

/// Most characters of a summary or a lesson.
const MAX_TEXT: usize = 4000;

/// Authority, procedure and the rest.
pub(super) fn read(document: &Value) -> Result<(String, String, CommitmentDetails), AppError> {
    let mut faults = Faults::default();
    let read = Fields::of(document, "", &mut faults).and_then(|mut fields| {
        let (authority, procedure) = (fields.required_text("authority"), fields.required_text("procedure"));
        let instrument = fields.text("instrument");
        let indicators = fields.list("indicators", read_indicator);
        fields.finish();
        let details = CommitmentDetails { indicators, instrument, ..CommitmentDetails::default() };
        Some((authority?, procedure?, details))
    });
    faults.finish(read)
}

fn read_indicator(item: &Value, pointer: &str, faults: &mut Faults) -> Option<Indicator> {
    let mut fields = Fields::of(item, pointer, faults)?;
    let (name, unit) = (fields.required_text("name"), fields.required_text("unit"));
    let baseline = fields.whole("baseline", -MAX_AMOUNT..=MAX_AMOUNT).unwrap_or(0);
    let target = fields.required_whole("target", -MAX_AMOUNT..=MAX_AMOUNT);
    fields.finish();
    Some(Indicator { name: name?, unit: unit?, baseline, target: target? })
}

/// What is placed at disposal, in the offer's unit, and a reason.
pub(super) fn read_disbursement(document: &Value) -> Result<(i64, Option<String>), AppError> {
    let mut faults = Faults::default();
    let read = Fields::of(document, "", &mut faults).and_then(|mut fields| {
        let amount = fields.required_whole("amount", 1..=MAX_AMOUNT);
        let reason = fields.text("reason");
        fields.finish();
        Some((amount?, reason))
    });
    faults.finish(read)
}

/// What arrived, of so much that was agreed.
pub(super) fn read_delivery(document: &Value, agreed: i64) -> Result<Delivery, AppError> {
    let mut faults = Faults::default();
    let read = Fields::of(document, "", &mut faults).map(|mut fields| {
        let quantity = fields.whole("quantity", 0..=agreed).unwrap_or(agreed);
        let note = fields.text("note");
        fields.finish();
        Delivery { quantity, note }
    });
    faults.finish(read)
}

/// A reason that must be there.
pub(super) fn read_reason(document: &Value) -> Result<String, AppError> {
    let mut faults = Faults::default();
    let read = Fields::of(document, "", &mut faults).and_then(|mut fields| {
        let reason = fields.required_text("reason");
        fields.finish();
        reason
    });
    faults.finish(read)
}

/// A report, or `None` for a bare signature under the one that stands.
pub(super) fn read_report(document: &Value, indicators: usize) -> Result<Option<Report>, AppError> {
    let mut faults = Faults::default();
    let read = Fields::of(document, "", &mut faults).map(|mut fields| {
        let is_bare = !["summary", "results", "lessons"].iter().any(|name| fields.has(name));
        let pointer = fields.pointer("summary");
        let summary = fields.value("summary").and_then(|value| text(value, &pointer, MAX_TEXT, fields.faults));
        if !is_bare && fields.value("summary").is_none() {
            fields.refuse("summary", None, Fault::Missing {});
        }
        let results: Vec<i64> = fields.list("results", |item, pointer, faults| {
            crate::document::whole(item, pointer, &(-MAX_AMOUNT..=MAX_AMOUNT), faults)
        });
        if !is_bare && results.len() != indicators {
            let expected = "a list with a result for each indicator";
            fields.refuse("results", Some(&results.len().to_string()), Fault::WrongType { expected });
        }
        let lessons = fields.list("lessons", |item, pointer, faults| text(item, pointer, MAX_TEXT, faults));
        fields.finish();
        summary.map(|summary| Report { summary, results, lessons })
    });
    faults.finish(read)
}
