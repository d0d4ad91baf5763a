//! Findings as they are collected: all at once, but never more than a reader or a memory can bear.

use crate::code::Code;
use crate::finding::Finding;

/// Findings kept; the rest is counted.
pub const MAX_FINDINGS: usize = 200;

/// A rule broken by a plan, by positions in the tables of the problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Breakage {
    pub(crate) code: Code,
    pub(crate) entities: Vec<usize>,
    /// What the plan has.
    pub(crate) given: i128,
    /// What the rule wants it to reach, or not to pass.
    pub(crate) right: i128,
}

/// Where a rule tells what it found broken.
pub(crate) type Tell<'t> = &'t mut dyn FnMut(Breakage);

impl Breakage {
    pub(crate) fn of(code: Code, entities: &[usize], given: i128, right: i128) -> Self {
        Self { code, entities: entities.to_vec(), given, right }
    }
}

/// The first findings and the number of all.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) findings: Vec<Finding>,
    pub(crate) count: usize,
}

impl Report {
    pub(crate) fn add(&mut self, finding: impl FnOnce() -> Finding) {
        self.count += 1;
        if self.findings.len() < MAX_FINDINGS {
            self.findings.push(finding());
        }
    }

    /// Adds unless the condition holds.
    pub(crate) fn unless(&mut self, holds: bool, finding: impl FnOnce() -> Finding) {
        if !holds {
            self.add(finding);
        }
    }

    /// The findings, a last one telling how many more there are.
    pub(crate) fn into_findings(mut self) -> Vec<Finding> {
        let more = self.count - self.findings.len();
        if more > 0 {
            self.findings.push(Finding::about(Code::More, &[], &[more as i128]));
        }
        self.findings
    }
}
