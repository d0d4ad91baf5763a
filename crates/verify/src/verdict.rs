//! The verdict on a run as a whole.

use needmatch_domain::problem::Problem;
use needmatch_domain::run::{FORMAT, RULES_VERSION, Run, Status};

use crate::code::Code;
use crate::explanations;
use crate::finding::Finding;
use crate::recount::Recount;
use crate::report::Report;
use crate::stages;

/// What was found. A run with no finding is accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The first findings; see [`crate::MAX_FINDINGS`]. When there are more, a last one says how many.
    pub findings: Vec<Finding>,
    /// How many there are in all.
    pub count: usize,
}

impl Verdict {
    /// Whether nothing was found.
    pub fn is_accepted(&self) -> bool {
        self.count == 0
    }
}

/// Checks a run against the problem it is about: seal, plan, goals, bounds, status. All findings at once.
///
/// # Panics
/// Never, whatever the run or the problem holds.
pub fn verify(run: &Run, problem: &Problem) -> Verdict {
    let mut report = Report::default();
    check_seal(run, problem, &mut report);
    match Recount::of(problem) {
        Err(faults) => {
            for fault in faults {
                report.add(|| fault);
            }
        }
        Ok(recount) => {
            explanations::check(problem, &run.outcome.explanations, &mut report);
            if run.outcome.status == Status::Infeasible {
                stages::check_infeasible(&recount, &run.outcome, &mut report);
            } else {
                stages::check(&recount, run, &mut report);
            }
        }
    }
    Verdict { count: report.count, findings: report.into_findings() }
}

fn check_seal(run: &Run, problem: &Problem, report: &mut Report) {
    report.unless(run.format == FORMAT, || Finding::about(Code::Format, &[&run.format, &FORMAT], &[]));
    let version = run.software.rules_version;
    report.unless(version == RULES_VERSION, || {
        Finding::about(Code::RulesVersion, &[], &[version.into(), RULES_VERSION.into()])
    });
    let digest = run.computed_digest();
    report.unless(run.digest == digest, || Finding::about(Code::Digest, &[&run.digest, &digest], &[]));
    let hash = problem.sha256();
    report.unless(run.problem_sha256 == hash, || Finding::about(Code::ProblemHash, &[&run.problem_sha256, &hash], &[]));
    let same = run.problem.as_ref().is_none_or(|embedded| std::ptr::eq(embedded, problem) || embedded == problem);
    report.unless(same, || Finding::about(Code::ProblemDiffers, &[], &[]));
}
