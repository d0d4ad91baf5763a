//! Runs. The row of a run is also its place in the queue.
//!
//! A library for queues was passed over: its own tables and workers repeat what the run already carries (attempt, lease,
//! wish to cancel), its recovery of lost jobs never looks at the number of attempts, and its set-up on SQLite lowers
//! durability. Here a claim is one guarded UPDATE; the number it raises guards every later write of the worker that
//! holds it, so that one which lost its lease, however late it wakes, changes nothing.

mod event;
mod finish;
mod queue;
mod result;
mod run;
mod start;
mod sweep;

#[cfg(test)]
pub(crate) use event::ENDED;
pub use event::RunEvent;
pub use queue::{Claim, Renewal};
pub use result::{RunSummary, StoredPlanRow};
pub use run::{Failure, Run, RunFilter};
pub use start::NewRun;
pub use sweep::{Counts, NewSetting, NewSweep, Sweep, SweepFilter, SweptSetting};

/// Workers a run may take down before it is given up.
pub const MAX_LOSSES: i64 = 3;
