//! What an earlier run knew, as a start for the next: for coordinators who change a weight and want to see at once what
//! it does. Nothing of it is believed: plans are tried against the rules as they are now, and proofs recounted.

use std::collections::BTreeMap;

use needmatch_domain::certificate::{Leaf, Proof};
use needmatch_domain::goal::GoalName;
use needmatch_domain::ids::ComponentIndex;
use needmatch_domain::plan::Plan;
use needmatch_domain::problem::{Component, Problem};
use needmatch_domain::row::{Multiplier, Row, RowKey};
use needmatch_domain::run::Run;
use serde::{Deserialize, Serialize};

use super::renaming::Renaming;

/// Plans and proofs of an earlier run in the terms of the problem at hand, and what became of the scores since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Start {
    /// Digest of the earlier run.
    pub run: String,
    /// The plan.
    pub(super) plan: Plan,
    /// Of each goal: the plan that was best for it, and why no plan was better.
    pub(super) goals: Vec<(GoalName, Plan, Proof)>,
    /// By how much the score of a unit of a component rose or fell, where it did.
    pub(super) scores: Vec<(ComponentIndex, i64)>,
}

impl Start {
    /// A start for `now` from a run about `before`; `None` when that run has no plan.
    ///
    /// Cost: linear in both problems and the certificate.
    pub fn of(run: &Run, before: &Problem, now: &Problem) -> Option<Self> {
        let outcome = &run.outcome;
        if outcome.goals.is_empty() {
            return None;
        }
        let renaming = Renaming::of(before, now);
        let stages = outcome.goals.iter().zip(&outcome.certificate.stages);
        let goals = stages.map(|(result, stage)| {
            let matches = stage.witness.as_ref().unwrap_or(&outcome.plan.matches);
            (result.goal, renaming.plan(matches), renaming.proof(&stage.proof))
        });
        Some(Self {
            run: run.digest.clone(),
            plan: renaming.plan(&outcome.plan.matches),
            goals: goals.collect(),
            scores: score_changes(before, now),
        })
    }

    /// The plan that was best for a goal.
    pub(super) fn plan_of(&self, goal: GoalName) -> Option<&Plan> {
        self.goals.iter().find(|(name, _, _)| *name == goal).map(|(_, plan, _)| plan)
    }

    /// Leaves a goal with the plan that serves all of them.
    pub(super) fn forget_plan_of(&mut self, goal: GoalName) {
        for (name, plan, _) in &mut self.goals {
            if *name == goal {
                plan.clone_from(&self.plan);
            }
        }
    }

    /// What may prove that no plan is better for the goal at a position: the earlier proof, and the same with its
    /// multipliers moved along with the scores.
    ///
    /// A unit of a component that is worth Δ more makes the demand for it worth Δ more: then no quantity of it is left
    /// with a gain of its own, and the bound grows by Δ times what is outstanding, not by Δ for every cell.
    pub(super) fn proofs_of(&self, problem: &Problem, position: usize) -> Vec<Proof> {
        let goal = problem.goals[position].goal;
        let Some((_, _, proof)) = self.goals.iter().find(|(name, _, _)| *name == goal) else { return Vec::new() };
        let coverage = problem.goals.iter().position(|goal| goal.goal == GoalName::Coverage);
        let moved = coverage.filter(|place| *place <= position && !self.scores.is_empty()).map(|place| {
            let along = |leaf: &Leaf| self.moved_along(leaf, (place < position).then_some(place));
            each_leaf(proof, &along)
        });
        [Some(proof.clone()), moved].into_iter().flatten().collect()
    }

    fn moved_along(&self, leaf: &Leaf, held: Option<usize>) -> Leaf {
        let factor = match held {
            None => 1_i64 << leaf.scale.min(40),
            Some(place) => {
                let key = u32::try_from(place).map(|place| RowKey::of(Row::Held, &[place]));
                let of = |key| leaf.multipliers.iter().find(|one| one.key == key).map_or(0, |one| one.value);
                key.map_or(0, of)
            }
        };
        let mut multipliers: BTreeMap<RowKey, i64> = leaf.multipliers.iter().map(|one| (one.key, one.value)).collect();
        for (component, change) in &self.scores {
            let demand = multipliers.entry(RowKey::of(Row::DemandTotal, &[component.0])).or_insert(0);
            *demand = demand.saturating_add(factor.saturating_mul(*change)).max(0);
        }
        let multipliers = multipliers.into_iter().filter(|(_, value)| *value != 0);
        Leaf { scale: leaf.scale, multipliers: multipliers.map(|(key, value)| Multiplier { key, value }).collect() }
    }
}

/// The same tree with other bounds at its leaves.
fn each_leaf(proof: &Proof, change: &impl Fn(&Leaf) -> Leaf) -> Proof {
    let inside = |proof: &Proof| Box::new(each_leaf(proof, change));
    match proof {
        Proof::Leaf(leaf) => Proof::Leaf(change(leaf)),
        Proof::Infeasible(leaf) => Proof::Infeasible(leaf.clone()),
        Proof::Strengthened { cuts, proof } => Proof::Strengthened { cuts: cuts.clone(), proof: inside(proof) },
        Proof::Split { column, at, below, above } => {
            Proof::Split { column: *column, at: *at, below: inside(below), above: inside(above) }
        }
    }
}

/// By how much the score of a unit changed: of the pairs of a component, the one that rose most or fell least.
fn score_changes(before: &Problem, now: &Problem) -> Vec<(ComponentIndex, i64)> {
    let earlier: BTreeMap<_, &Component> =
        before.components.iter().map(|component| (&component.id, component)).collect();
    let offers: BTreeMap<_, _> = now.offers.iter().enumerate().map(|(place, offer)| (&offer.id, place)).collect();
    let change = |component: &Component| {
        let scores: BTreeMap<_, _> = earlier
            .get(&component.id)?
            .pairs
            .iter()
            .filter_map(|pair| Some((*offers.get(&before.offers[pair.offer.at()].id)?, pair.score)))
            .collect();
        let changes = component.pairs.iter().filter_map(|pair| Some(pair.score - scores.get(&pair.offer.at())?));
        changes.max().filter(|change| *change != 0)
    };
    let changed = now.components.iter().enumerate();
    changed.filter_map(|(place, component)| Some((ComponentIndex::of(place), change(component)?))).collect()
}
