//! What a run tells while it works.

use serde::{Deserialize, Serialize};

use crate::goal::{Gap, GoalName};

/// A step of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Rows are built.
    Build,
    /// A first plan by priority.
    Greedy,
    /// The optimiser works.
    Solve,
    /// The bound is proved.
    Certify,
    /// Reasons are collected.
    Explain,
    /// The plan is checked.
    Verify,
}

/// A progress event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// What is being done.
    pub phase: Phase,
    /// For which goal.
    pub goal: Option<GoalName>,
    /// Best value so far.
    pub best: Option<i64>,
    /// Proven bound so far.
    pub bound: Option<i64>,
    /// Gap of the two.
    pub gap_permille: Option<Gap>,
    /// Milliseconds since the run began.
    pub elapsed_ms: u64,
}
