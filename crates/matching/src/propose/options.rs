//! What a proposal may take, and who watches it.

use needmatch_domain::goal::{Gap, GoalName};
use needmatch_domain::progress::{Phase, Progress};

/// Work of the first goal: some seconds on a small machine.
const WORK: usize = 120_000;

/// Later goals take this part of the first one's work: they choose among plans that are nearly as good already.
const LATER_PART: usize = 10;

/// Fewest and most branching nodes of a goal, however large or small the model.
const NODES: (usize, usize) = (4, 2_000);

/// Passes over the parts of the plan.
const PASSES: usize = 1;

/// How often the first goal is decided anew, as a whole, where plan and relaxation disagree.
const REJOINED: usize = 4;

/// Limits of a proposal.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The gap at which a goal counts as reached.
    pub gap: Gap,
    /// Seconds for all goals: the backstop.
    pub seconds: f64,
    /// Work of each goal, in columns × branching nodes: the deterministic limit. Seconds should never come first.
    pub work: usize,
    /// Whether the solver is asked at all; without it the greedy plan stands, with what can be proved of it.
    pub solver: bool,
    /// Whether the solver may presolve; off on a second try.
    pub presolve: bool,
}

impl Options {
    /// Limits for a gap and a number of seconds.
    pub fn new(gap: Gap, seconds: f64) -> Self {
        Self { gap, seconds, work: WORK, solver: true, presolve: true }
    }
}

impl Options {
    /// Passes over the parts of the plan for a goal.
    pub(super) fn passes(&self) -> usize {
        if self.work == 0 { 0 } else { PASSES }
    }

    /// Times the first goal is decided anew as a whole where plan and relaxation disagree.
    pub(super) fn rejoined(&self) -> usize {
        if self.work > 0 { REJOINED } else { 0 }
    }

    /// Branching nodes for a goal of a model with so many columns.
    pub(super) fn nodes(&self, columns: usize, position: usize) -> usize {
        let work = if position == 0 { self.work } else { self.work / LATER_PART };
        (work / columns.max(1)).clamp(NODES.0, NODES.1)
    }
}

/// The outside world of a proposal: a clock, a stop button, somebody who listens. The core has none of its own.
pub struct Watch<'a> {
    /// Seconds since the run began.
    pub elapsed: &'a dyn Fn() -> f64,
    /// Whether the run was cancelled.
    pub cancelled: &'a dyn Fn() -> bool,
    /// Receives progress.
    pub progress: &'a mut dyn FnMut(Progress),
}

impl Watch<'_> {
    /// Tells where the run stands.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "elapsed time is small and positive")]
    pub fn report(&mut self, phase: Phase, goal: Option<GoalName>, best: Option<i64>, bound: Option<i64>) {
        let gap_permille = best.zip(bound).map(|(best, bound)| Gap::between(best, bound));
        let elapsed_ms = ((self.elapsed)() * 1000.0) as u64;
        (self.progress)(Progress { phase, goal, best, bound, gap_permille, elapsed_ms });
    }
}
