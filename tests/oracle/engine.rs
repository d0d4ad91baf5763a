//! Runs of the engine, in this process.

use std::sync::Mutex;
use std::time::Instant;

use needmatch_domain::goal::Gap;
use needmatch_domain::problem::Problem;
use needmatch_domain::run::{Run, RunSettings};
use needmatch_matching::propose::{Options, Start, Watch, propose_from};

/// One solve at a time in a process.
static SOLVER: Mutex<()> = Mutex::new(());

/// A sealed run of a problem; nothing but work limits it.
pub(crate) fn run(problem: &Problem) -> Result<Run, String> {
    solve(problem, None, Gap::default(), 60, &|| 0.0)
}

/// A sealed run that begins with what an earlier one about another problem found.
pub(crate) fn run_from(earlier: &Run, before: &Problem, problem: &Problem) -> Result<Run, String> {
    let start = Start::of(earlier, before, problem);
    solve(problem, start.as_ref(), Gap::default(), 60, &|| 0.0)
}

/// A sealed run of a problem that may take so many seconds.
pub(crate) fn timed_run(problem: &Problem, gap: Gap, seconds: u32) -> Result<Run, String> {
    let began = Instant::now();
    solve(problem, None, gap, seconds, &|| began.elapsed().as_secs_f64())
}

fn solve(
    problem: &Problem,
    start: Option<&Start>,
    gap_permille: Gap,
    seconds: u32,
    elapsed: &dyn Fn() -> f64,
) -> Result<Run, String> {
    let alone = SOLVER.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut watch = Watch { elapsed, cancelled: &|| false, progress: &mut |_| {} };
    let outcome = propose_from(problem, start, &Options::new(gap_permille, f64::from(seconds)), &mut watch);
    drop(alone);
    let outcome = outcome.map_err(|error| error.to_string())?;
    let run = Run::seal(problem.clone(), RunSettings { gap_permille, seconds, threads: 1 }, outcome, "test");
    Ok(match start {
        Some(start) => run.begun_from(&start.run),
        None => run,
    })
}
