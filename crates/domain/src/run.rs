//! The run file: problem, settings, plan, certificate and explanations of one run, sealed by a digest. An outsider
//! recounts it with `needmatch verify`, or with nothing of ours at all.

use serde::{Deserialize, Serialize};

use crate::canonical;
use crate::certificate::Certificate;
use crate::goal::{Gap, GoalName};
use crate::plan::Plan;
use crate::problem::Problem;
use crate::reason::Explanations;

/// Name and version of the format, a member of every run file.
pub const FORMAT: &str = "needmatch-run-1";

/// Version of the rules as published in `docs/rules.md`.
pub const RULES_VERSION: u32 = 1;

/// How a run ended, judged by its first goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nothing better exists: bound = best.
    Optimal,
    /// The proven gap is within the one asked for.
    WithinGap,
    /// A limit came first; the plan stands, with the gap that is proven.
    Limit,
    /// No plan satisfies the rules, locks included.
    Infeasible,
}

impl Status {
    /// The status as written in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Optimal => "optimal",
            Self::WithinGap => "within_gap",
            Self::Limit => "limit",
            Self::Infeasible => "infeasible",
        }
    }

    /// The status that follows from the first goal's best and bound and the gap asked for.
    pub fn judge(best: i64, bound: i64, asked: Gap) -> Self {
        if bound == best {
            Self::Optimal
        } else if Gap::between(best, bound) <= asked {
            Self::WithinGap
        } else {
            Self::Limit
        }
    }
}

/// What a goal reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoalResult {
    /// The goal.
    pub goal: GoalName,
    /// Value when it was the goal being maximised.
    pub best: i64,
    /// No plan that holds the earlier goals passes this.
    pub bound: i64,
    /// Of `best` and `bound`.
    pub gap_permille: Gap,
    /// Value in the final plan, later goals having taken what they may.
    pub value: i64,
}

/// Counts and sums of a plan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Totals {
    /// Matches.
    pub matches: u64,
    /// Requests with something served.
    pub requests_served: u64,
    /// Requests met in full.
    pub requests_completed: u64,
    /// Components with something served.
    pub components_served: u64,
    /// Σ `unit_cost · quantity`, accounting currency.
    pub cost: i64,
}

/// Settings of the run that are no part of the problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunSettings {
    /// The gap asked for.
    pub gap_permille: Gap,
    /// Seconds allowed.
    pub seconds: u32,
    /// Threads allowed.
    pub threads: u32,
}

/// Who computed the run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Software {
    /// Always `needmatch`.
    pub name: String,
    /// Its version.
    pub version: String,
    /// [`RULES_VERSION`].
    pub rules_version: u32,
}

/// The result of a run without problem, settings and seal: what the solver's process answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// How it ended.
    pub status: Status,
    /// The plan; empty when infeasible.
    pub plan: Plan,
    /// Goals in order; empty when infeasible.
    pub goals: Vec<GoalResult>,
    /// Counts and sums.
    pub totals: Totals,
    /// The proof.
    pub certificate: Certificate,
    /// Reasons.
    pub explanations: Explanations,
}

/// A run file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// [`FORMAT`].
    pub format: String,
    /// Who computed it.
    pub software: Software,
    /// Hash of the problem.
    pub problem_sha256: String,
    /// The problem; absent when it stands in a file of its own.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub problem: Option<Problem>,
    /// Name of the problem's file, relative to the run file, when it is not embedded.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub problem_file: Option<String>,
    /// Digest of the run this one began with, where it did not begin from nothing.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub begun_from: Option<String>,
    /// Settings outside the problem.
    pub settings: RunSettings,
    /// What came out.
    pub outcome: Outcome,
    /// SHA-256 over the canonical JSON of everything else in the file.
    pub digest: String,
}

impl Run {
    /// Seals an outcome with its problem embedded.
    pub fn seal(problem: Problem, settings: RunSettings, outcome: Outcome, version: &str) -> Self {
        let mut run = Self {
            format: FORMAT.to_owned(),
            software: Software {
                name: "needmatch".to_owned(),
                version: version.to_owned(),
                rules_version: RULES_VERSION,
            },
            problem_sha256: problem.sha256(),
            problem: Some(problem),
            problem_file: None,
            begun_from: None,
            settings,
            outcome,
            digest: String::new(),
        };
        run.digest = run.computed_digest();
        run
    }

    /// The same run, saying which run it began with.
    #[must_use]
    pub fn begun_from(mut self, digest: &str) -> Self {
        self.begun_from = Some(digest.to_owned());
        self.digest = self.computed_digest();
        self
    }

    /// The same run with its problem in a file of its own, beside it.
    pub fn detach(mut self, problem_file: &str) -> (Self, Option<Problem>) {
        let problem = self.problem.take();
        self.problem_file = Some(problem_file.to_owned());
        self.digest = self.computed_digest();
        (self, problem)
    }

    /// The digest the file should carry.
    ///
    /// # Panics
    /// Never: every member can be written as JSON.
    pub fn computed_digest(&self) -> String {
        let mut value = serde_json::to_value(self).expect("a run has text keys only");
        if let Some(members) = value.as_object_mut() {
            members.remove("digest");
        }
        canonical::digest(&value).expect("a run has text keys only")
    }
}
