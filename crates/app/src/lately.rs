//! Answers that anybody may ask for at any time: worked out once a second at most, however many ask.

use std::time::{Duration, Instant};

use tokio::sync::Mutex;

/// How long an answer is good for.
const GOOD_FOR: Duration = Duration::from_secs(1);

/// The answer that was worked out last.
#[derive(Debug)]
pub struct Lately<T>(Mutex<Option<(Instant, T)>>);

impl<T> Default for Lately<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T: Clone> Lately<T> {
    /// The answer of the last second, or a new one. Whoever asks while one is worked out waits for that.
    pub async fn get(&self, work_out: impl Future<Output = T>) -> T {
        let mut last = self.0.lock().await;
        if let Some((at, answer)) = last.as_ref()
            && at.elapsed() < GOOD_FOR
        {
            return answer.clone();
        }
        let answer = work_out.await;
        *last = Some((Instant::now(), answer.clone()));
        answer
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::time::Duration;

    use super::Lately;

    #[tokio::test]
    async fn however_many_ask_it_is_worked_out_once_a_second() {
        let (lately, count) = (Arc::new(Lately::default()), Arc::new(AtomicU64::new(0)));
        let ask = || {
            let (lately, count) = (lately.clone(), count.clone());
            tokio::spawn(async move {
                let work_out = async {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                    count.fetch_add(1, Ordering::Relaxed)
                };
                lately.get(work_out).await
            })
        };
        let mut asked: Vec<_> = (0..50).map(|_| ask()).collect();
        // Who stops asking, even in the middle, leaves it to the others.
        asked.remove(0).abort();
        for answer in asked {
            assert!(answer.await.unwrap() <= 1);
        }
        let asked = count.load(Ordering::Relaxed);
        assert!((1..=2).contains(&asked), "{asked}");
        tokio::time::sleep(super::GOOD_FOR).await;
        assert_eq!(ask().await.unwrap(), asked);
    }
}
