//! Who helps whom: money's worth of every match, from provider to state.

use std::collections::BTreeMap;

use needmatch_charts::{Flow, GatherWords, Node, Ribbon, gather};
use needmatch_domain::ids::{ProviderIndex, StateIndex};
use needmatch_domain::plan::Plan;
use needmatch_i18n::Value;

use super::words::Words;

/// Nodes on either side; the smallest beyond are drawn as one.
const MOST_NODES: usize = 14;

/// The chart, and the sentence that describes it.
pub(crate) fn flow(words: &Words<'_>, plan: &Plan) -> (Flow, String) {
    let problem = words.problem;
    let mut flows: BTreeMap<(ProviderIndex, StateIndex), i64> = BTreeMap::new();
    for found in &plan.matches {
        let provider = problem.offers[found.offer.at()].provider;
        let state = problem.state_of(found.component);
        let cost = problem.components[found.component.at()].unit_cost * found.quantity;
        *flows.entry((provider, state)).or_default() += cost;
    }
    flows.retain(|_, cost| *cost > 0);
    let asked = asked(words);
    let given = |of: &dyn Fn(&(ProviderIndex, StateIndex)) -> bool| -> i64 {
        flows.iter().filter(|(pair, _)| of(pair)).map(|(_, cost)| *cost).sum()
    };
    let providers: Vec<ProviderIndex> = (0..problem.providers.len()).map(ProviderIndex::of).collect();
    let states: Vec<StateIndex> = (0..problem.states.len()).map(StateIndex::of).collect();
    let left = providers.iter().map(|provider| Node {
        label: words.provider(*provider),
        note: words.short_money(given(&|pair| pair.0 == *provider)),
        ..Node::default()
    });
    let right = states.iter().map(|state| {
        let amount = given(&|pair| pair.1 == *state);
        let values = [
            ("amount", Value::from(words.short_money(amount))),
            ("share", Value::from(words.share(amount, asked[state.at()]))),
        ];
        Node { label: words.state(*state), note: words.say_with("chart-share_asked", &values), ..Node::default() }
    });
    let title = |provider: &str, recipient: &str, amount: u64| {
        let values = [
            ("provider", Value::from(provider)),
            ("recipient", Value::from(recipient)),
            ("amount", Value::from(words.money(signed(amount)))),
        ];
        words.say_with("chart-flow-ribbon", &values)
    };
    let ribbons = flows.iter().map(|((provider, state), cost)| Ribbon {
        left: provider.at(),
        right: state.at(),
        value: cost.unsigned_abs(),
        amount: words.money(*cost),
        title: title(&words.provider(*provider), &words.state(*state), cost.unsigned_abs()),
    });
    let headers = ["chart-column-provider", "chart-column-recipient", "chart-column-amount"].map(|key| words.say(key));
    let all = Flow { left: left.collect(), right: right.collect(), ribbons: ribbons.collect(), headers };
    let gathering = GatherWords {
        others: &|number| words.say_with("chart-other", &[("number", Value::from(number))]),
        note: &|amount| words.short_money(signed(amount)),
        amount: &|amount| words.money(signed(amount)),
        title: &title,
    };
    let count = |of: &dyn Fn(&(ProviderIndex, StateIndex)) -> usize| {
        flows.keys().map(of).collect::<std::collections::BTreeSet<_>>().len()
    };
    let counts =
        [("providers", Value::from(count(&|pair| pair.0.at()))), ("states", Value::from(count(&|pair| pair.1.at())))];
    (gather(&all, MOST_NODES, &gathering), words.say_with("chart-flow-description", &counts))
}

/// What each state asked for, in money.
fn asked(words: &Words<'_>) -> Vec<i64> {
    let mut asked = vec![0; words.problem.states.len()];
    for component in &words.problem.components {
        let state = words.problem.requests[component.request.at()].state;
        asked[state.at()] += component.unit_cost * component.outstanding;
    }
    asked
}

fn signed(amount: u64) -> i64 {
    i64::try_from(amount).unwrap_or(i64::MAX)
}
