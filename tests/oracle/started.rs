//! Runs that begin with what an earlier one found: whatever that was about, nothing of it is believed.

use needmatch_domain::problem::Problem;
use needmatch_domain::run::Status;
use needmatch_verify::{Recount, verify_run};

use crate::brute_force::Plans;
use crate::engine;
use crate::problem::problem;
use crate::python::Recounter;
use crate::random::Random;
use crate::spread::{Tally, spread};

/// Cases of a test run.
const CASES: u64 = 500;

/// The same needs and offers, some worth more or less, some capacities smaller or larger.
fn changed(case: u64, problem: &Problem) -> Problem {
    let random = &mut Random::of(case.wrapping_add(1 << 40));
    let mut problem = problem.clone();
    for component in &mut problem.components {
        let permille = if random.between(0, 1) == 0 { 1_000 } else { random.between(500, 2_000) };
        for pair in &mut component.pairs {
            pair.score = (pair.score * permille / 1_000).max(1);
        }
    }
    for offer in &mut problem.offers {
        offer.quantity = (offer.quantity * random.between(800, 1_200) / 1_000).max(1);
    }
    problem
}

/// What is wrong with a run about `problem` that began with one about `before`.
fn look(before: &Problem, problem: &Problem, recounter: &mut Recounter, tally: &mut Tally) -> Result<(), String> {
    if !problem.faults().is_empty() {
        tally.left_out += 1;
        return Ok(());
    }
    let recount = Recount::of(problem).map_err(|findings| findings[0].to_string())?;
    let earlier = engine::run(before)?;
    let run = engine::run_from(&earlier, before, problem)?;
    recounter.judge(&run).agrees(&run, &recount).map_err(|what| format!("the recount disagrees: {what}"))?;
    verify_run(run.clone()).map_err(|findings| format!("the verifier refuses: {}", findings[0]))?;
    let Some(plans) = Plans::of(problem, &recount) else {
        tally.left_out += 1;
        return Ok(());
    };
    let outcome = &run.outcome;
    if plans.is_empty() != (outcome.status == Status::Infeasible) {
        return Err(format!("status {} after {} plans were tried", outcome.status.name(), plans.tried));
    }
    if let (Some(first), Some(truth)) = (outcome.goals.first(), plans.in_order(problem).first()) {
        if first.best > *truth || first.bound < *truth {
            return Err(format!("{} to {}, brute force {truth}", first.best, first.bound));
        }
        tally.accepted += u64::from(first.best == *truth);
    }
    tally.agreed += 1;
    Ok(())
}

fn try_all(before: impl Fn(u64, &Problem) -> Problem + Sync) -> Tally {
    let tally = spread(0..CASES, |case, recounter, tally| {
        let problem = problem(case);
        if let Err(what) = look(&before(case, &problem), &problem, recounter, tally) {
            tally.wrong.push(format!("case {case}: {what}"));
        }
    });
    println!("{} agreed, {} with the best of all plans, {} left out", tally.agreed, tally.accepted, tally.left_out);
    tally.expect_agreement();
    tally
}

#[test]
fn an_unchanged_problem_is_answered_with_what_was_found() {
    for case in 0..100 {
        let problem = problem(case);
        let earlier = engine::run(&problem).expect("small problems are solved");
        let again = engine::run_from(&earlier, &problem, &problem).expect("small problems are solved");
        let figures = |run: &needmatch_domain::run::Run| -> Vec<_> {
            run.outcome.goals.iter().map(|goal| (goal.best, goal.bound, goal.value)).collect()
        };
        assert_eq!(figures(&again), figures(&earlier), "case {case}");
    }
}

#[test]
fn a_start_from_a_changed_problem_is_sound() {
    let tally = try_all(changed);
    assert!(tally.accepted * 2 > tally.agreed, "most small changes keep the best plan within reach");
}

/// Requests, offers, goals and rules of the same names that mean something else.
#[test]
fn a_start_from_another_problem_is_sound() {
    try_all(|case, _| problem(case + 1));
}
