//! What a proposal may take, and who watches it.

use needmatch_domain::goal::{Gap, GoalName};
use needmatch_domain::progress::{Phase, Progress};

/// Limits of a proposal.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The gap at which a goal counts as reached.
    pub gap: Gap,
    /// Seconds for all goals: the backstop.
    pub seconds: f64,
    /// Nodes of each proof: the deterministic limit.
    pub nodes: usize,
    /// Whether the solver is asked at all; without it the greedy plan stands, with what can be proved of it.
    pub solver: bool,
    /// Whether the solver may presolve; off on a second try.
    pub presolve: bool,
}

impl Options {
    /// Limits for a gap and a number of seconds.
    pub fn new(gap: Gap, seconds: f64) -> Self {
        Self { gap, seconds, nodes: 4_000, solver: true, presolve: true }
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
