//! Runs as rows, with the figures of those that came to a plan.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use needmatch_app::store::runs::{Run, RunFilter, RunSummary};
use needmatch_app::store::{Page, Session};
use needmatch_app::{AppError, runs};
use needmatch_i18n::{Locale, date, number, vocabulary};

use super::run::{gap, milliseconds, tone};
use crate::visit::Visit;

/// A run in a list.
pub(crate) struct RunRow {
    pub(crate) address: String,
    pub(crate) started: String,
    /// For the `datetime` attribute.
    pub(crate) started_at: String,
    pub(crate) status: String,
    pub(crate) tone: &'static str,
    pub(crate) served: String,
    pub(crate) completed: String,
    pub(crate) matches: String,
    pub(crate) cost: String,
    pub(crate) gap: String,
    pub(crate) seconds: String,
    pub(crate) is_published: bool,
}

/// The newest runs that the visitor may see.
pub(crate) async fn newest(
    session: &mut Session,
    visit: &Visit,
    filter: &RunFilter,
    most: u32,
) -> Result<Vec<RunRow>, AppError> {
    let mut rows = Vec::new();
    for run in runs::list(session, &visit.principal, filter, &Page::first(most)).await? {
        let summary =
            if run.lifecycle.has_ended() { runs::summary(session, &visit.principal, run.key).await? } else { None };
        rows.push(row(visit, &run, summary.as_ref()));
    }
    Ok(rows)
}

fn row(visit: &Visit, run: &Run, summary: Option<&RunSummary>) -> RunRow {
    let locale = visit.locale;
    let status = summary.map_or_else(|| run.lifecycle.to_string(), |summary| summary.status.clone());
    let count = |of: fn(&RunSummary) -> u64| {
        let write = |summary| number::grouped(locale, i64::try_from(of(summary)).unwrap_or(i64::MAX));
        summary.map(write).unwrap_or_default()
    };
    RunRow {
        address: visit.link(&format!("/runs/{}", run.key)),
        started: moment(locale, run.created_at),
        started_at: run.created_at.to_string(),
        tone: tone(&status),
        status: vocabulary::status(locale, &status),
        served: count(|summary| summary.totals.requests_served),
        completed: count(|summary| summary.totals.requests_completed),
        matches: count(|summary| summary.totals.matches),
        cost: summary.map(|summary| number::short(locale, summary.totals.cost)).unwrap_or_default(),
        gap: summary.and_then(|summary| gap(locale, summary)).unwrap_or_default(),
        seconds: milliseconds(run).map(|taken| number::seconds(locale, taken)).unwrap_or_default(),
        is_published: run.published_at.is_some(),
    }
}

/// A moment as the language writes it.
pub(crate) fn moment(locale: Locale, at: Timestamp) -> String {
    let at = at.to_zoned(TimeZone::UTC);
    let part = |number: i8| u8::try_from(number).unwrap_or(0);
    date::moment(locale, i32::from(at.year()), part(at.month()), part(at.day()), part(at.hour()), part(at.minute()))
        .unwrap_or_else(|| at.timestamp().to_string())
}
