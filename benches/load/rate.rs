//! Several workers at once, counted and timed.

use std::time::{Duration, Instant};

use anyhow::Result;

/// Who does the same again and again.
pub(crate) trait Worker: Send + Sized + 'static {
    /// Does it once.
    fn step(&mut self) -> impl Future<Output = Result<()>> + Send;
}

/// What a stretch of work came to.
#[derive(Debug, Default)]
pub(crate) struct Stretch {
    times: Vec<Duration>,
    elapsed: Duration,
}

impl Stretch {
    /// Lets all workers work at once: each for so many steps, no longer than so long, and no more often than once a pause.
    pub(crate) async fn of<W: Worker>(
        workers: &mut Vec<W>,
        steps: usize,
        at_most: Duration,
        pause: Duration,
    ) -> Result<Self> {
        let began = Instant::now();
        let tasks: Vec<_> = workers
            .drain(..)
            .map(|mut worker| {
                tokio::spawn(async move {
                    let mut times = Vec::with_capacity(steps);
                    let mut due = tokio::time::Instant::now();
                    while times.len() < steps && began.elapsed() < at_most {
                        tokio::time::sleep_until(due).await;
                        due += pause;
                        let start = Instant::now();
                        worker.step().await?;
                        times.push(start.elapsed());
                    }
                    anyhow::Ok((times, worker))
                })
            })
            .collect();
        let mut stretch = Self::default();
        for task in tasks {
            let (times, worker) = task.await??;
            stretch.times.extend(times);
            workers.push(worker);
        }
        stretch.elapsed = began.elapsed();
        Ok(stretch)
    }

    /// Adds what another stretch came to.
    pub(crate) fn join(&mut self, other: Self) {
        self.times.extend(other.times);
        self.elapsed += other.elapsed;
    }

    /// Steps in a second, of all workers together.
    pub(crate) fn rate(&self) -> f64 {
        f64::from(u32::try_from(self.times.len()).unwrap_or(u32::MAX)) / self.elapsed.as_secs_f64()
    }

    /// Steps taken.
    pub(crate) fn count(&self) -> usize {
        self.times.len()
    }

    /// The time within which so many of a thousand were done, in milliseconds.
    pub(crate) fn within(&self, permille: usize) -> f64 {
        let mut times = self.times.clone();
        times.sort_unstable();
        times.get(times.len().saturating_sub(1) * permille / 1000).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    }
}
