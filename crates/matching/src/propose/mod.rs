//! The whole way from a frozen problem to an outcome: goals in order, each with a plan and its proof.

mod options;
mod renaming;
mod resume;
mod stage;
mod start;
mod totals;

pub use options::{Options, Watch};
pub(crate) use renaming::Renaming;
pub use start::Start;
pub use totals::totals;

use needmatch_domain::certificate::{Certificate, Proof, StageProof};
use needmatch_domain::goal::Gap;
use needmatch_domain::plan::Plan;
use needmatch_domain::problem::Problem;
use needmatch_domain::progress::Phase;
use needmatch_domain::reason::Explanations;
use needmatch_domain::run::{GoalResult, Outcome, Status, Totals};
use needmatch_verify::Recount;

use crate::model::{Assignment, Incidence, Model, Objective, objective};
use crate::{explain, model};
use resume::Resumed;
use stage::{Decision, Reached, Stage};

/// Why there is neither a plan nor a proof that there is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProposeError {
    /// Locks or floors may conflict, but neither a plan nor a proof came within the limits.
    #[error(
        "no plan was found and none was proved impossible within the limits; locks and regional floors are what can make a problem infeasible: relax one, or allow more seconds ({solver})"
    )]
    Undecided {
        /// What the solver said.
        solver: String,
    },
}

/// Maximises the goals in order and proves how near each is to the best possible.
///
/// The same problem and options give the same outcome, unless [`Watch::elapsed`] stops the work.
pub fn propose(problem: &Problem, options: &Options, watch: &mut Watch<'_>) -> Result<Outcome, ProposeError> {
    propose_from(problem, None, options, watch)
}

/// The same, beginning with what an earlier run knew where there is one: far faster, and the more exact the less has
/// changed since. A goal for which none of the earlier plans can be mended is worked on from nothing.
pub fn propose_from(
    problem: &Problem,
    start: Option<&Start>,
    options: &Options,
    watch: &mut Watch<'_>,
) -> Result<Outcome, ProposeError> {
    let recount = start.and_then(|_| Recount::of(problem).ok());
    let mut start = start.cloned();
    watch.report(Phase::Build, None, None, None);
    let mut model = Model::of(problem);
    let mut objectives: Vec<Objective> = Vec::new();
    let mut reached: Vec<Reached> = Vec::new();
    let mut plan: Option<Plan> = None;
    let mut rules_and_goals = model.rows.len();
    for (position, goal) in problem.goals.iter().enumerate() {
        model.rows.truncate(rules_and_goals);
        let aim = objective(&mut model, goal);
        rules_and_goals = model.rows.len();
        let held = held(problem, position, &reached);
        for (earlier, value) in held.iter().enumerate() {
            model.hold(earlier, &objectives[earlier], *value);
        }
        let deadline = share_of_time(options.seconds, (watch.elapsed)(), position, problem.goals.len());
        let stage = Stage { position, goal: goal.goal, objective: &aim, options, deadline };
        if let Some(start) = start.as_mut().filter(|_| position == 0) {
            stage.adapt(&model, start);
        }
        let resumed = start.as_ref().zip(recount.as_ref()).and_then(|(start, recount)| {
            stage.resume(&model, plan.as_ref(), &Resumed { start, recount, held: &held }, watch)
        });
        let answer =
            match resumed.map_or_else(|| stage.run(&model, plan.as_ref(), watch), |at| Ok(Decision::Reached(at)))? {
                Decision::Reached(answer) => answer,
                Decision::Infeasible(proof) => return Ok(infeasible(proof)),
            };
        plan = Some(answer.plan.clone());
        reached.push(answer);
        objectives.push(aim);
    }
    let plan = plan.unwrap_or_default();
    model.rows.truncate(rules_and_goals);
    watch.report(Phase::Explain, None, None, None);
    Ok(assemble(problem, &model, &objectives, reached, plan, options.gap))
}

/// When a goal must be done: the first may take half of the time, those yet to come share what is left equally.
#[expect(clippy::cast_precision_loss, reason = "a scenario has few goals")]
fn share_of_time(seconds: f64, elapsed: f64, position: usize, goals: usize) -> f64 {
    let share = if position == 0 { goals.min(2) } else { goals - position };
    elapsed + (seconds - elapsed).max(0.0) / share as f64
}

/// What each earlier goal is held at while a goal is maximised (`docs/rules.md`, give).
pub fn held(problem: &Problem, position: usize, reached: &[Reached]) -> Vec<i64> {
    reached.iter().enumerate().map(|(earlier, result)| held_at(problem, earlier, position, result.best)).collect()
}

/// What a goal whose best is known is held at while a later one is maximised.
fn held_at(problem: &Problem, earlier: usize, position: usize, best: i64) -> i64 {
    let gives: i64 = problem.goals[earlier + 1..=position].iter().map(|goal| i64::from(goal.give)).sum();
    let allowance = i128::from(best.abs()) * i128::from(gives) / 1000;
    i64::try_from(i128::from(best) - allowance).unwrap_or(i64::MIN)
}

fn infeasible(proof: Proof) -> Outcome {
    Outcome {
        status: Status::Infeasible,
        plan: Plan::default(),
        goals: Vec::new(),
        totals: Totals::default(),
        certificate: Certificate { stages: Vec::new(), infeasible: Some(proof) },
        explanations: Explanations::default(),
    }
}

fn assemble(
    problem: &Problem,
    model: &model::Model<'_>,
    objectives: &[Objective],
    reached: Vec<Reached>,
    plan: Plan,
    asked: Gap,
) -> Outcome {
    let incidence = Incidence::of(model);
    let assignment = Assignment::of_plan(model, &incidence, &plan);
    let values: Vec<i64> =
        objectives.iter().map(|aim| i64::try_from(assignment.value(aim)).unwrap_or(i64::MIN)).collect();
    // The final plan stands witness for a stage only where it also keeps what that stage held: later goals may have
    // taken more of an earlier one than this stage was allowed to.
    let keeps: Vec<bool> = (0..reached.len())
        .map(|stage| held(problem, stage, &reached[..stage]).iter().zip(&values).all(|(held, value)| value >= held))
        .collect();
    let mut goals = Vec::new();
    let mut stages = Vec::new();
    for (((goal, value), keeps), result) in problem.goals.iter().zip(values).zip(keeps).zip(reached) {
        goals.push(GoalResult {
            goal: goal.goal,
            best: result.best,
            bound: result.bound,
            gap_permille: Gap::between(result.best, result.bound),
            value,
        });
        let witness = (value < result.best || !keeps).then_some(result.plan.matches);
        stages.push(StageProof { witness, proof: result.proof });
    }
    let status = goals.first().map_or(Status::Limit, |first| Status::judge(first.best, first.bound, asked));
    let certificate = Certificate { stages, infeasible: None };
    let explanations = explain::explain(model, &plan, &certificate);
    Outcome { status, totals: totals(problem, &plan), goals, plan, certificate, explanations }
}
