//! What shows that no plan can be much better: for each goal a bound and numbers from which anybody can recount it.
//!
//! For `max c·x, Ax ≤ b, Ex = d, 0 ≤ x ≤ u` and any y ≥ 0, w: z* ≤ b·y + d·w + Σ u·max(0, c − A·y − E·w)
//! (Neumaier & Shcherbina, Math. Program. 99, in integers). Multipliers are 2^scale times y and w. A wrong multiplier
//! costs tightness, never truth.

use serde::{Deserialize, Serialize};

use crate::column::ColumnKey;
use crate::plan::Match;
use crate::row::Multiplier;

/// Deepest branching tree read: deeper ones are refused. A level takes two of the 128 that JSON readers descend.
pub const MAX_DEPTH: usize = 50;

/// The proof of a run: one stage a goal, or that no plan exists.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// Proofs of the bounds, in the order of the goals; empty when the run is infeasible.
    pub stages: Vec<StageProof>,
    /// Proof that no plan satisfies the rules.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub infeasible: Option<Proof>,
}

/// The proof of one goal's bound, every earlier goal held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageProof {
    /// A plan that reached `best` at this stage, where the final plan does not.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub witness: Option<Vec<Match>>,
    /// Why nothing passes `bound`.
    pub proof: Proof,
}

/// A branching tree. Its bound is the largest of its leaves' bounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Proof {
    /// A bound by multipliers.
    Leaf(Leaf),
    /// No plan at all in this branch: with the goal left out, the bound is below zero.
    Infeasible(Leaf),
    /// Column ≤ at, or column ≥ at + 1.
    Split {
        /// The column.
        column: ColumnKey,
        /// Where it is split.
        at: i64,
        /// Column ≤ at.
        below: Box<Proof>,
        /// Column ≥ at + 1.
        above: Box<Proof>,
    },
    /// More rows for every leaf below, named `cut` and their position here. Only at the root of a tree.
    Strengthened {
        /// The rows.
        cuts: Vec<Cut>,
        /// The tree that may use them.
        proof: Box<Proof>,
    },
}

/// A row that every plan satisfies, derived from others by mixed-integer rounding (Marchand & Wolsey, Operations
/// Research 49, 2001; `docs/rules.md`, Proof): what relaxations do not see, in a form that anybody can recount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cut {
    /// Whole multipliers of any sign, sorted by row, without duplicates; never of another cut.
    pub rows: Vec<Multiplier>,
    /// Columns counted down from their upper end, sorted, without duplicates.
    pub from_above: Vec<ColumnKey>,
    /// What is rounded is divided by this first; at least 2.
    pub divisor: i64,
}

/// Multipliers of rows; rows not named have 0.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leaf {
    /// Multipliers are in units of 2^−scale; at most 40.
    pub scale: u32,
    /// Sorted by row, without duplicates.
    pub multipliers: Vec<Multiplier>,
}
