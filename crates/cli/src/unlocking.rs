//! Unlocking changes for several components at once, with progress and a way to stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use indicatif::{ProgressBar, ProgressStyle};
use needmatch_domain::ids::ComponentIndex;
use needmatch_domain::problem::Problem;
use needmatch_domain::run::RunSettings;
use needmatch_matching::unlock::{Attempts, Found, Unlocker};

use crate::solving::{Solver, in_parallel};

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
    let answers = in_parallel(components, |component| {
        if solver.is_stopped() {
            return None;
        }
        let mut solve = |problem: &Problem| {
            let answer = solver.solve(None, Arc::new(problem.clone()), settings, |_| {});
            answer.ok().map(|solving| solving.plan.plan().clone())
        };
        let stopped = || solver.is_stopped();
        let found = unlocker.unlock(*component, &mut Attempts { solve: &mut solve, most: attempts, stopped: &stopped });
        if found.unlock.is_some() {
            unlocked.fetch_add(1, Ordering::Relaxed);
        }
        bar.inc(1);
        bar.set_message(format!("{} have one", unlocked.load(Ordering::Relaxed)));
        (found.unlock.is_some() || !solver.is_stopped()).then_some(found)
    });
    bar.finish_and_clear();
    answers
}
