//! One goal: a good plan, then the proof, then the better plan that the proof may meet on its way.

use std::cell::RefCell;

use needmatch_domain::certificate::Proof;
use needmatch_domain::goal::{Gap, GoalName};
use needmatch_domain::plan::Plan;
use needmatch_domain::progress::Phase;

use super::{Options, ProposeError, Watch};
use crate::certify::{Budget, Certified, certify, prove_infeasible};
use crate::construct::{extend, greedy, round};
use crate::model::{Assignment, Incidence, Model, Objective};
use crate::solve::{Answer, MixedLimits, solve_mixed};

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
        let solver = self.improve(&mut incumbent, watch);
        if incumbent.best.is_none() {
            let spent = self.spent(watch);
            let budget = Budget { nodes: self.nodes(model), seconds: self.remaining(watch), spent: &spent };
            let proof = if self.options.solver { prove_infeasible(model, &budget) } else { None };
            return proof.map(Decision::Infeasible).ok_or(ProposeError::Undecided { solver });
        }
        watch.report(Phase::Certify, Some(self.goal), incumbent.value(), None);
        let reached = self.prove(incumbent, watch);
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

    fn improve(&self, incumbent: &mut Incumbent<'_, '_>, watch: &Watch<'_>) -> String {
        if !self.options.solver || self.objective.terms.is_empty() && incumbent.best.is_some() {
            return "not asked".to_owned();
        }
        let start = incumbent.best.as_ref().map(|(_, plan)| {
            Assignment::of_plan(incumbent.model, incumbent.incidence, plan).values
        });
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

    fn prove(&self, incumbent: Incumbent<'_, '_>, watch: &Watch<'_>) -> Reached {
        let (model, objective) = (incumbent.model, incumbent.objective);
        let value = incumbent.value().unwrap_or(0);
        let asked = self.options.gap;
        let target = |best: i64| largest_bound(best, asked);
        let spent = self.spent(watch);
        let budget = Budget { nodes: self.nodes(model), seconds: self.remaining(watch), spent: &spent };
        let incumbent = RefCell::new(incumbent);
        let mut found = |values: &[f64]| {
            incumbent.borrow_mut().offer_values(values);
            incumbent.borrow().value().unwrap_or(value)
        };
        let certified = if self.options.solver {
            certify(model, objective, &target, &mut found, value, &budget)
        } else {
            crate::certify::without_solver(model, objective, value)
        };
        let Certified { bound, proof, .. } = certified;
        let (best, plan) = incumbent.into_inner().best.expect("a plan was held before proving");
        debug_assert!(self.position < model.problem.goals.len());
        Reached { plan, best, bound: bound.max(best), proof }
    }
}

/// The largest bound whose gap to a value is within the one asked for.
fn largest_bound(best: i64, asked: Gap) -> i64 {
    let distance = i128::from(best).abs().max(1) * i128::from(asked.thousandths) / 1_000_000;
    i64::try_from(i128::from(best) + distance).unwrap_or(i64::MAX)
}
