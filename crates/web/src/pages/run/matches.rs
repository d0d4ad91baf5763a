//! The matches of a run as rows.

use needmatch_app::runs::PlanEntry;
use needmatch_domain::plan::Match;
use needmatch_domain::run::Outcome;
use needmatch_i18n::{Locale, number, vocabulary};

use super::words::Words;

/// Matches on the page; the file holds all.
pub(crate) const MOST_MATCHES: usize = 200;

/// A match in words.
pub(crate) struct MatchRow {
    pub(crate) state: String,
    pub(crate) request: String,
    pub(crate) component: String,
    pub(crate) offer: String,
    pub(crate) provider: String,
    pub(crate) period: String,
    pub(crate) quantity: String,
    pub(crate) cost: String,
    /// Rules that keep the quantity from being larger.
    pub(crate) bound_by: String,
}

/// The first matches, with titles.
pub(crate) fn named(words: &Words<'_>, outcome: &Outcome) -> Vec<MatchRow> {
    let problem = words.problem;
    let row = |(position, found): (usize, &Match)| {
        let component = &problem.components[found.component.at()];
        let rules = outcome.explanations.matches.get(position).map_or(&[][..], |reason| &reason.bound_by);
        let rules: Vec<_> = rules.iter().map(|rule| vocabulary::rule(words.locale, rule.name())).collect();
        MatchRow {
            state: words.state(problem.state_of(found.component)),
            request: words.request(component.request),
            component: words.component(found.component),
            offer: words.offer(found.offer),
            provider: words.provider(problem.offers[found.offer.at()].provider),
            period: problem.periods[found.period.at()].to_string(),
            quantity: words.quantity(found.component, found.quantity),
            cost: words.money(component.unit_cost * found.quantity),
            bound_by: rules.join(" · "),
        }
    };
    outcome.plan.matches.iter().enumerate().take(MOST_MATCHES).map(row).collect()
}

/// Matches by their identifiers, for those who may not read the whole run.
pub(crate) fn bare(locale: Locale, entries: Vec<PlanEntry>) -> Vec<MatchRow> {
    let row = |entry: PlanEntry| {
        let row = entry.matched.row;
        let rules = entry.reason.map(|reason| reason.bound_by).unwrap_or_default();
        let rules: Vec<_> = rules.iter().map(|rule| vocabulary::rule(locale, rule.name())).collect();
        MatchRow {
            state: String::new(),
            request: String::new(),
            component: row.component,
            offer: row.offer,
            provider: String::new(),
            period: row.period,
            quantity: number::grouped(locale, row.quantity),
            cost: number::grouped(locale, row.cost),
            bound_by: rules.join(" · "),
        }
    };
    entries.into_iter().map(row).collect()
}
