//! Which rules keep offers from a component: computed for one component when somebody asks, never for all pairs.

use std::collections::BTreeMap;

use needmatch_domain::reason::Refusals;
use needmatch_domain::rule::Rule;

use super::{Subject, pair_detail};

/// How many offers each rule is the first to refuse, and how many it alone refuses, in the order of the rules. Rules
/// that refuse nothing first are left out. Cost: every rule on every offer of the scenario, once.
pub fn refusals(subject: &Subject<'_>) -> Vec<Refusals> {
    let mut counts: BTreeMap<Rule, Refusals> = BTreeMap::new();
    for offer in &subject.lookup.scenario.offers {
        let failing = pair_detail(subject, offer);
        let Some(&rule) = failing.first() else { continue };
        let count = counts.entry(rule).or_insert(Refusals { rule, offers: 0, only: 0 });
        count.offers += 1;
        count.only += u32::from(failing.len() == 1);
    }
    counts.into_values().collect()
}
