//! What goes on beside whatever is served: each task is begun anew when it breaks off, and all are waited for in the end.

use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;

/// How soon a task that broke off is begun anew.
const AGAIN: Duration = Duration::from_secs(1);

/// Least time to wind up in: a run at hand is given back.
const LEAST_GRACE: Duration = Duration::from_secs(5);

/// Tasks that last until the process is told to stop.
pub(crate) struct Background {
    tasks: JoinSet<()>,
    stop: watch::Receiver<bool>,
}

impl Background {
    pub(crate) fn new(stop: &watch::Receiver<bool>) -> Self {
        Self { tasks: JoinSet::new(), stop: stop.clone() }
    }

    /// Keeps a task going.
    pub(crate) fn keep<F>(&mut self, name: &'static str, begin: impl Fn(watch::Receiver<bool>) -> F + Send + 'static)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let mut stop = self.stop.clone();
        self.tasks.spawn(async move {
            loop {
                // In a set of its own: it ends with this one.
                let mut task = JoinSet::new();
                task.spawn(begin(stop.clone()));
                let Some(Err(error)) = task.join_next().await else { return };
                tracing::error!(task = name, %error, "a task broke off and is begun anew");
                tokio::select! {
                    () = tokio::time::sleep(AGAIN) => {}
                    _ = stop.wait_for(|&stop| stop) => return,
                }
            }
        });
    }

    /// Waits until every task has ended, once the process is told to stop no longer than the grace.
    pub(crate) async fn ended(mut self, grace: Duration) {
        let mut stop = self.stop.clone();
        let patience = async {
            if stop.wait_for(|&stop| stop).await.is_err() {
                std::future::pending::<()>().await;
            }
            tokio::time::sleep(grace.max(LEAST_GRACE)).await;
        };
        let all = async { while self.tasks.join_next().await.is_some() {} };
        tokio::select! {
            () = all => {}
            () = patience => tracing::warn!("some of what goes on beside had not ended in time"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::time::Duration;

    use tokio::sync::watch;

    use super::Background;

    #[tokio::test]
    async fn a_task_that_breaks_off_is_begun_anew_and_waited_for() {
        let (stop, stopped) = watch::channel(false);
        let (begun, ended) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        let mut background = Background::new(&stopped);
        let (counted, done) = (begun.clone(), ended.clone());
        background.keep("test", move |mut stop| {
            let (begun, ended) = (counted.clone(), done.clone());
            async move {
                assert!(begun.fetch_add(1, Ordering::Relaxed) > 0, "the first time it breaks off");
                let _ = stop.wait_for(|&stop| stop).await;
                tokio::time::sleep(Duration::from_millis(50)).await;
                ended.fetch_add(1, Ordering::Relaxed);
            }
        });
        while begun.load(Ordering::Relaxed) < 2 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        stop.send_replace(true);
        background.ended(Duration::from_secs(20)).await;
        assert_eq!((begun.load(Ordering::Relaxed), ended.load(Ordering::Relaxed)), (2, 1));
    }

    #[tokio::test]
    async fn nobody_waits_longer_than_the_grace() {
        let (stop, stopped) = watch::channel(true);
        let mut background = Background::new(&stopped);
        background.keep("test", |_| std::future::pending());
        let waited = tokio::time::timeout(super::LEAST_GRACE * 2, background.ended(Duration::ZERO)).await;
        assert!(waited.is_ok());
        drop(stop);
    }
}
