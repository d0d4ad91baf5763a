//! The figures of a run: what a reader looks for first.

use needmatch_app::store::runs::Run;
use needmatch_app::store::runs::RunSummary;
use needmatch_domain::run::GoalResult;
use needmatch_i18n::{Locale, Value, number, text, vocabulary};

use super::words::Words;

/// A figure with its name and what puts it into proportion.
pub(crate) struct Figure {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) note: String,
}

/// What a goal reached and what it cost.
pub(crate) struct Price {
    pub(crate) goal: String,
    pub(crate) meaning: String,
    pub(crate) best: String,
    pub(crate) bound: String,
    pub(crate) gap: String,
    pub(crate) value: String,
}

/// The figures, with totals where the whole run may be read.
pub(crate) fn figures(locale: Locale, run: &Run, summary: &RunSummary, words: Option<&Words<'_>>) -> Vec<Figure> {
    let say = |key: &str| text(locale, key, &[]);
    let count = |number: u64| number::grouped(locale, i64::try_from(number).unwrap_or(i64::MAX));
    let of = |total: Option<usize>| {
        let total = total.map(|total| count(total as u64));
        total.map_or_else(String::new, |total| text(locale, "run-figure-of", &[("total", Value::from(total))]))
    };
    let requests = words.map(|words| words.problem.requests.len());
    let components = words.map(|words| words.problem.components.len());
    let totals = summary.totals;
    let (cost, share) = match words {
        None => (number::short(locale, totals.cost), String::new()),
        Some(words) => {
            let asked: i64 =
                words.problem.components.iter().map(|component| component.unit_cost * component.outstanding).sum();
            let values = [
                ("amount", Value::from(words.money(totals.cost))),
                ("share", Value::from(words.share(totals.cost, asked))),
            ];
            (words.short_money(totals.cost), text(locale, "chart-share_asked", &values))
        }
    };
    let figure = |key: &str, value: String, note: String| Figure { name: say(key), value, note };
    let mut figures = vec![
        figure("run-figure-requests_served", count(totals.requests_served), of(requests)),
        figure("run-figure-requests_completed", count(totals.requests_completed), of(requests)),
        figure("run-figure-components_served", count(totals.components_served), of(components)),
        figure("run-figure-matches", count(totals.matches), String::new()),
        figure("run-figure-cost", cost, share),
    ];
    if let Some(gap) = gap(locale, summary) {
        figures.push(figure("run-figure-gap", gap, say("run-gap-meaning")));
    }
    if let Some(milliseconds) = milliseconds(run) {
        figures.push(figure("run-figure-seconds", number::seconds(locale, milliseconds), String::new()));
    }
    figures
}

/// The proven gap of the first goal.
pub(crate) fn gap(locale: Locale, summary: &RunSummary) -> Option<String> {
    let thousandths = summary.gap_thousandths.and_then(|gap| u64::try_from(gap).ok())?;
    Some(permille(locale, thousandths))
}

/// A gap as a figure: rounded up to a tenth of a permille once it is that large, never down.
pub(crate) fn permille(locale: Locale, thousandths: u64) -> String {
    let shown = if thousandths < 1000 { thousandths } else { thousandths.div_ceil(100).saturating_mul(100) };
    number::permille(locale, shown)
}

/// How long the run worked.
pub(crate) fn milliseconds(run: &Run) -> Option<u64> {
    let (from, to) = (run.started_at?, run.finished_at?);
    u64::try_from(to.as_millisecond() - from.as_millisecond()).ok()
}

/// Goals in order.
pub(crate) fn prices(locale: Locale, goals: &[GoalResult]) -> Vec<Price> {
    let price = |result: &GoalResult| Price {
        goal: vocabulary::goal(locale, result.goal.name()),
        meaning: vocabulary::goal_meaning(locale, result.goal.name()),
        best: number::short(locale, result.best),
        bound: number::short(locale, result.bound),
        gap: permille(locale, result.gap_permille.thousandths),
        value: number::short(locale, result.value),
    };
    goals.iter().map(price).collect()
}
