//! One goal: a good plan, then the proof, then the better plan that the proof may meet on its way.

use needmatch_domain::certificate::Proof;
use needmatch_domain::goal::{Gap, GoalName};
use needmatch_domain::plan::Plan;
use needmatch_domain::progress::Phase;

use super::{Options, ProposeError, Watch};
use crate::certify::{Budget, Certified, Root, certify, prove_infeasible, without_solver};
use crate::construct::{Neighbourhoods, PASSES, agreeing, dive, extend, greedy, mend, round, staying, switched};
use crate::model::{Assignment, Incidence, Model, Objective};
use crate::solve::{Answer, MixedLimits, solve_mixed};

/// Relaxations that a dive may take.
const DIVE_ROUNDS: usize = 400;

/// Share of the asked gap that the solver may leave; the rest is for the proof.
const SOLVER_SHARE_OF_GAP: f64 = 0.4;

/// Branching nodes of a part of the plan.
const PART_NODES: i32 = 4;

/// A gap that asks for another try.
const FAR: Gap = Gap { thousandths: 200_000 };

/// Backstop for a part of the plan, in seconds; nodes should end it long before.
const PART_SECONDS: f64 = 20.0;

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

/// The best plan at hand.
pub(super) struct Incumbent<'m, 'p> {
    pub(super) model: &'m Model<'p>,
    pub(super) incidence: &'m Incidence,
    objective: &'m Objective,
    best: Option<(i64, Plan)>,
}

impl<'m, 'p> Incumbent<'m, 'p> {
    pub(super) fn of(model: &'m Model<'p>, incidence: &'m Incidence, objective: &'m Objective) -> Self {
        Self { model, incidence, objective, best: None }
    }

    /// Keeps an assignment that breaks nothing and is better than what is held.
    pub(super) fn offer(&mut self, assignment: &Assignment<'_, '_>) -> bool {
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
    pub(super) fn offer_values(&mut self, values: &[f64]) {
        let mut rounded = round(self.model, self.incidence, values);
        self.offer(&rounded);
        extend(self.model, &mut rounded);
        self.offer(&rounded);
    }

    /// Mends a plan that may break rules, then fills what there is room for.
    pub(super) fn offer_mended(&mut self, mut assignment: Assignment<'_, '_>) {
        mend(self.model, &mut assignment);
        self.offer(&assignment);
        extend(self.model, &mut assignment);
        self.offer(&assignment);
    }

    pub(super) fn value(&self) -> Option<i64> {
        self.best.as_ref().map(|(value, _)| *value)
    }

    pub(super) fn plan(&self) -> Option<&Plan> {
        self.best.as_ref().map(|(_, plan)| plan)
    }

    /// The plan at hand with what is proved of it.
    ///
    /// # Panics
    /// When there is none.
    pub(super) fn reached(self, proven: Certified) -> Reached {
        let (best, plan) = self.best.expect("a plan was found before proving");
        Reached { plan, best, bound: proven.bound.max(best), proof: proven.proof }
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
        let mut incumbent = Incumbent::of(model, &incidence, self.objective);
        watch.report(Phase::Greedy, Some(self.goal), None, None);
        match before {
            Some(plan) => incumbent.offer(&Assignment::of_plan(model, &incidence, plan)),
            None => incumbent.offer(&greedy(model, &incidence)),
        };
        if !self.options.solver {
            let proven = incumbent.best.as_ref().map(|(best, _)| without_solver(model, self.objective, *best));
            return match proven {
                Some(proven) => Ok(Decision::Reached(incumbent.reached(proven))),
                None => Err(ProposeError::Undecided { solver: "not asked".to_owned() }),
            };
        }
        watch.report(Phase::Solve, Some(self.goal), incumbent.value(), None);
        let spent = self.spent(watch);
        let enough = incumbent.value().map_or(i64::MIN, |best| largest_bound(best, self.options.gap));
        let mut root = Root::of(model, self.objective, enough, self.remaining(watch), &spent);
        if let Some(solved) = &root.solved {
            incumbent.offer_values(&root.steps.in_units(&solved.values));
        }
        if !self.is_enough(&incumbent, &root) && (before.is_none() || incumbent.best.is_none()) {
            let values = dive(&root.steps.model, &mut root.relaxation, DIVE_ROUNDS, self.remaining(watch), &spent);
            if let Some(values) = values {
                let values = root.steps.in_units(&values);
                incumbent.offer_values(&values);
                self.settle(&mut incumbent, &values, watch);
            }
        }
        watch.report(Phase::Solve, Some(self.goal), incumbent.value(), Some(root.proven()));
        let mut solver = "not asked".to_owned();
        if incumbent.best.is_none() {
            solver = self.solve_whole(&mut incumbent, watch);
        }
        self.search(&mut incumbent, &root, watch);
        if incumbent.best.is_none() {
            let budget = Budget { nodes: self.nodes(model), seconds: self.remaining(watch), spent: &spent };
            let proof = prove_infeasible(model, &budget);
            return proof.map(Decision::Infeasible).ok_or(ProposeError::Undecided { solver });
        }
        watch.report(Phase::Certify, Some(self.goal), incumbent.value(), Some(root.proven()));
        let nodes = if self.is_enough(&incumbent, &root) { 1 } else { self.nodes(model) };
        let proven = self.prove(&mut incumbent, &mut root, nodes, watch);
        let reached = incumbent.reached(proven);
        watch.report(Phase::Certify, Some(self.goal), Some(reached.best), Some(reached.bound));
        Ok(Decision::Reached(reached))
    }

    /// Whether what is proved of the plan at hand is as near as asked.
    fn is_enough(&self, incumbent: &Incumbent<'_, '_>, root: &Root<'_>) -> bool {
        incumbent.value().is_some_and(|best| root.proven() <= largest_bound(best, self.options.gap))
    }

    fn nodes(&self, model: &Model<'_>) -> usize {
        self.options.nodes(model.columns.len(), self.position)
    }

    /// Seconds this goal may still take.
    fn remaining(&self, watch: &Watch<'_>) -> f64 {
        (self.deadline - (watch.elapsed)()).max(0.01)
    }

    fn spent<'w>(&self, watch: &Watch<'w>) -> impl Fn() -> bool + use<'w> {
        let (deadline, elapsed, cancelled) = (self.deadline, watch.elapsed, watch.cancelled);
        move || elapsed() >= deadline || cancelled()
    }

    /// Searches the tree, which may meet better plans on its way.
    fn prove(
        &self,
        incumbent: &mut Incumbent<'_, '_>,
        root: &mut Root<'_>,
        nodes: usize,
        watch: &Watch<'_>,
    ) -> Certified {
        let value = incumbent.value().unwrap_or(i64::MIN);
        let asked = self.options.gap;
        let mut found = |values: &[f64]| {
            incumbent.offer_values(values);
            incumbent.value().unwrap_or(value)
        };
        let spent = self.spent(watch);
        let budget = Budget { nodes, seconds: self.remaining(watch), spent: &spent };
        certify(root, &|best| largest_bound(best, asked), &mut found, value, &budget)
    }

    /// The whole program at once: where no plan is known at all.
    fn solve_whole(&self, incumbent: &mut Incumbent<'_, '_>, watch: &Watch<'_>) -> String {
        let nodes = i32::try_from(self.nodes(incumbent.model)).unwrap_or(i32::MAX);
        let limits = self.limits(incumbent, self.remaining(watch) * 0.6, nodes);
        match solve_mixed(incumbent.model, incumbent.objective, &[], None, limits) {
            Answer::Values(values) => {
                incumbent.offer_values(&values);
                "answered with values that break a rule".to_owned()
            }
            Answer::ClaimsInfeasible => "claimed infeasible".to_owned(),
            Answer::Nothing(why) => why,
        }
    }

    /// Whole quantities under the switches that a dive has set.
    fn settle(&self, incumbent: &mut Incumbent<'_, '_>, values: &[f64], watch: &Watch<'_>) {
        let stays = switched(incumbent.model, values);
        let limits = self.part_limits(incumbent, watch);
        if let Answer::Values(values) = solve_mixed(incumbent.model, self.objective, &stays, None, limits) {
            incumbent.offer_values(&values);
        }
    }

    /// Decides anew where the plan and the relaxation disagree (relaxation induced neighbourhood search; Danna, Rothberg
    /// & Le Pape, Math. Program. 102, 2005).
    fn rejoin(&self, incumbent: &mut Incumbent<'_, '_>, root: &Root<'_>, watch: &Watch<'_>) -> bool {
        let (Some(solved), Some((before, plan))) = (&root.solved, &incumbent.best) else { return false };
        if self.is_enough(incumbent, root) || (self.spent(watch))() {
            return false;
        }
        let before = *before;
        let start = Assignment::of_plan(incumbent.model, incumbent.incidence, plan).values;
        let stays = agreeing(incumbent.model, &start, &root.steps.in_units(&solved.values));
        if stays.iter().all(Option::is_some) {
            return false;
        }
        let limits = self.part_limits(incumbent, watch);
        let an = solve_mixed(incumbent.model, self.objective, &stays, Some(&start), limits);
        if let Answer::Values(values) = an {
            incumbent.offer_values(&values);
        }
        incumbent.value() > Some(before)
    }

    /// Better plans near the one at hand. The first goal is decided anew as a whole before its parts, for everything
    /// later rests on it; later goals as a whole only where their parts leave them far from their bound.
    fn search(&self, incumbent: &mut Incumbent<'_, '_>, root: &Root<'_>, watch: &mut Watch<'_>) {
        if self.position == 0 {
            for _ in 0..self.options.rejoined() {
                if !self.rejoin(incumbent, root, watch) {
                    break;
                }
            }
        }
        self.improve(incumbent, root, watch);
        if self.position > 0 && self.options.work > 0 && is_far(incumbent, root) {
            self.rejoin(incumbent, root, watch);
        }
    }

    /// What plan and relaxation agree on, for goals after the first: they begin far from their best, and parts reach
    /// further where less is to be decided. The first goal was decided so as a whole.
    fn decided(&self, incumbent: &Incumbent<'_, '_>, root: &Root<'_>) -> Vec<Option<i64>> {
        match (&root.solved, &incumbent.best) {
            (Some(solved), Some((_, plan))) if self.position > 0 => {
                let plan = Assignment::of_plan(incumbent.model, incumbent.incidence, plan).values;
                agreeing(incumbent.model, &plan, &root.steps.in_units(&solved.values))
            }
            _ => vec![None; incumbent.model.columns.len()],
        }
    }

    /// Decides parts of the plan anew, all else staying, until a whole pass brings nothing.
    fn improve(&self, incumbent: &mut Incumbent<'_, '_>, root: &Root<'_>, watch: &mut Watch<'_>) {
        if self.objective.terms.is_empty() {
            return;
        }
        let model = incumbent.model;
        let mut idle = 0;
        for pass in 0..self.options.passes() {
            let before = incumbent.value();
            let parts = Neighbourhoods::of(model, pass, &self.decided(incumbent, root)).parts;
            let whole = parts.len() == 1;
            for free in parts {
                if incumbent.best.is_none() || self.is_enough(incumbent, root) || (self.spent(watch))() {
                    return;
                }
                let start = incumbent
                    .best
                    .as_ref()
                    .map(|(_, plan)| Assignment::of_plan(model, incumbent.incidence, plan).values);
                let start = start.expect("a plan is at hand");
                let limits = self.part_limits(incumbent, watch);
                let stays = staying(model, &free, &start, &self.decided(incumbent, root));
                if let Answer::Values(values) = solve_mixed(model, self.objective, &stays, Some(&start), limits) {
                    incumbent.offer_values(&values);
                }
            }
            watch.report(Phase::Solve, Some(self.goal), incumbent.value(), Some(root.proven()));
            idle = if incumbent.value() == before { idle + 1 } else { 0 };
            if whole || idle == PASSES {
                return;
            }
        }
    }

    pub(super) fn part_limits(&self, incumbent: &Incumbent<'_, '_>, watch: &Watch<'_>) -> MixedLimits {
        self.limits(incumbent, self.remaining(watch).min(PART_SECONDS), PART_NODES)
    }

    fn limits(&self, incumbent: &Incumbent<'_, '_>, seconds: f64, nodes: i32) -> MixedLimits {
        MixedLimits {
            relative_gap: self.options.gap.permille() / 1000.0 * SOLVER_SHARE_OF_GAP,
            seconds,
            nodes,
            seed: i32::try_from(incumbent.model.problem.seed % 1_000_000).unwrap_or(0),
            presolve: self.options.presolve,
        }
    }
}

/// The largest bound whose gap to a value is within the one asked for.
fn largest_bound(best: i64, asked: Gap) -> i64 {
    let distance = i128::from(best).abs().max(1) * i128::from(asked.thousandths) / 1_000_000;
    i64::try_from(i128::from(best) + distance).unwrap_or(i64::MAX)
}

fn is_far(incumbent: &Incumbent<'_, '_>, root: &Root<'_>) -> bool {
    incumbent.value().is_some_and(|best| root.proven() > largest_bound(best, FAR))
}
