//! Runs with something changed and sealed again: the verifier accepts exactly those whose every claim is still true.
//!
//! What a run claims, and when it is true (`docs/rules.md`, Run file):
//! - its plan satisfies the rules, and totals and values are what the plan gives;
//! - each `best` is reached exactly, by the plan that the run names for it, which holds what the stage holds;
//! - each `bound` is at least `best`, and at least what the run's own tree evaluates to with the multipliers given. A
//!   bound that is true by luck, but not by its tree, is a false claim: "proven" is what is claimed. A larger bound
//!   than the tree's is a true one;
//! - gap and status follow from these; `infeasible` is claimed of the tree too;
//! - trees are written in the form of the page: rows in order and once, splits inside the box, scale and depth bounded.
//!
//! Truth is found twice, neither time by the verifier's own proof code: the recount in Python evaluates every claim
//! from the published page alone, and must give the same verdict on every mutant. For small problems brute force
//! stands behind both: of an accepted mutant, `best` ≤ the most that any plan reaches under the mutant's own holds ≤
//! `bound`, and what is accepted as infeasible has no plan.

use needmatch_domain::run::{Run, Status};
use needmatch_verify::{Recount, verify_run};

use crate::brute_force::{Plans, held};
use crate::engine;
use crate::mutations::{MUTATIONS, NO_CLAIM};
use crate::problem::problem;
use crate::python::Recounter;
use crate::random::Random;
use crate::spread::{Tally, asked_for, spread};

/// Mutants of an ordinary test run.
const MUTANTS: u64 = 1_500;

/// Changes tried until one finds something to change.
const ATTEMPTS: usize = 20;

/// Mutants of one run.
const OF_ONE_RUN: u64 = 25;

/// Changes a run, once or twice; the names of the changes.
pub(crate) fn mutate(run: &Run, random: &mut Random) -> Option<(Run, Vec<&'static str>)> {
    let problem = run.problem.as_ref()?;
    let mut mutant = run.clone();
    let mut names = Vec::new();
    let mut wanted = random.between(1, 5) / 5 + 1;
    for _ in 0..ATTEMPTS {
        let kinds = i64::try_from(MUTATIONS.len()).expect("a short list") - 1;
        let (name, change) = &MUTATIONS[usize::try_from(random.between(0, kinds)).expect("a position")];
        if change(&mut mutant, problem, random).is_some() {
            names.push(*name);
            wanted -= 1;
        }
        if wanted == 0 && mutant != *run {
            break;
        }
    }
    mutant.digest = mutant.computed_digest();
    (!names.is_empty() && mutant != *run).then_some((mutant, names))
}

/// What is wrong with the verdict on a mutant; whether it was accepted.
pub(crate) fn judge(mutant: &Run, plans: Option<&Plans>, recounter: &mut Recounter) -> Result<bool, String> {
    let problem = mutant.problem.as_ref().ok_or("the run holds no problem")?;
    let verdict = verify_run(mutant.clone());
    let second = recounter.judge(mutant);
    match (&verdict, second.is_accepted()) {
        (Ok(_), false) => return Err(format!("the verifier accepts, the recount does not: {}", second.findings())),
        (Err(findings), true) => return Err(format!("the recount accepts, the verifier does not: {}", findings[0])),
        (Err(_), false) => return Ok(false),
        (Ok(_), true) => {}
    }
    let Some(plans) = plans else { return Ok(true) };
    if mutant.outcome.status == Status::Infeasible {
        return if plans.is_empty() { Ok(true) } else { Err("accepted as infeasible, and there are plans".to_owned()) };
    }
    let best: Vec<i64> = mutant.outcome.goals.iter().map(|goal| goal.best).collect();
    for (stage, goal) in mutant.outcome.goals.iter().enumerate() {
        let most = plans.best(stage, &held(problem, &best[..stage]));
        if most.is_none_or(|most| most < goal.best || goal.bound < most) {
            return Err(format!("accepted with {goal:?}, and the best of all plans is {most:?}"));
        }
    }
    Ok(true)
}

/// Mutants of the run of one problem.
fn look(base: u64, only: Option<u64>, recounter: &mut Recounter, tally: &mut Tally) -> Result<(), String> {
    let problem = problem(base);
    let recount = Recount::of(&problem).map_err(|findings| findings[0].to_string())?;
    let run = engine::run(&problem)?;
    let plans = Plans::of(&problem, &recount);
    for number in base * OF_ONE_RUN..(base + 1) * OF_ONE_RUN {
        if only.is_some_and(|only| only != number) {
            continue;
        }
        let Some((mutant, names)) = mutate(&run, &mut Random::of(number ^ 0x6d75_7461_6e74)) else {
            tally.left_out += 1;
            continue;
        };
        if only.is_some() {
            println!("{names:?}\n{}", serde_json::to_string(&mutant).expect("a run is JSON"));
        }
        match judge(&mutant, plans.as_ref(), recounter) {
            Ok(false) if names.iter().all(|name| *name == NO_CLAIM) => {
                tally.wrong.push(format!("mutant {number}: refused, and no claim was touched"));
            }
            Ok(accepted) => {
                tally.agreed += 1;
                tally.accepted += u64::from(accepted);
                tally.tried_twice += u64::from(plans.is_some());
            }
            Err(what) => tally.wrong.push(format!("mutant {number} ({}): {what}", names.join(", "))),
        }
    }
    Ok(())
}

#[test]
fn a_mutant_is_accepted_exactly_when_its_claims_are_true() {
    let only = asked_for("NEEDMATCH_MUTANT");
    let bases = match only {
        Some(number) => number / OF_ONE_RUN..number / OF_ONE_RUN + 1,
        None => 0..asked_for("NEEDMATCH_MUTANTS").unwrap_or(MUTANTS).div_ceil(OF_ONE_RUN),
    };
    let tally = spread(bases, |base, recounter, tally| {
        if let Err(what) = look(base, only, recounter, tally) {
            tally.wrong.push(format!("problem {base}: {what}"));
        }
    });
    println!(
        "mutants: {} judged alike by verifier and recount ({} true and accepted, {} false and refused; {} also against brute force), nothing to change: {}, disagreed: {}",
        tally.agreed,
        tally.accepted,
        tally.agreed - tally.accepted,
        tally.tried_twice,
        tally.left_out,
        tally.wrong.len(),
    );
    tally.expect_agreement();
    if only.is_none() {
        let (true_ones, false_ones) = (tally.accepted, tally.agreed - tally.accepted);
        assert!(true_ones * 10 > tally.agreed && false_ones * 4 > tally.agreed, "mutants should be of both kinds");
    }
}
