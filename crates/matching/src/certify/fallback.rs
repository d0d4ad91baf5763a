//! A bound without a solver: what every component would bring if it had its dearest offers to itself, or every
//! offer its dearest component.

use needmatch_domain::certificate::Proof;
use needmatch_domain::row::Row;

use super::bound::{Boxes, bound_of, scaled_leaf};
use super::tree::Certified;
use crate::model::{Model, Objective};

/// The better of two simple prices, for a plan of the given value.
///
/// # Panics
/// Never: there is always a candidate.
pub fn without_solver(model: &Model<'_>, objective: &Objective, best: i64) -> Certified {
    let boxes = Boxes::of(model);
    let candidates =
        [Vec::new(), prices(model, objective, Row::DemandTotal), prices(model, objective, Row::CapacityTotal)];
    let bounded = candidates.into_iter().map(|mut multipliers| {
        multipliers.resize(model.rows.len(), 0.0);
        let leaf = scaled_leaf(model, &multipliers);
        (bound_of(model, objective, &leaf, &boxes).unwrap_or(i128::MAX), leaf)
    });
    let (bound, leaf) = bounded.min_by_key(|(bound, _)| *bound).expect("there are three candidates");
    let bound = i64::try_from(bound).unwrap_or(i64::MAX).max(best);
    Certified { bound, proof: Proof::Leaf(leaf.named(model)), nodes: 1 }
}

/// For each row of a kind, the largest gain per unit of the row among its quantities.
#[expect(clippy::cast_precision_loss, reason = "hints; the bound is computed in whole numbers")]
fn prices(model: &Model<'_>, objective: &Objective, kind: Row) -> Vec<f64> {
    let mut gains = vec![0.0; model.columns.len()];
    for &(column, value) in &objective.terms {
        gains[column] = value as f64;
    }
    let price = |terms: &[(usize, i64)]| {
        let ratios = terms.iter().filter(|term| term.1 > 0).map(|&(column, value)| gains[column] / value as f64);
        ratios.fold(0.0, f64::max)
    };
    model.rows.iter().map(|row| if row.key.row == kind { price(&row.terms) } else { 0.0 }).collect()
}
