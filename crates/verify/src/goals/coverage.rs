//! ¶106: weighted help delivered, Σ score · x.

use crate::recount::{Model, Recount};
use crate::tally::Tally;

pub(crate) fn value(tally: &Tally<'_>) -> i128 {
    tally.deliveries.iter().map(|delivery| delivery.score).sum()
}

pub(crate) fn terms(recount: &Recount<'_>, model: &Model) -> Vec<(usize, i64)> {
    let mut terms = Vec::with_capacity(model.columns.x_len());
    for component in 0..recount.problem.components.len() {
        for pair in model.columns.pairs_of_component(component) {
            let score = model.columns.pair(recount.problem, pair).score;
            terms.extend(model.columns.x_of_pair(pair).map(|x| (x, score)));
        }
    }
    terms
}
