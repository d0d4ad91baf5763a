//! ¶103: few providers a request, little spent on delivery.

use needmatch_domain::problem::Problem;

use crate::recount::{Model, Recount, saturated};
use crate::row::DerivedRow;
use crate::tally::Tally;

pub(crate) fn value(tally: &Tally<'_>, provider_cost: i64) -> i128 {
    let problem = tally.recount.problem;
    let delivery = tally.deliveries.iter().map(|delivery| delivery.cost * i128::from(excess(problem, delivery.offer)));
    let delivery = (delivery.sum::<i128>() + 999).div_euclid(1000);
    -(i128::from(provider_cost) * tally.helps.len() as i128 + delivery)
}

/// Permille of cost that an offer's delivery takes above the cost itself.
fn excess(problem: &Problem, offer: usize) -> i64 {
    (problem.offers[offer].delivery_permille - 1000).max(0)
}

/// The most that delivery can cost, rounded up.
pub(crate) fn largest_delivery(problem: &Problem) -> i64 {
    let largest = problem.components.iter().map(|component| {
        let excess = component.pairs.iter().map(|pair| excess(problem, pair.offer.at())).max().unwrap_or(0);
        i128::from(component.unit_cost) * i128::from(component.outstanding) * i128::from(excess)
    });
    saturated((largest.sum::<i128>() + 999).div_euclid(1000))
}

pub(crate) fn terms(model: &Model, provider_cost: i64) -> Vec<(usize, i64)> {
    let helps = (0..model.columns.helps.len()).map(|help| (model.columns.helps(help), -provider_cost));
    helps.chain([(model.columns.delivery(), -1)]).collect()
}

pub(crate) fn row(recount: &Recount<'_>, model: &Model) -> DerivedRow {
    let problem = recount.problem;
    let mut terms = vec![(model.columns.delivery(), -1000)];
    for component in 0..problem.components.len() {
        let cost = problem.components[component].unit_cost;
        for pair in model.columns.pairs_of_component(component) {
            let spent = cost * excess(problem, model.columns.pair(problem, pair).offer.at());
            if spent > 0 {
                terms.extend(model.columns.x_of_pair(pair).map(|x| (x, spent)));
            }
        }
    }
    DerivedRow::at_most(terms, 0)
}
