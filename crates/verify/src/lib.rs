//! The recount. A run says: this plan satisfies the rules, these are its goals, nothing passes these bounds. Here all
//! of it is derived again from the frozen problem, in exact integers, by code that knows no solver: what the solver
//! did, meant or got wrong cannot matter.
//!
//! Two readings of every rule stand side by side in one file of `rules`: `check` looks at a plan, `row` gives the
//! inequality that a proof may use. The same holds for `goals`: `value` counts, `terms` and `row` describe. A new
//! rule is a file in `rules`, a line in its two tables and its sentences in `code`.
//!
//! [`accept`] is the only door: a [`VerifiedPlan`] can be made nowhere else, and what stores or shows plans takes
//! nothing less.

mod boxes;
mod code;
mod columns;
mod explanations;
mod finding;
mod goals;
mod index;
mod name;
mod proof;
mod recount;
mod report;
mod row;
mod rules;
mod stages;
mod structure;
mod tally;
mod verdict;
mod verified;

#[cfg(test)]
mod tests;

pub use code::Code;
pub use finding::Finding;
pub use recount::{MAX_COLUMNS, Recount};
pub use report::MAX_FINDINGS;
pub use row::DerivedRow;
pub use verdict::{Verdict, verify};
pub use verified::{VerifiedPlan, accept, verify_run};

use needmatch_domain::certificate::Proof;
use needmatch_domain::goal::Goal;
use needmatch_domain::plan::{Match, Plan};
use needmatch_domain::problem::Problem;
use needmatch_domain::reason::Breach;

/// What is wrong with a plan: its structure and every enforced rule it breaks; faults of the problem before anything
/// else. Empty when the plan may stand. For many plans of one problem, keep a [`Recount`].
pub fn findings(problem: &Problem, plan: &Plan) -> Vec<Finding> {
    match Recount::of(problem) {
        Ok(recount) => recount.findings(&plan.matches),
        Err(faults) => faults,
    }
}

/// What a plan breaks of the rules in mode `warn`; empty when the problem has faults.
pub fn breaches(problem: &Problem, plan: &Plan) -> Vec<Breach> {
    Recount::of(problem).map(|recount| recount.breaches(&plan.matches)).unwrap_or_default()
}

/// The value of a goal, which follows from the matches alone. Matches of pairs that the problem does not hold count
/// nothing.
///
/// # Panics
/// When the problem has faults: it must have passed [`Problem::faults`].
pub fn evaluate(problem: &Problem, matches: &[Match], goal: &Goal) -> i64 {
    let recount = Recount::of(problem).expect("a goal has a value only in a problem without faults");
    recount.evaluate(matches, goal)
}

/// The bound that a proof gives for the goal at a position, every earlier goal i held at `held[i]` or more. `None`
/// when the proof shows that no plan is left at all.
///
/// # Errors
/// Why the proof shows nothing, or the first fault of the problem.
pub fn bound(problem: &Problem, goal: usize, held: &[i64], proof: &Proof) -> Result<Option<i128>, Finding> {
    Recount::of(problem).map_err(first)?.bound(goal, held, proof)
}

/// Whether a proof shows that no plan satisfies the rules.
///
/// # Errors
/// Why it does not, or the first fault of the problem.
pub fn proves_infeasible(problem: &Problem, proof: &Proof) -> Result<(), Finding> {
    Recount::of(problem).map_err(first)?.proves_infeasible(proof)
}

fn first(mut findings: Vec<Finding>) -> Finding {
    findings.swap_remove(0)
}
