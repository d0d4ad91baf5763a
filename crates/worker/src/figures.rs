//! What a worker counts, for whoever collects it: phases of runs, gaps, solver processes that died.

use std::time::Duration;

use jiff::Timestamp;
use needmatch_store::words::RunLifecycle;

use crate::solver::Solving;

/// A run was taken for the first time.
pub(crate) fn waited(since: Timestamp) {
    let waited = Duration::try_from(Timestamp::now().duration_since(since)).unwrap_or_default();
    phase("waiting", waited);
}

/// A run was solved and its plan stored.
pub(crate) fn solved(solving: &Solving, stored_in: Duration) {
    phase("solving", solving.took);
    phase("storing", stored_in);
    metrics::counter!("needmatch_solver_deaths_total").increment(solving.setbacks.len() as u64);
    if let Some(goal) = solving.plan.run().outcome.goals.first() {
        #[expect(clippy::cast_precision_loss, reason = "a figure to be drawn, not to be counted with")]
        let permille = goal.gap_permille.thousandths as f64 / 1000.0;
        metrics::histogram!("needmatch_run_gap_permille").record(permille);
    }
}

/// A run has ended.
pub(crate) fn ended(lifecycle: RunLifecycle) {
    metrics::counter!("needmatch_runs_ended_total", "lifecycle" => lifecycle.name()).increment(1);
}

fn phase(name: &'static str, took: Duration) {
    metrics::histogram!("needmatch_run_phase_seconds", "phase" => name).record(took);
}
