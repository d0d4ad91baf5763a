//! Cases spread over the processors, each thread with a recount of its own, with the progress told when somebody
//! waits for many of them.

use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::python::Recounter;

/// How often progress is told.
const PAUSE: Duration = Duration::from_secs(5);

/// What came of cases.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) agreed: u64,
    pub(crate) left_out: u64,
    /// Of those that agreed: how often a run was accepted, and how often one brute force more could be asked.
    pub(crate) accepted: u64,
    pub(crate) tried_twice: u64,
    pub(crate) wrong: Vec<String>,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.agreed += other.agreed;
        self.left_out += other.left_out;
        self.accepted += other.accepted;
        self.tried_twice += other.tried_twice;
        self.wrong.extend(other.wrong);
    }

    /// Nothing disagreed; else the first disagreements.
    pub(crate) fn expect_agreement(&self) {
        let first = &self.wrong[..self.wrong.len().min(20)];
        assert!(self.wrong.is_empty(), "{} disagree:\n{}", self.wrong.len(), first.join("\n"));
    }
}

/// A number of the environment.
pub(crate) fn asked_for(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

/// Does the work of every case.
pub(crate) fn spread(cases: Range<u64>, work: impl Fn(u64, &mut Recounter, &mut Tally) + Sync) -> Tally {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    let (began, told) = (Instant::now(), Mutex::new(Instant::now()));
    let (next, done) = (AtomicU64::new(cases.start), AtomicU64::new(0));
    let one_thread = || {
        let (mut recounter, mut tally) = (Recounter::start(), Tally::default());
        loop {
            let case = next.fetch_add(1, Ordering::Relaxed);
            if case >= cases.end {
                return tally;
            }
            work(case, &mut recounter, &mut tally);
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            if let Ok(mut told) = told.try_lock()
                && told.elapsed() >= PAUSE
            {
                *told = Instant::now();
                let seconds = began.elapsed().as_secs();
                eprintln!("{done} of {} after {seconds} s", cases.end - cases.start);
            }
        }
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(one_thread)).collect();
        let mut tally = Tally::default();
        for thread in threads {
            tally.add(thread.join().expect("a thread of cases does not panic"));
        }
        tally
    })
}
