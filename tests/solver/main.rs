//! A solver process for tests: the real one, or one that dies, hangs, answers garbage or lies; and the real one with a pipe
//! that tells what the process may do, eats memory, or never says anything.

use std::fs;
use std::io::{Read, Stdout, Write, stdout};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use needmatch_domain::certificate::Certificate;
use needmatch_domain::goal::Gap;
use needmatch_domain::plan::Plan;
use needmatch_domain::reason::Explanations;
use needmatch_domain::run::{GoalResult, Outcome, Status, Totals};
use needmatch_worker::solver::{Message, Order, run_child};

fn main() -> anyhow::Result<()> {
    let behaviour = std::env::args().nth(1).unwrap_or_default();
    let input = || std::io::stdin().lock();
    match behaviour.as_str() {
        "solve" => run_child(input(), stdout())?,
        "report" => {
            let file = PathBuf::from(std::env::args().nth(2).unwrap_or_default());
            run_child(input(), Before { output: stdout(), work: Some(|| fs::write(file, report()?)) })?;
        }
        "eat" => run_child(input(), Before { output: stdout(), work: Some(eat) })?,
        "wait" => run_child(Silence, stdout())?,
        "leave" => leave()?,
        "die" => std::process::abort(),
        "hang" => loop {
            std::thread::sleep(Duration::from_mins(1));
        },
        "garbage" => stdout().write_all(b"{\"outcome\": 7}\n\xff\xfe")?,
        "lie" => lie()?,
        other => anyhow::bail!("no such behaviour: {other}"),
    }
    Ok(())
}

/// An output before whose first word something is done: by then the process has limited itself.
struct Before<W> {
    output: Stdout,
    work: Option<W>,
}

impl<W: FnOnce() -> std::io::Result<()>> Write for Before<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if let Some(work) = self.work.take() {
            work()?;
        }
        self.output.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.output.flush()
    }
}

/// An input that says nothing for a minute. Whoever listens to it has said before how they want to end: they tell who they
/// are.
struct Silence;

impl Read for Silence {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        println!("{}", std::process::id());
        std::thread::sleep(Duration::from_mins(1));
        Ok(0)
    }
}

/// What the system lets this process do, a thing a line.
fn report() -> std::io::Result<String> {
    let limits = fs::read_to_string("/proc/self/limits")?;
    let niceness = rustix::process::getpriority_process(None)?;
    let group = rustix::process::getpgrp() == rustix::process::getpid();
    let signal = rustix::process::parent_process_death_signal()?.map(rustix::process::Signal::as_raw);
    Ok(format!("{limits}niceness {niceness}\nown group {group}\nsignal {signal:?}\n"))
}

/// Twice the memory that the tests allow.
#[expect(clippy::unnecessary_wraps, reason = "as everything that is done before the work")]
fn eat() -> std::io::Result<()> {
    let mut eaten = Vec::new();
    // What cannot be had ends a program.
    eaten.try_reserve_exact(2 << 30).unwrap_or_else(|_| std::process::abort());
    eaten.push(0_u8);
    std::hint::black_box(&eaten);
    Ok(())
}

/// Starts a process that waits, in a group of its own as the service does, and waits as well.
fn leave() -> anyhow::Result<()> {
    let mut child = Command::new(std::env::current_exe()?).arg("wait").process_group(0).spawn()?;
    child.wait()?;
    Ok(())
}

/// Claims that nothing better than nothing exists.
fn lie() -> anyhow::Result<()> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let order: Order = serde_json::from_str(&text)?;
    let nothing = |goal| GoalResult { goal, best: 0, bound: 0, gap_permille: Gap::default(), value: 0 };
    let outcome = Outcome {
        status: Status::Optimal,
        plan: Plan::default(),
        goals: order.problem.goals.iter().map(|goal| nothing(goal.goal)).collect(),
        totals: Totals::default(),
        certificate: Certificate::default(),
        explanations: Explanations::default(),
    };
    serde_json::to_writer(stdout(), &Message::Outcome(Box::new(outcome)))?;
    stdout().write_all(b"\n")?;
    Ok(())
}
