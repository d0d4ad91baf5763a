//! The solver as the commands use it: a process for every run, stopped by Ctrl-C, as many at once as there are threads.

use std::sync::atomic::{AtomicUsize, Ordering};

use needmatch_domain::progress::Progress;
use needmatch_worker::solver::{SolverCommand, SolverFailure, Solving, Task, solve};
use tokio::runtime::Runtime;
use tokio::sync::watch;

use crate::exit::refused;
use crate::service::solver_command;

pub(crate) struct Solver {
    runtime: Runtime,
    command: SolverCommand,
    cancelled: watch::Receiver<bool>,
}

impl Solver {
    /// Gets ready, and listens for Ctrl-C.
    pub(crate) fn start() -> anyhow::Result<Self> {
        let command = solver_command()?;
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let (stop, cancelled) = watch::channel(false);
        runtime.spawn(async move {
            if tokio::signal::ctrl_c().await.is_ok() {
                let _ = stop.send(true);
            }
            std::future::pending::<()>().await;
        });
        Ok(Self { runtime, command, cancelled })
    }

    /// Whether Ctrl-C was pressed.
    pub(crate) fn is_stopped(&self) -> bool {
        *self.cancelled.borrow()
    }

    /// Solves in a process of its own. May be called from several threads at once.
    pub(crate) fn solve(&self, task: Task, progress: impl FnMut(Progress) + Send) -> Result<Solving, SolverFailure> {
        self.runtime.block_on(solve(&self.command, task, self.cancelled.clone(), progress))
    }
}

/// A failure to solve, as an error of a command.
pub(crate) fn failed(failure: SolverFailure) -> anyhow::Error {
    match failure {
        SolverFailure::Cancelled => refused("stopped before there was a plan"),
        SolverFailure::NoPlan(_) => anyhow::Error::new(failure),
    }
}

/// Does some work on as many threads as there are processors, and gives the answers in the order of the work.
pub(crate) fn in_parallel<W: Sync, A: Send>(work: &[W], answer: impl Fn(&W) -> A + Sync) -> Vec<A> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(work.len());
    let next = AtomicUsize::new(0);
    let take = || {
        let mut answers = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(one) = work.get(at) else { return answers };
            answers.push((at, answer(one)));
        }
    };
    let mut answers: Vec<(usize, A)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(take)).collect();
        workers
            .into_iter()
            .flat_map(|worker| match worker.join() {
                Ok(answers) => answers,
                Err(panic) => std::panic::resume_unwind(panic),
            })
            .collect()
    });
    answers.sort_unstable_by_key(|(at, _)| *at);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn answers_come_in_the_order_of_the_work() {
        let work: Vec<u32> = (0..100).collect();
        assert_eq!(super::in_parallel(&work, |one| one * 2), (0..100).map(|one| one * 2).collect::<Vec<_>>());
        assert!(super::in_parallel(&[] as &[u32], |one| *one).is_empty());
    }
}
