//! Outside the solver process: it is started, fed, listened to, stopped at the deadline, and its answer recounted.
//! One more try with other settings, then the greedy plan with the gap that can be proved of it.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use needmatch_domain::problem::Problem;
use needmatch_domain::progress::Progress;
use needmatch_domain::run::{Outcome, Run, RunSettings};
use needmatch_domain::scenario::Scenario;
use needmatch_matching::explain::enrich;
use needmatch_matching::propose::{Options, Start, Watch, propose};
use needmatch_verify::VerifiedPlan;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::watch;

use super::protocol::{Message, Order};

/// Seconds a child may run past the time it was given before it is killed.
const GRACE: f64 = 2.0;

/// Least seconds worth a second try.
const WORTH_A_RETRY: f64 = 0.5;

/// Longest answer read, in bytes.
const MAX_ANSWER: usize = 1 << 30;

/// Longest message read where it arrives, in bytes: progress is shorter.
const SOON_READ: usize = 64 << 10;

/// How to start a solver process.
#[derive(Debug, Clone)]
pub struct SolverCommand {
    /// The program, normally this one.
    pub program: PathBuf,
    /// Its arguments, normally `solve`.
    pub arguments: Vec<OsString>,
    /// Most memory it may address, mebibytes.
    pub memory_mebibytes: u64,
}

impl SolverCommand {
    /// This program's own `solve`.
    pub fn own() -> std::io::Result<Self> {
        Ok(Self { program: std::env::current_exe()?, arguments: vec!["solve".into()], memory_mebibytes: 8 << 10 })
    }
}

/// Why a run has no plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SolverFailure {
    /// Somebody asked for the run to be stopped.
    #[error("the run was cancelled")]
    Cancelled,
    /// Neither the solver process nor the greedy start gave a plan that the verifier accepts.
    #[error("no plan that the verifier accepts: {0}")]
    NoPlan(String),
}

/// A solved run.
#[derive(Debug)]
pub struct Solving {
    /// The plan, accepted by the verifier.
    pub plan: VerifiedPlan,
    /// What went wrong on the way, first failure first; empty when nothing did.
    pub setbacks: Vec<String>,
    /// Wall-clock time.
    pub took: Duration,
}

/// What is to be solved.
#[derive(Debug, Clone)]
pub struct Task {
    /// The problem.
    pub problem: Arc<Problem>,
    /// What the problem was frozen from, where that is known: it adds to the reasons what the problem no longer knows.
    pub scenario: Option<Arc<Scenario>>,
    /// Limits.
    pub settings: RunSettings,
    /// What an earlier run knew, to begin with. Only the first try does.
    pub start: Option<Start>,
}

impl Task {
    /// A problem to be solved from nothing.
    pub fn of(problem: Arc<Problem>, scenario: Option<Arc<Scenario>>, settings: RunSettings) -> Self {
        Self { problem, scenario, settings, start: None }
    }
}

/// Solves a problem within its seconds (and a few more to wind up), whatever the solver process does. What keeps a processor
/// busy here is done apart from the threads that wait for others.
pub async fn solve(
    command: &SolverCommand,
    mut task: Task,
    mut cancelled: watch::Receiver<bool>,
    mut progress: impl FnMut(Progress) + Send,
) -> Result<Solving, SolverFailure> {
    let began = Instant::now();
    let settings = task.settings;
    let allowed = f64::from(settings.seconds);
    let mut setbacks = Vec::new();
    for presolve in [true, false] {
        let left = allowed - began.elapsed().as_secs_f64();
        if !setbacks.is_empty() && left < WORTH_A_RETRY {
            break;
        }
        let (seconds, start) = (left.max(WORTH_A_RETRY), task.start.take());
        let begun_from = start.as_ref().map(|start| start.run.clone());
        let (problem, memory_mebibytes) = (Arc::clone(&task.problem), command.memory_mebibytes);
        let attempt = async {
            let order = apart(move || {
                let (problem, gap_permille) = (Problem::clone(&problem), settings.gap_permille);
                let order = Order { problem, start, gap_permille, seconds, presolve, memory_mebibytes };
                serde_json::to_vec(&order).map_err(|error| error.to_string())
            });
            let outcome = ask(command, order.await?, seconds, &mut progress).await?;
            let task = task.clone();
            apart(move || accept(&task, begun_from.as_deref(), outcome)).await
        };
        let answer = tokio::select! {
            answer = attempt => answer,
            () = until_cancelled(&mut cancelled) => return Err(SolverFailure::Cancelled),
        };
        match answer {
            Ok(plan) => return Ok(Solving { plan, setbacks, took: began.elapsed() }),
            Err(why) => {
                tracing::warn!(%why, presolve, "solver process failed");
                setbacks.push(why);
            }
        }
    }
    let given_up = GivenUp::default();
    let is_given_up = Arc::clone(&given_up.0);
    let greedily = apart(move || {
        let outcome = propose_greedily(&task.problem, settings, &is_given_up)?;
        accept(&task, None, outcome)
    });
    let answer = tokio::select! {
        answer = greedily => answer,
        () = until_cancelled(&mut cancelled) => return Err(SolverFailure::Cancelled),
    };
    match answer {
        Ok(plan) => Ok(Solving { plan, setbacks, took: began.elapsed() }),
        Err(why) => {
            setbacks.push(why);
            Err(SolverFailure::NoPlan(setbacks.join("; ")))
        }
    }
}

/// Set once nobody waits any more for what is worked out on a thread of its own.
#[derive(Default)]
struct GivenUp(Arc<AtomicBool>);

impl Drop for GivenUp {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Does what keeps a processor busy on a thread of its own.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> Result<T, String> + Send + 'static) -> Result<T, String> {
    tokio::task::spawn_blocking(work).await.map_err(|error| error.to_string()).and_then(|done| done)
}

async fn until_cancelled(cancelled: &mut watch::Receiver<bool>) {
    if cancelled.wait_for(|&stop| stop).await.is_err() {
        std::future::pending::<()>().await;
    }
}

fn accept(task: &Task, begun_from: Option<&str>, mut outcome: Outcome) -> Result<VerifiedPlan, String> {
    let problem = &task.problem;
    if let Some(scenario) = &task.scenario {
        enrich(&mut outcome.explanations, scenario, problem);
    }
    let run = Run::seal(Problem::clone(problem), task.settings, outcome, env!("CARGO_PKG_VERSION"));
    let run = match begun_from {
        Some(earlier) => run.begun_from(earlier),
        None => run,
    };
    needmatch_verify::accept(run, Arc::clone(problem)).map_err(|findings| {
        let first = findings.first().map_or_else(String::new, ToString::to_string);
        format!("the verifier refused the answer: {first} ({} findings)", findings.len())
    })
}

fn propose_greedily(problem: &Problem, settings: RunSettings, given_up: &AtomicBool) -> Result<Outcome, String> {
    let began = Instant::now();
    let options = Options { solver: false, ..Options::new(settings.gap_permille, f64::from(settings.seconds)) };
    let elapsed = || began.elapsed().as_secs_f64();
    let cancelled = || given_up.load(Ordering::Relaxed);
    let mut watch = Watch { elapsed: &elapsed, cancelled: &cancelled, progress: &mut |_| {} };
    propose(problem, &options, &mut watch).map_err(|error| error.to_string())
}

async fn ask(
    command: &SolverCommand,
    order: Vec<u8>,
    seconds: f64,
    progress: &mut (impl FnMut(Progress) + Send),
) -> Result<Outcome, String> {
    let deadline = Duration::from_secs_f64(seconds + GRACE);
    let mut child = start(command).map_err(|error| format!("the solver process could not be started: {error}"))?;
    let answer = tokio::time::timeout(deadline, converse(&mut child, order, progress)).await;
    // Whatever it said, it has nothing more to say: no solver process outlives its order.
    let _ = child.start_kill();
    let status = child.wait().await;
    match answer {
        Ok(Ok(outcome)) => Ok(outcome),
        Ok(Err(why)) => Err(match status {
            Ok(status) if !status.success() => format!("{why} (it ended with {status})"),
            _ => why,
        }),
        Err(_) => {
            Err(format!("the solver process was still silent after {:.1} s and was killed", deadline.as_secs_f64()))
        }
    }
}

fn start(command: &SolverCommand) -> std::io::Result<Child> {
    Command::new(&command.program)
        .args(&command.arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .process_group(0)
        .kill_on_drop(true)
        .spawn()
}

async fn converse(
    child: &mut Child,
    order: Vec<u8>,
    progress: &mut (impl FnMut(Progress) + Send),
) -> Result<Outcome, String> {
    let broken = |error: std::io::Error| format!("the solver process broke off: {error}");
    let mut input = child.stdin.take().ok_or("the solver process has no input")?;
    let output = child.stdout.take().ok_or("the solver process has no output")?;
    let feed = async move {
        // A child that stops reading is found out by what it answers.
        let _ = input.write_all(&order).await;
        drop(input);
    };
    let listen = async move {
        let mut lines = BufReader::new(output);
        let mut line = Vec::new();
        loop {
            read_line(&mut lines, &mut line).await.map_err(broken)?;
            if line.is_empty() {
                return Err("the solver process ended without an answer".to_owned());
            }
            let said = std::mem::take(&mut line);
            let message = if said.len() > SOON_READ { apart(move || read(&said)).await? } else { read(&said)? };
            match message {
                Message::Progress(step) => progress(step),
                Message::Outcome(outcome) => return Ok(*outcome),
                Message::Failed(why) => return Err(why),
            }
        }
    };
    let ((), answer) = tokio::join!(feed, listen);
    answer
}

fn read(line: &[u8]) -> Result<Message, String> {
    serde_json::from_slice(line).map_err(|error| format!("the solver process answered what cannot be read: {error}"))
}

/// Reads up to a line's end, in bounded memory.
async fn read_line(lines: &mut BufReader<tokio::process::ChildStdout>, line: &mut Vec<u8>) -> std::io::Result<()> {
    loop {
        let available = lines.fill_buf().await?;
        if available.is_empty() {
            return Ok(());
        }
        let (taken, done) = match available.iter().position(|&byte| byte == b'\n') {
            Some(end) => (end + 1, true),
            None => (available.len(), false),
        };
        line.extend_from_slice(&available[..taken]);
        lines.consume(taken);
        if done {
            return Ok(());
        }
        if line.len() > MAX_ANSWER {
            return Err(std::io::Error::other("its answer is too long"));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::Ordering;

    use super::GivenUp;

    #[test]
    fn work_apart_learns_that_nobody_waits_for_it() {
        let given_up = GivenUp::default();
        let told = Arc::clone(&given_up.0);
        assert!(!told.load(Ordering::Relaxed));
        drop(given_up);
        assert!(told.load(Ordering::Relaxed));
    }
}
