//! Whether a list of matches is a plan at all: sorted, each named once, inside the tables, of eligible pairs, with
//! quantities that can be counted. Matches that fail are told and left out of everything that follows.

use needmatch_domain::money::MAX_AMOUNT;
use needmatch_domain::plan::Match;
use needmatch_domain::problem::{Pair, Problem};

use crate::code::Code;
use crate::finding::Finding;
use crate::report::{Breakage, Report};

/// The matches that can be counted, each with its pair.
pub(crate) fn sound<'p>(problem: &'p Problem, matches: &[Match], report: &mut Report) -> Vec<(Match, &'p Pair)> {
    let key = |found: &Match| (found.component, found.offer, found.period);
    let mut sound = Vec::with_capacity(matches.len());
    for (position, found) in matches.iter().enumerate() {
        let at = [position as i128];
        let sorted = position == 0 || key(&matches[position - 1]) < key(found);
        report.unless(sorted, || Finding::about(Code::MatchOrder, &[], &at));
        let Some(component) = problem.components.get(found.component.at()) else {
            report.add(|| Finding::about(Code::MatchUnknown, &[], &at));
            continue;
        };
        if found.offer.at() >= problem.offers.len() || found.period.at() >= problem.periods.len() {
            report.add(|| Finding::about(Code::MatchUnknown, &[], &at));
            continue;
        }
        let broken = |code, right: i64| {
            let entities = [found.component.at(), found.offer.at(), found.period.at()];
            Finding::of(problem, &Breakage::of(code, &entities, found.quantity.into(), right.into()))
        };
        let Some(pair) = component.pair(found.offer, found.period) else {
            report.add(|| broken(Code::MatchIneligible, 0));
            continue;
        };
        if (1..=MAX_AMOUNT).contains(&found.quantity) {
            sound.push((*found, pair));
        } else {
            report.add(|| broken(Code::MatchQuantity, MAX_AMOUNT));
        }
    }
    sound
}
