//! Random small problems over every rule and goal: the engine's value is the best of all plans, no plan passes the
//! verified bound, and the verifier and the recount in Python count the same.

use needmatch_domain::run::Status;
use needmatch_verify::{Recount, verify_run};

use crate::brute_force::Plans;
use crate::engine;
use crate::problem::problem;
use crate::python::Recounter;
use crate::spread::{Tally, asked_for, spread};

/// Cases of an ordinary test run.
const CASES: u64 = 1_000;

/// Looks at one case; what is wrong with the engine's answer, the verifier's or the recount's.
fn look(case: u64, recounter: &mut Recounter, tally: &mut Tally) -> Result<(), String> {
    let problem = problem(case);
    let faults = problem.faults();
    if !faults.is_empty() {
        return Err(format!("the generator made a faulty problem: {}", faults[0]));
    }
    let recount = Recount::of(&problem).map_err(|findings| findings[0].to_string())?;
    let run = engine::run(&problem)?;
    recounter.judge(&run).agrees(&run, &recount).map_err(|what| format!("the recount disagrees: {what}"))?;
    verify_run(run.clone()).map_err(|findings| format!("the verifier refuses: {}", findings[0]))?;
    let Some(plans) = Plans::of(&problem, &recount) else {
        tally.left_out += 1;
        return Ok(());
    };
    let truth = plans.in_order(&problem);
    let outcome = &run.outcome;
    if plans.is_empty() != (outcome.status == Status::Infeasible) {
        return Err(format!("status {} after {} plans were tried", outcome.status.name(), plans.tried));
    }
    let best: Vec<_> = outcome.goals.iter().map(|goal| goal.best).collect();
    if best != truth {
        return Err(format!("engine {best:?}, brute force {truth:?} of {} plans", plans.tried));
    }
    if outcome.goals.iter().zip(&truth).any(|(goal, best)| goal.bound < *best) {
        return Err(format!("bounds {:?} below the truth {truth:?}", outcome.goals));
    }
    if let Some(second) = recounter.expects(&run, &truth) {
        second.map_err(|what| format!("the recount's own brute force disagrees: {what}"))?;
        tally.tried_twice += 1;
    }
    tally.agreed += 1;
    tally.accepted += u64::from(outcome.status != Status::Infeasible);
    Ok(())
}

#[test]
fn engine_brute_force_verifier_and_recount_agree() {
    let only = asked_for("NEEDMATCH_ORACLE_CASE");
    let cases = match only {
        Some(case) => case..case + 1,
        None => 0..asked_for("NEEDMATCH_ORACLE_CASES").unwrap_or(CASES),
    };
    if let Some(case) = only {
        println!("{}", serde_json::to_string(&problem(case)).expect("a problem is JSON"));
    }
    let tally = spread(cases.clone(), |case, recounter, tally| {
        if let Err(what) = look(case, recounter, tally) {
            tally.wrong.push(format!("case {case}: {what}"));
        }
    });
    println!(
        "oracle: {} cases, agreed: {} ({} with a plan; {} also tried by the recount), left out as too many plans: {}, disagreed: {}",
        cases.end - cases.start,
        tally.agreed,
        tally.accepted,
        tally.tried_twice,
        tally.left_out,
        tally.wrong.len(),
    );
    tally.expect_agreement();
    assert!(tally.agreed > 9 * tally.left_out, "too few of the cases are small enough to try");
}
