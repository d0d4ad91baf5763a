//! The only plans that may be stored or shown.

use std::sync::Arc;

use needmatch_domain::plan::Plan;
use needmatch_domain::problem::Problem;
use needmatch_domain::run::Run;

use crate::code::Code;
use crate::finding::Finding;
use crate::verdict::verify;

/// A run that was recounted and accepted, with its problem. It can be made by [`accept`] and [`verify_run`] alone.
#[derive(Debug, Clone)]
pub struct VerifiedPlan {
    run: Run,
    problem: Arc<Problem>,
}

impl VerifiedPlan {
    /// The run.
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// The problem it is about.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// The problem it is about, to be kept.
    pub fn shared_problem(&self) -> Arc<Problem> {
        Arc::clone(&self.problem)
    }

    /// The plan; empty when the run is infeasible.
    pub fn plan(&self) -> &Plan {
        &self.run.outcome.plan
    }

    /// Gives the run back, no longer known to be verified.
    pub fn into_run(self) -> Run {
        self.run
    }
}

/// Recounts a run against its problem.
///
/// # Errors
/// Everything that is wrong with it.
pub fn accept(run: Run, problem: impl Into<Arc<Problem>>) -> Result<VerifiedPlan, Vec<Finding>> {
    let problem = problem.into();
    let verdict = verify(&run, &problem);
    if verdict.is_accepted() { Ok(VerifiedPlan { run, problem }) } else { Err(verdict.findings) }
}

/// Recounts a run that holds its problem.
///
/// # Errors
/// Everything that is wrong with it, or that it holds no problem.
pub fn verify_run(run: Run) -> Result<VerifiedPlan, Vec<Finding>> {
    match run.problem.clone() {
        Some(problem) => accept(run, problem),
        None => Err(vec![Finding::about(Code::ProblemMissing, &[], &[])]),
    }
}
