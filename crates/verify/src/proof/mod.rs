//! Proofs: trees whose leaves give bounds by multipliers (`docs/rules.md`, Proof).

use needmatch_domain::certificate::{MAX_DEPTH, Proof};
use needmatch_domain::problem::Problem;

use crate::code::Code;
use crate::finding::Finding;
use crate::goals;
use crate::proof::leaf::Leaves;
use crate::recount::Recount;

mod cut;
mod leaf;

/// The bound that a proof gives; `None` when no plan is left at all.
pub(crate) fn bound(recount: &Recount<'_>, goal: usize, held: &[i64], proof: &Proof) -> Result<Option<i128>, Finding> {
    let objective = match recount.problem.goals.get(goal) {
        Some(found) if held.len() == goal => goals::terms(recount, found),
        _ => return Err(Finding::about(Code::ProofGoal, &[], &[goal as i128])),
    };
    walk(&mut Leaves::of(recount, held, &objective)?, proof, 0)
}

/// Whether a proof shows that no plan satisfies the rules.
pub(crate) fn infeasible(recount: &Recount<'_>, proof: &Proof) -> Result<(), Finding> {
    match walk(&mut Leaves::of(recount, &[], &[])?, proof, 0)? {
        None => Ok(()),
        Some(_) => Err(Finding::about(Code::ProofBound, &[], &[])),
    }
}

/// The bound of a subtree. Its depth is limited, so recursion is too.
fn walk(leaves: &mut Leaves<'_>, proof: &Proof, depth: usize) -> Result<Option<i128>, Finding> {
    match proof {
        Proof::Leaf(leaf) => leaves.bound(leaf).map(Some),
        Proof::Infeasible(leaf) => leaves.shows_nothing_left(leaf).map(|()| None),
        Proof::Strengthened { .. } if depth > 0 || leaves.has_cuts() => {
            Err(Finding::about(Code::ProofCutPlace, &[], &[]))
        }
        Proof::Strengthened { cuts, proof } => {
            leaves.add_cuts(cuts)?;
            walk(leaves, proof, depth)
        }
        Proof::Split { .. } if depth >= MAX_DEPTH => {
            Err(Finding::about(Code::ProofDepth, &[], &[depth as i128, MAX_DEPTH as i128]))
        }
        Proof::Split { column, at, below, above } => {
            let unknown = || Finding::about(Code::ProofColumn, &[&column_name(column)], &[]);
            let position = leaves.recount.column(column).ok_or_else(unknown)?;
            let (low, high) = leaves.range(position);
            if *at < low || *at >= high {
                return Err(Finding::about(Code::ProofSplit, &[&column_name(column), &low, &high], &[(*at).into()]));
            }
            // What cannot be divided is 0 or all of it, so there is nothing between the two sides.
            let whole = is_whole(leaves.recount.problem, leaves, position);
            let (until, from) = if whole { (low, high) } else { (*at, *at + 1) };
            let left = leaves.within(position, (low, until), |inner| walk(inner, below, depth + 1))?;
            let right = leaves.within(position, (from, high), |inner| walk(inner, above, depth + 1))?;
            Ok(left.max(right))
        }
    }
}

fn column_name(key: &needmatch_domain::column::ColumnKey) -> String {
    format!("{}{:?}", key.column.name(), key.entities())
}

/// Whether a column is an x of a component that cannot be divided.
fn is_whole(problem: &Problem, leaves: &Leaves<'_>, column: usize) -> bool {
    let columns = &leaves.recount.model().columns;
    column < columns.x_len() && !problem.components[columns.component_of(columns.pair_of_x(column))].divisible
}
