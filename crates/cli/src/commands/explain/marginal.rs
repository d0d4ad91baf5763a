//! The exact value of one more unit of an offer: the problem solved again with it.

use std::sync::Arc;

use needmatch_domain::problem::Problem;
use needmatch_domain::run::{Run, Status};
use needmatch_worker::solver::Task;

use super::report::Report;
use crate::exit::refused;
use crate::solving::{Solver, failed};

/// Solves again for the offers in the report. Both runs must be proven optimal, else there is no exact value.
pub(super) fn solve_again(run: &Run, problem: &Problem, report: &mut Report) -> anyhow::Result<()> {
    if run.outcome.status != Status::Optimal {
        return Err(refused(format!(
            "--exact: the run is {}, and only an optimal one has exact marginal values; leave --exact out for those of the certificate",
            run.outcome.status.name()
        )));
    }
    let solver = Solver::start()?;
    for row in &mut report.offers {
        let mut more = problem.clone();
        let offers = more.offers.iter_mut().filter(|offer| offer.id.as_str() == row.id);
        for offer in offers {
            offer.quantity += 1;
            for held in offer.per_period.iter_mut().flatten() {
                *held += 1;
            }
        }
        let answer = solver.solve(Task::of(Arc::new(more), None, run.settings), |_| {}).map_err(failed)?;
        let outcome = &answer.plan.run().outcome;
        let pair = run.outcome.goals.first().zip(outcome.goals.first());
        match pair.filter(|_| outcome.status == Status::Optimal) {
            Some((before, after)) => (row.marginal_value, row.exact) = (after.best - before.best, true),
            None => eprintln!(
                "note: with one more unit of {} no optimal plan was proved in time; its value is the certificate's",
                row.id
            ),
        }
    }
    Ok(())
}
