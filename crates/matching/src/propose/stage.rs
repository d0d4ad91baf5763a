//! One goal: a good plan, then the proof, then the better plan that the proof may meet on its way.

use needmatch_domain::certificate::Proof;
use needmatch_domain::goal::{Gap, GoalName};
use needmatch_domain::plan::Plan;
use needmatch_domain::progress::Phase;

use super::{Options, ProposeError, Watch};
use crate::certify::{Budget, Certified, certify, prove_infeasible, without_solver};
use crate::construct::{dive, extend, greedy, round};
use crate::model::{Assignment, Incidence, Model, Objective};
use crate::solve::{Answer, MixedLimits, solve_mixed};

/// Relaxations that a dive may take.
const DIVE_ROUNDS: usize = 400;

/// Share of the asked gap that the solver may leave; the rest is for the proof.
const SOLVER_SHARE_OF_GAP: f64 = 0.4;

/// One goal of a proposal.
pub(super) struct Stage<'s> {
    pub(super) position: usize,
    pub(super) goal: GoalName,
    pub(super) objective: &'s Objective,
    pub(super) options: &'s Options,
    /// Seconds since the run began at which this goal must be done.
    pub(super) deadline: f64,
}

/// What a goal reached.
#[derive(Debug, Clone)]
pub struct Reached {
    /// The plan that reached it.
    pub plan: Plan,
    /// Its value.
    pub best: i64,
    /// What no plan passes.
    pub bound: i64,
    /// Why.
    pub proof: Proof,
}

pub(super) enum Decision {
    Reached(Reached),
    Infeasible(Proof),
}

struct Incumbent<'m, 'p> {
    model: &'m Model<'p>,
    incidence: &'m Incidence,
    objective: &'m Objective,
    best: Option<(i64, Plan)>,
}

impl Incumbent<'_, '_> {
    /// Keeps an assignment that breaks nothing and is better than what is held.
    fn offer(&mut self, assignment: &Assignment<'_, '_>) -> bool {
        if !assignment.broken().is_empty() {
            return false;
        }
        let Ok(value) = i64::try_from(assignment.value(self.objective)) else { return false };
        let better = self.best.as_ref().is_none_or(|(best, _)| value > *best);
        if better {
            self.best = Some((value, assignment.plan()));
        }
        better
    }

    /// Rounds floats, then fills what rounding left.
    fn offer_values(&mut self, values: &[f64]) {
        let mut rounded = round(self.model, self.incidence, values);
        self.offer(&rounded);
        extend(self.model, &mut rounded);
        self.offer(&rounded);
    }

    fn value(&self) -> Option<i64> {
        self.best.as_ref().map(|(value, _)| *value)
    }
}

impl Stage<'_> {
    pub(super) fn run(
        &self,
        model: &Model<'_>,
        before: Option<&Plan>,
        watch: &mut Watch<'_>,
    ) -> Result<Decision, ProposeError> {
        let incidence = Incidence::of(model);
        let mut incumbent = Incumbent { model, incidence: &incidence, objective: self.objective, best: None };
        watch.report(Phase::Greedy, Some(self.goal), None, None);
        match before {
            Some(plan) => incumbent.offer(&Assignment::of_plan(model, &incidence, plan)),
            None => incumbent.offer(&greedy(model, &incidence)),
        };
        watch.report(Phase::Solve, Some(self.goal), incumbent.value(), None);
        let first = self.first_bound(&mut incumbent, watch);
        if let (Some(first), Some((best, plan))) = (&first, &incumbent.best)
            && first.bound <= largest_bound(*best, self.options.gap)
        {
            let (best, bound) = (*best, first.bound.max(*best));
            watch.report(Phase::Certify, Some(self.goal), Some(best), Some(bound));
            return Ok(Decision::Reached(Reached { plan: plan.clone(), best, bound, proof: first.proof.clone() }));
        }
        let solver = self.improve(&mut incumbent, watch);
        if incumbent.best.is_none() {
            let spent = self.spent(watch);
            let budget = Budget { nodes: self.nodes(model), seconds: self.remaining(watch), spent: &spent };
            let proof = if self.options.solver { prove_infeasible(model, &budget) } else { None };
            return proof.map(Decision::Infeasible).ok_or(ProposeError::Undecided { solver });
        }
        watch.report(Phase::Certify, Some(self.goal), incumbent.value(), None);
        let mut reached = self.prove(incumbent, watch);
        if let Some(first) = first.filter(|first| first.bound < reached.bound) {
            // Time ran out before the tree: what the first relaxation proved still stands.
            (reached.bound, reached.proof) = (first.bound.max(reached.best), first.proof);
        }
        watch.report(Phase::Certify, Some(self.goal), Some(reached.best), Some(reached.bound));
        Ok(Decision::Reached(reached))
    }

    fn nodes(&self, model: &Model<'_>) -> usize {
        self.options.nodes(model.columns.len(), self.position)
    }

    /// Seconds this goal may still take.
    fn remaining(&self, watch: &Watch<'_>) -> f64 {
        (self.deadline - (watch.elapsed)()).max(0.01)
    }

    fn spent<'w>(&self, watch: &'w Watch<'_>) -> impl Fn() -> bool + use<'w> {
        let (deadline, elapsed, cancelled) = (self.deadline, watch.elapsed, watch.cancelled);
        move || elapsed() >= deadline || cancelled()
    }

    /// The bound of the first relaxation, and a dive where the plan at hand is not near it yet.
    fn first_bound(&self, incumbent: &mut Incumbent<'_, '_>, watch: &Watch<'_>) -> Option<Certified> {
        if !self.options.solver {
            return None;
        }
        let spent = self.spent(watch);
        let budget = Budget { nodes: 1, seconds: self.remaining(watch), spent: &spent };
        let first = self.certified(incumbent, &budget);
        if incumbent.value().is_none_or(|best| first.bound > largest_bound(best, self.options.gap)) {
            let values = dive(incumbent.model, incumbent.objective, DIVE_ROUNDS, self.remaining(watch), &spent);
            if let Some(values) = values {
                incumbent.offer_values(&values);
            }
        }
        Some(first)
    }

    fn certified(&self, incumbent: &mut Incumbent<'_, '_>, budget: &Budget<'_>) -> Certified {
        let (model, objective) = (incumbent.model, incumbent.objective);
        let value = incumbent.value().unwrap_or(i64::MIN);
        let asked = self.options.gap;
        let mut found = |values: &[f64]| {
            incumbent.offer_values(values);
            incumbent.value().unwrap_or(value)
        };
        certify(model, objective, &|best| largest_bound(best, asked), &mut found, value, budget)
    }

    fn improve(&self, incumbent: &mut Incumbent<'_, '_>, watch: &Watch<'_>) -> String {
        if !self.options.solver || self.objective.terms.is_empty() && incumbent.best.is_some() {
            return "not asked".to_owned();
        }
        let start = incumbent
            .best
            .as_ref()
            .map(|(_, plan)| Assignment::of_plan(incumbent.model, incumbent.incidence, plan).values);
        let limits = MixedLimits {
            relative_gap: self.options.gap.permille() / 1000.0 * SOLVER_SHARE_OF_GAP,
            seconds: self.remaining(watch) * 0.6,
            nodes: i32::try_from(self.nodes(incumbent.model)).unwrap_or(i32::MAX),
            seed: i32::try_from(incumbent.model.problem.seed % 1_000_000).unwrap_or(0),
            presolve: self.options.presolve,
        };
        match solve_mixed(incumbent.model, incumbent.objective, start.as_deref(), limits) {
            Answer::Values(values) => {
                incumbent.offer_values(&values);
                "answered with values that break a rule".to_owned()
            }
            Answer::ClaimsInfeasible => "claimed infeasible".to_owned(),
            Answer::Nothing(why) => why,
        }
    }

    fn prove(&self, mut incumbent: Incumbent<'_, '_>, watch: &Watch<'_>) -> Reached {
        let certified = if self.options.solver {
            let spent = self.spent(watch);
            let nodes = self.nodes(incumbent.model);
            let budget = Budget { nodes, seconds: self.remaining(watch), spent: &spent };
            self.certified(&mut incumbent, &budget)
        } else {
            without_solver(incumbent.model, self.objective, incumbent.value().unwrap_or(0))
        };
        let (best, plan) = incumbent.best.expect("a plan was held before proving");
        Reached { plan, best, bound: certified.bound.max(best), proof: certified.proof }
    }
}

/// The largest bound whose gap to a value is within the one asked for.
fn largest_bound(best: i64, asked: Gap) -> i64 {
    let distance = i128::from(best).abs().max(1) * i128::from(asked.thousandths) / 1_000_000;
    i64::try_from(i128::from(best) + distance).unwrap_or(i64::MAX)
}
