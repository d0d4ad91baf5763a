//! Engine, brute force and verifier on random small problems over every rule and goal: the engine's value is the best
//! of all plans, and no plan passes the verified bound. `cargo xtask oracle --cases N` runs more of them.

mod brute_force;
mod problem;
mod random;

use needmatch_domain::goal::Gap;
use needmatch_domain::problem::Problem;
use needmatch_domain::run::{Outcome, Run, RunSettings, Status};
use needmatch_matching::propose::{Options, Watch, propose};
use needmatch_verify::{Recount, verify_run};

/// Cases of an ordinary test run.
const CASES: u64 = 2_000;

/// Cases asked for.
fn cases() -> std::ops::Range<u64> {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    match number("NEEDMATCH_ORACLE_CASE") {
        Some(case) => case..case + 1,
        None => 0..number("NEEDMATCH_ORACLE_CASES").unwrap_or(CASES),
    }
}

fn solve(problem: &Problem) -> Result<Outcome, String> {
    let options = Options::new(Gap::default(), 60.0);
    let mut watch = Watch { elapsed: &|| 0.0, cancelled: &|| false, progress: &mut |_| {} };
    propose(problem, &options, &mut watch).map_err(|error| error.to_string())
}

/// What is wrong with the engine's answer to a problem; `Ok(false)` when there are too many plans to try.
fn disagreement(problem: &Problem) -> Result<bool, String> {
    let faults = problem.faults();
    if !faults.is_empty() {
        return Err(format!("the generator made a faulty problem: {}", faults[0]));
    }
    let recount = Recount::of(problem).map_err(|findings| findings[0].to_string())?;
    let Some(truth) = brute_force::truth(problem, &recount) else { return Ok(false) };
    let outcome = solve(problem)?;
    let settings = RunSettings { gap_permille: Gap::default(), seconds: 60, threads: 1 };
    let bounds: Vec<_> = outcome.goals.iter().map(|goal| goal.bound).collect();
    let best: Vec<_> = outcome.goals.iter().map(|goal| goal.best).collect();
    let status = outcome.status;
    let run = Run::seal(problem.clone(), settings, outcome, "test");
    verify_run(run).map_err(|findings| format!("the verifier refuses: {}", findings[0]))?;
    if truth.best.is_empty() != (status == Status::Infeasible) {
        return Err(format!("status {} but {} plans are possible", status.name(), truth.best.len()));
    }
    if best != truth.best {
        return Err(format!("engine {best:?}, brute force {:?} of {} plans", truth.best, truth.plans));
    }
    if bounds.iter().zip(&truth.best).any(|(bound, best)| bound < best) {
        return Err(format!("bounds {bounds:?} below the truth {:?}", truth.best));
    }
    Ok(true)
}

#[test]
fn the_engine_finds_the_best_of_all_plans_and_its_bound_holds() {
    let (mut tried, mut left_out, mut wrong) = (0, 0, Vec::new());
    for case in cases() {
        match disagreement(&problem::problem(case)) {
            Ok(true) => tried += 1,
            Ok(false) => left_out += 1,
            Err(what) => {
                if cases().count() == 1 {
                    println!("{}", serde_json::to_string(&problem::problem(case)).expect("a problem is JSON"));
                }
                wrong.push(format!("case {case}: {what}"));
            }
        }
    }
    println!("{tried} cases agree, {left_out} have too many plans to try, {} disagree", wrong.len());
    assert!(wrong.is_empty(), "{} cases disagree:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
    assert!(tried * 2 > left_out, "too few of the cases are small enough to try");
}
