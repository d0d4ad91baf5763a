//! What the plan uses of each offer, what is left, and why.

use needmatch_charts::{Bar, Bars, Measure, Segment, Series, Table};
use needmatch_domain::ids::OfferIndex;
use needmatch_domain::reason::OfferUse;
use needmatch_domain::run::Outcome;
use needmatch_i18n::{Value, vocabulary};

use super::words::Words;

/// Offers drawn; the table holds all.
const MOST_BARS: usize = 24;

/// Offers in the order of what their matches are worth.
fn ranked<'a>(words: &Words<'_>, outcome: &'a Outcome) -> Vec<&'a OfferUse> {
    let mut worth = vec![0_i64; words.problem.offers.len()];
    for found in &outcome.plan.matches {
        worth[found.offer.at()] += words.problem.components[found.component.at()].unit_cost * found.quantity;
    }
    let mut offers: Vec<_> = outcome.explanations.offers.iter().collect();
    offers.sort_by_key(|used| (std::cmp::Reverse(worth[used.offer.at()]), used.offer));
    offers
}

/// The chart of the largest.
pub(crate) fn bars(words: &Words<'_>, outcome: &Outcome) -> Bars {
    let series = |key, hollow| Series { label: words.say(key), hollow };
    let bar = |used: &OfferUse| {
        let name = words.offer(used.offer);
        let share = words.share(used.used, used.used + used.left);
        let amount = words.offered(used.offer, used.used);
        let values = [("amount", Value::from(amount.as_str())), ("share", Value::from(share.as_str()))];
        let segment = |quantity: i64| Segment { value: size(quantity), label: words.offered(used.offer, quantity) };
        Bar {
            title: format!("{name}: {}", words.say_with("chart-share_used", &values)),
            label: name,
            note: format!("{share} · {amount}"),
            segments: vec![segment(used.used), segment(used.left)],
        }
    };
    Bars {
        corner: words.say("chart-column-offer"),
        series: vec![series("offer-used", false), series("offer-left", true)],
        bars: ranked(words, outcome).into_iter().take(MOST_BARS).map(bar).collect(),
        measure: Measure::Share,
    }
}

/// All of them, with what keeps the rest from being used.
pub(crate) fn table(words: &Words<'_>, outcome: &Outcome) -> Table {
    let headers = ["run-column-offer", "chart-column-provider", "offer-used", "offer-left", "run-column-why"]
        .map(|key| words.say(key));
    let row = |used: &OfferUse| {
        let index: OfferIndex = used.offer;
        let rules: Vec<_> = used.why_left.iter().map(|rule| vocabulary::rule(words.locale, rule.name())).collect();
        vec![
            words.offer(index),
            words.provider(words.problem.offers[index.at()].provider),
            words.offered(index, used.used),
            words.offered(index, used.left),
            rules.join(" · "),
        ]
    };
    Table { headers: headers.to_vec(), rows: ranked(words, outcome).into_iter().map(row).collect() }
}

fn size(quantity: i64) -> u64 {
    u64::try_from(quantity).unwrap_or(0)
}
