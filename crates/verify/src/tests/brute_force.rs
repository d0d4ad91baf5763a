//! Runs that are right by construction: plans found by looking at every one, bounds by branching on every unknown.

use needmatch_domain::certificate::{Certificate, Leaf, Proof, StageProof};
use needmatch_domain::column::{Column, ColumnKey};
use needmatch_domain::goal::{Gap, Goal, GoalName};
use needmatch_domain::plan::{Match, Plan};
use needmatch_domain::problem::Problem;
use needmatch_domain::reason::Explanations;
use needmatch_domain::row::{Multiplier, Row, RowKey};
use needmatch_domain::run::{GoalResult, Outcome, Run, RunSettings, Status};

use super::builder::{component, give, problem, request};
use super::random::plans;
use crate::Recount;

/// One request with components of 2 and 3 units at scores 5 and 3, one offer with 4 units.
pub(super) fn two_components() -> Problem {
    let mut problem = problem(1, 1, 1);
    problem.offers[0].quantity = 4;
    problem.offers[0].delivery_permille = 2000;
    let owner = request(&mut problem, 0);
    for (outstanding, score, points) in [(2, 5, 1), (3, 3, 2)] {
        let position = component(&mut problem, owner, outstanding);
        problem.components[position].pairs[0].score = score;
        problem.components[position].sustainability_points = points;
    }
    let give = |goal, give| Goal { give, ..Goal::plain(goal) };
    problem.goals = vec![give(GoalName::Coverage, 0), give(GoalName::Completed, 500), give(GoalName::Economy, 0)];
    problem
}

/// Branches on every x that the problem has, so that every leaf is one point; `value` is the most that is claimed.
fn every_point(recount: &Recount<'_>, until: i64) -> Proof {
    let columns: Vec<(ColumnKey, i64)> = [[0, 0, 0], [1, 0, 0]]
        .iter()
        .map(|entities| ColumnKey::of(Column::X, entities))
        .map(|key| (key, recount.upper(&key).unwrap()))
        .collect();
    branch(recount, &columns, &[], until)
}

fn branch(recount: &Recount<'_>, open: &[(ColumnKey, i64)], fixed: &[Match], until: i64) -> Proof {
    let Some(((key, upper), rest)) = open.split_first() else {
        let goal = &recount.problem().goals[0];
        if recount.evaluate(fixed, goal) <= until {
            return Proof::Leaf(Leaf::default());
        }
        // More than is claimed: the offer does not hold so much.
        let multiplier = Multiplier { key: RowKey::of(Row::CapacityTotal, &[0]), value: 1 };
        return Proof::Infeasible(Leaf { scale: 0, multipliers: vec![multiplier] });
    };
    let entities: Vec<usize> = key.entities().iter().map(|entity| *entity as usize).collect();
    let at = |quantity: i64| {
        let more = (quantity > 0).then(|| give(entities[0], entities[1], entities[2], quantity));
        branch(recount, rest, &fixed.iter().copied().chain(more).collect::<Vec<_>>(), until)
    };
    (0..*upper).rev().fold(at(*upper), |above, quantity| Proof::Split {
        column: *key,
        at: quantity,
        below: Box::new(at(quantity)),
        above: Box::new(above),
    })
}

/// The best allowed plan for a goal among those that keep what is held.
pub(super) fn best(recount: &Recount<'_>, goal: usize, held: &[i64]) -> Option<(i64, Vec<Match>)> {
    let goals = &recount.problem().goals;
    let mut allowed = plans(recount.problem());
    allowed.retain(|plan| recount.findings(plan).is_empty());
    allowed.retain(|plan| goals.iter().zip(held).all(|(goal, held)| recount.evaluate(plan, goal) >= *held));
    allowed.into_iter().map(|plan| (recount.evaluate(&plan, &goals[goal]), plan)).max_by_key(|(value, _)| *value)
}

/// An accepted run of [`two_components`]: optimal coverage 16; completing the request costs too much of it, so only
/// 8 of 16 are kept for the sake of it, in vain; economy then saves what may be saved.
pub(super) fn run() -> Run {
    let problem = two_components();
    let recount = Recount::of(&problem).unwrap();
    let (coverage, first) = best(&recount, 0, &[]).unwrap();
    let (completed, _) = best(&recount, 1, &[coverage - coverage * 500 / 1000]).unwrap();
    let held = [coverage - coverage * 500 / 1000, completed];
    let (economy, last) = best(&recount, 2, &held).unwrap();
    let result = |goal: GoalName, best: i64, bound: i64, value: i64| GoalResult {
        goal,
        best,
        bound,
        gap_permille: Gap::between(best, bound),
        value,
    };
    let value = |position: usize| recount.evaluate(&last, &problem.goals[position]);
    let (proved, witness) = (every_point(&recount, coverage), Some(first).filter(|first| *first != last));
    let empty = || Proof::Leaf(Leaf::default());
    let outcome = Outcome {
        status: Status::Optimal,
        goals: vec![
            result(GoalName::Coverage, coverage, coverage, value(0)),
            result(GoalName::Completed, completed, 4, value(1)),
            result(GoalName::Economy, economy, 0, value(2)),
        ],
        totals: recount.totals(&last),
        certificate: Certificate {
            stages: vec![
                StageProof { witness, proof: proved },
                StageProof { witness: None, proof: empty() },
                StageProof { witness: None, proof: empty() },
            ],
            infeasible: None,
        },
        explanations: Explanations::default(),
        plan: Plan::of(last),
    };
    let settings = RunSettings { gap_permille: Gap::default(), seconds: 60, threads: 1 };
    Run::seal(problem.clone(), settings, outcome, "0.1.0")
}

#[test]
fn the_run_by_construction_is_accepted() {
    let run = run();
    assert_eq!(crate::verify(&run, &two_components()).findings, []);
    let goals: Vec<_> = run.outcome.goals.iter().map(|goal| (goal.best, goal.value)).collect();
    assert_eq!(goals, [(16, 10), (0, 0), (-1002, -1002)]);
    let verified = crate::verify_run(run.clone()).unwrap();
    assert_eq!((verified.run(), verified.problem()), (&run, &two_components()));
    assert_eq!(crate::accept(run.clone(), two_components()).unwrap().plan(), &run.outcome.plan);
    let (detached, problem) = run.detach("problem.json");
    assert!(crate::accept(detached.clone(), problem.unwrap()).is_ok());
    assert_eq!(crate::verify_run(detached).unwrap_err()[0].code, crate::Code::ProblemMissing);
}
