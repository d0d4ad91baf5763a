//! One JSON order on standard input, JSON lines on standard output, the last of them the answer.

use serde::{Deserialize, Serialize};

use needmatch_domain::goal::Gap;
use needmatch_domain::problem::Problem;
use needmatch_domain::progress::Progress;
use needmatch_domain::run::Outcome;
use needmatch_matching::propose::Start;

/// What the child is asked.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// The problem.
    pub problem: Problem,
    /// What an earlier run knew.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub start: Option<Start>,
    /// The gap at which a goal counts as reached.
    pub gap_permille: Gap,
    /// Seconds for everything.
    pub seconds: f64,
    /// Whether the solver may presolve.
    pub presolve: bool,
    /// Most memory the child may address, mebibytes.
    pub memory_mebibytes: u64,
}

/// What the child says, one a line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// Where it stands.
    Progress(Progress),
    /// The answer.
    Outcome(Box<Outcome>),
    /// Why there is none.
    Failed(String),
}
