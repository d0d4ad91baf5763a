//! What must hold of a problem before anything may index into it. A problem file comes from outside: nothing in it
//! is believed.

use super::{FORMAT, Problem};
use crate::ids::StateIndex;
use crate::money::MAX_AMOUNT;
use crate::rule::{Mode, Rule, Stage};

/// Sums of score, cost and draw over a whole problem stay below this, so that 64-bit totals never overflow.
const MAX_TOTAL: i128 = 1 << 62;

/// Something wrong with a problem file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {what}")]
pub struct ProblemFault {
    /// Where, such as `components[3].pairs[0]`.
    pub place: String,
    /// What is wrong and what would be right.
    pub what: String,
}

struct Faults(Vec<ProblemFault>);

impl Faults {
    fn unless(&mut self, holds: bool, place: impl FnOnce() -> String, what: &str) {
        if !holds {
            self.0.push(ProblemFault { place: place(), what: what.to_owned() });
        }
    }
}

fn amount(value: i64, least: i64) -> bool {
    (least..=MAX_AMOUNT).contains(&value)
}

fn optional(value: Option<i64>, least: i64) -> bool {
    value.is_none_or(|given| amount(given, least))
}

fn ascending<T: Ord>(items: impl IntoIterator<Item = T>) -> bool {
    items.into_iter().is_sorted_by(|left, right| left < right)
}

impl Problem {
    /// Everything wrong with the problem: indices outside their tables, tables out of order, amounts outside
    /// 0…[`MAX_AMOUNT`], totals that could overflow. Cost: one pass.
    pub fn faults(&self) -> Vec<ProblemFault> {
        let mut faults = Faults(Vec::new());
        faults.unless(self.format == FORMAT, || "format".into(), &format!("must be {FORMAT:?}"));
        faults.unless(!self.periods.is_empty(), || "periods".into(), "at least one period");
        faults.unless(!self.goals.is_empty(), || "goals".into(), "at least one goal");
        let tables = [
            ("states", ascending(self.states.iter().map(|state| &state.code))),
            ("providers", ascending(&self.providers)),
            ("requests", ascending(self.requests.iter().map(|request| &request.id))),
            ("components", ascending(self.components.iter().map(|component| &component.id))),
            ("offers", ascending(self.offers.iter().map(|offer| &offer.id))),
            ("locks", ascending(self.locks.iter().map(|lock| (lock.component, lock.offer, lock.period)))),
            ("baseline", ascending(self.baseline.iter().map(|row| (row.component, row.offer, row.period)))),
        ];
        for (table, sorted) in tables {
            faults.unless(sorted, || table.into(), "must be sorted, without duplicates");
        }
        for rule in self
            .rules
            .iter()
            .filter(|(rule, mode)| rule.stage() != Stage::Row || (rule.is_always_enforced() && **mode != Mode::Enforce))
        {
            faults.unless(false, || format!("rules.{}", rule.0), "is no rule of the plan, or may not be relaxed");
        }
        faults.unless(
            Rule::rows().all(|rule| self.rules.contains_key(&rule)),
            || "rules".into(),
            "every rule of the plan",
        );
        for (position, goal) in self.goals.iter().enumerate() {
            let fine = goal.give <= 1000 && amount(goal.provider_cost, 0);
            faults.unless(fine, || format!("goals[{position}]"), "give 0 to 1000, provider_cost 0 to 10^12");
        }
        self.check_states(&mut faults);
        self.check_requests(&mut faults);
        self.check_components(&mut faults);
        self.check_offers(&mut faults);
        self.check_limits(&mut faults);
        if faults.0.is_empty() {
            self.check_totals(&mut faults);
        }
        faults.0
    }

    fn check_states(&self, faults: &mut Faults) {
        for (position, state) in self.states.iter().enumerate() {
            let place = || format!("states[{position}].absorption");
            let fine = ascending(state.absorption.iter().map(|limit| limit.period))
                && state
                    .absorption
                    .iter()
                    .all(|limit| limit.period.at() < self.periods.len() && optional(limit.amount, 0));
            faults.unless(fine, place, "periods in order inside the horizon, amounts 0 to 10^12");
        }
    }

    fn check_requests(&self, faults: &mut Faults) {
        for (position, request) in self.requests.iter().enumerate() {
            let place = || format!("requests[{position}]");
            faults.unless(request.state.at() < self.states.len(), place, "state outside the table of states");
            let fine = amount(request.priority_weight, 0)
                && amount(request.weight, 0)
                && amount(request.sustainability, 0)
                && amount(request.sustainability_threshold, 0);
            faults.unless(fine, place, "weights and scores 0 to 10^12");
            faults.unless(ascending(&request.sdg_targets), place, "sdg_targets sorted, without duplicates");
            let mitigated = request.obstacles.iter().filter_map(|obstacle| obstacle.mitigation).all(|component| {
                self.components.get(component.at()).is_some_and(|found| found.request.at() == position)
            });
            faults.unless(mitigated, place, "an obstacle's mitigation must be a component of the same request");
        }
    }

    fn check_components(&self, faults: &mut Faults) {
        for (position, component) in self.components.iter().enumerate() {
            let place = || format!("components[{position}]");
            faults.unless(component.request.at() < self.requests.len(), place, "request outside the table of requests");
            let fine = amount(component.outstanding, 1)
                && (1..=component.outstanding).contains(&component.minimum)
                && amount(component.unit_cost, 1)
                && optional(component.period_max, 0)
                && amount(component.sustainability_points, 0);
            faults.unless(fine, place, "outstanding, minimum and unit_cost at least 1, minimum at most outstanding");
            let required = ascending(&component.requires)
                && component.requires.iter().all(|other| other.at() < self.components.len() && other.at() != position);
            faults.unless(required, place, "requires: other components, sorted");
            let pairs = component.pairs.iter().all(|pair| {
                pair.offer.at() < self.offers.len()
                    && pair.first <= pair.last
                    && pair.last.at() < self.periods.len()
                    && (1..=MAX_AMOUNT * 1000).contains(&pair.draw_permille)
                    && pair.score >= 0
            });
            let disjoint = component.pairs.is_sorted_by(|left, right| {
                left.offer < right.offer || (left.offer == right.offer && left.last < right.first)
            });
            faults.unless(pairs && disjoint, place, "pairs sorted, ranges apart, inside their tables, draw at least 1");
        }
    }

    fn check_offers(&self, faults: &mut Faults) {
        for (position, offer) in self.offers.iter().enumerate() {
            let place = || format!("offers[{position}]");
            faults.unless(offer.provider.at() < self.providers.len(), place, "provider outside the table of providers");
            let limits = [offer.ticket_min, offer.ticket_max, offer.state_max, offer.unit_value];
            let fine = amount(offer.quantity, 0)
                && limits.into_iter().all(|limit| optional(limit, 0))
                && (1..=1_000_000).contains(&offer.delivery_permille);
            faults.unless(fine, place, "amounts 0 to 10^12, delivery_permille 1 to 1000000");
            let periods = offer.per_period.as_ref().is_none_or(|held| {
                held.len() == self.periods.len() && held.iter().all(|quantity| amount(*quantity, 0))
            });
            faults.unless(periods, place, "per_period: one amount a period");
            faults.unless(ascending(&offer.sdg_targets), place, "sdg_targets sorted, without duplicates");
        }
    }

    fn check_limits(&self, faults: &mut Faults) {
        let known =
            |states: &[StateIndex]| ascending(states) && states.iter().all(|state| state.at() < self.states.len());
        for (position, channel) in self.channels.iter().enumerate() {
            let fine = amount(channel.amount, 0)
                && channel.period.is_none_or(|period| period.at() < self.periods.len())
                && channel.states.as_deref().is_none_or(known);
            faults.unless(fine, || format!("channels[{position}]"), "amount, period and states inside their bounds");
        }
        for (table, shares) in
            [("regional_floors", &self.regional_floors), ("regional_ceilings", &self.regional_ceilings)]
        {
            faults.unless(ascending(shares.iter().map(|share| &share.region)), || table.into(), "sorted by region");
            for (position, share) in shares.iter().enumerate() {
                let fine = (0..=1000).contains(&share.share_permille) && known(&share.states);
                faults.unless(fine, || format!("{table}[{position}]"), "share 0 to 1000, states of the problem");
            }
        }
        for (table, rows) in [("locks", &self.locks), ("baseline", &self.baseline)] {
            for (position, row) in rows.iter().enumerate() {
                let fine = amount(row.quantity, 1)
                    && row.period.at() < self.periods.len()
                    && self.components.get(row.component.at()).is_some_and(|component| {
                        component.pair(row.offer, row.period).is_some() || table == "baseline"
                    });
                let what = "an eligible pair and a quantity of at least 1";
                faults.unless(fine, || format!("{table}[{position}]"), what);
            }
        }
    }

    fn check_totals(&self, faults: &mut Faults) {
        let (mut score, mut cost, mut draw) = (0_i128, 0_i128, 0_i128);
        for component in &self.components {
            let outstanding = i128::from(component.outstanding);
            let best = component.pairs.iter().map(|pair| pair.score).max().unwrap_or(0);
            let most = component.pairs.iter().map(|pair| pair.draw_permille).max().unwrap_or(0);
            score += outstanding * i128::from(best);
            cost += outstanding * i128::from(component.unit_cost);
            draw += outstanding * i128::from(most);
        }
        let weights: i128 = self.requests.iter().map(|request| i128::from(request.priority_weight)).sum();
        let points: i128 = self.requests.iter().map(|request| i128::from(request.sustainability)).sum::<i128>()
            + self.components.iter().map(|component| i128::from(component.sustainability_points)).sum::<i128>();
        let helps = (self.providers.len() * self.requests.len()) as i128
            * self.goals.iter().map(|goal| i128::from(goal.provider_cost)).max().unwrap_or(0);
        let delivery = self.offers.iter().map(|offer| i128::from(offer.delivery_permille)).max().unwrap_or(1000);
        let economy = helps + cost * delivery / 1000;
        for (name, total) in [
            ("score", score),
            ("cost", cost * 1000),
            ("draw", draw),
            ("priority weights", weights),
            ("sustainability", points),
            ("economy", economy),
        ] {
            faults.unless(
                total < MAX_TOTAL,
                || "problem".into(),
                &format!("the sum of {name} passes 2^62: use a larger unit of account or smaller weights"),
            );
        }
    }
}
