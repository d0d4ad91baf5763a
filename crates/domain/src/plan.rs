//! A plan: all matches of one run, as integers.

use serde::{Deserialize, Serialize};

use crate::ids::{ComponentIndex, OfferIndex, PeriodIndex};
use crate::problem::Problem;

/// An offer serving a component with a quantity in a period. Indices point into the frozen problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "(u32, u32, u32, i64)", into = "(u32, u32, u32, i64)")]
pub struct Match {
    /// The component served.
    pub component: ComponentIndex,
    /// The offer that serves it.
    pub offer: OfferIndex,
    /// When.
    pub period: PeriodIndex,
    /// How much, in the component's unit; at least 1.
    pub quantity: i64,
}

impl From<(u32, u32, u32, i64)> for Match {
    fn from((component, offer, period, quantity): (u32, u32, u32, i64)) -> Self {
        Self { component: ComponentIndex(component), offer: OfferIndex(offer), period: PeriodIndex(period), quantity }
    }
}

impl From<Match> for (u32, u32, u32, i64) {
    fn from(found: Match) -> Self {
        (found.component.0, found.offer.0, found.period.0, found.quantity)
    }
}

/// All matches of one run, sorted by component, offer and period, each of those at most once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Plan {
    /// The matches.
    pub matches: Vec<Match>,
}

impl Plan {
    /// A plan from matches in any order.
    pub fn of(mut matches: Vec<Match>) -> Self {
        matches.sort_unstable();
        Self { matches }
    }
}

/// A match in the words of users: a row of `plan.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanRow {
    /// Component served.
    pub component: String,
    /// Offer that serves it.
    pub offer: String,
    /// Period label.
    pub period: String,
    /// In the component's unit.
    pub quantity: i64,
    /// What it takes from the offer, in the offer's unit (accounting currency for money), rounded up.
    pub draw: i64,
    /// `unit_cost · quantity`, without delivery.
    pub cost: i64,
    /// Score of the match.
    pub score: i64,
}

/// The rows of `plan.csv`, in the order of the plan.
///
/// # Panics
/// When a match names a pair the problem does not hold; a verified plan never does.
pub fn rows(problem: &Problem, plan: &Plan) -> Vec<PlanRow> {
    plan.matches
        .iter()
        .map(|found| {
            let component = &problem.components[found.component.at()];
            let pair = component.pair(found.offer, found.period).expect("a verified plan holds eligible pairs only");
            PlanRow {
                component: component.id.to_string(),
                offer: problem.offers[found.offer.at()].id.to_string(),
                period: problem.periods[found.period.at()].to_string(),
                quantity: found.quantity,
                draw: (pair.draw_permille * found.quantity + 999) / 1000,
                cost: component.unit_cost * found.quantity,
                score: pair.score * found.quantity,
            }
        })
        .collect()
}
