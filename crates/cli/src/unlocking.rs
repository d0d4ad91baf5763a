//! Unlocking changes for several components at once, with progress and a way to stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use indicatif::{ProgressBar, ProgressStyle};
use needmatch_domain::goal::Gap;
use needmatch_domain::ids::ComponentIndex;
use needmatch_domain::problem::Problem;
use needmatch_domain::run::{RunSettings, Status};
use needmatch_matching::unlock::{Attempts, Found, Unlocker};

use crate::solving::{Solver, in_parallel};
use needmatch_worker::solver::Task;

/// How often a run is asked for any plan at all, for one component.
const MOST_ASKED: usize = 2;

/// Searches for each component; `None` for those not reached before Ctrl-C.
pub(crate) fn search(
    solver: &Solver,
    unlocker: &Unlocker,
    settings: RunSettings,
    components: &[ComponentIndex],
    attempts: usize,
) -> Vec<Option<Found>> {
    let bar = ProgressBar::new(components.len() as u64);
    if let Ok(style) = ProgressStyle::with_template("{elapsed} unlocking changes: {pos} of {len} components, {msg}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(std::time::Duration::from_millis(200));
    let unlocked = AtomicUsize::new(0);
    let found = in_parallel(components, |component| {
        if solver.is_stopped() {
            return None;
        }
        let mut solve = |problem: &Problem| {
            let answer = solver.solve(Task::of(Arc::new(problem.clone()), None, settings), |_| {});
            answer.ok().map(|solving| solving.plan.plan().clone())
        };
        let stopped = || solver.is_stopped();
        let mut exists = |problem: &Problem| {
            // Any plan will do: the first goal alone, as soon as there is one.
            let mut problem = problem.clone();
            problem.goals.truncate(1);
            let answer = solver
                .solve(Task::of(Arc::new(problem), None, RunSettings { gap_permille: Gap::MAX, ..settings }), |_| {});
            answer.is_ok_and(|solving| solving.plan.run().outcome.status != Status::Infeasible)
        };
        let mut attempts = Attempts {
            solve: &mut solve,
            most: attempts,
            exists: &mut exists,
            most_asked: MOST_ASKED,
            stopped: &stopped,
        };
        let found = unlocker.unlock(*component, &mut attempts);
        if found.unlock.is_some() {
            unlocked.fetch_add(1, Ordering::Relaxed);
        }
        bar.inc(1);
        bar.set_message(format!("{} have one", unlocked.load(Ordering::Relaxed)));
        (found.unlock.is_some() || !solver.is_stopped()).then_some(found)
    });
    bar.finish_and_clear();
    found
}
