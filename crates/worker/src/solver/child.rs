//! Inside the solver process: limits on itself first, then the order, then the work.

use std::io::{Read, Write};
use std::time::Instant;

use needmatch_domain::run::Status;
use needmatch_matching::conflict::conflict;
use needmatch_matching::propose::{Options, Watch, propose_from};
use rustix::process::{Resource, Rlimit, Signal};

use super::protocol::{Message, Order};

/// Longest order read, in bytes: far above any problem that fits the memory limit.
const MAX_ORDER: u64 = 2 << 30;

/// Files a solver needs: its pipes and little else.
const MAX_FILES: u64 = 64;

/// Why the child gave up before it could answer.
#[derive(Debug, thiserror::Error)]
pub enum ChildError {
    /// A pipe broke.
    #[error("the solver process lost its parent: {0}")]
    Pipe(#[from] std::io::Error),
    /// The order cannot be read.
    #[error("the order is not readable: {0}")]
    Order(#[from] serde_json::Error),
    /// The system refused a limit.
    #[error("the system refused a resource limit: {0}")]
    Limit(#[from] rustix::io::Errno),
}

/// Reads an order, limits itself, works and answers. Called by `needmatch solve` and nothing else.
pub fn run_child(input: impl Read, mut output: impl Write) -> Result<(), ChildError> {
    let began = Instant::now();
    die_with_parent()?;
    let order: Order = serde_json::from_reader(std::io::BufReader::new(input.take(MAX_ORDER)))?;
    limit_resources(&order)?;
    let faults = order.problem.faults();
    let answer = if let Some(fault) = faults.first() {
        Message::Failed(format!("the problem is not valid: {fault}"))
    } else {
        work(&order, began, &mut output)
    };
    say(&mut output, &answer)?;
    Ok(())
}

fn work(order: &Order, began: Instant, output: &mut impl Write) -> Message {
    let options = Options { presolve: order.presolve, ..Options::new(order.gap_permille, order.seconds) };
    let elapsed = || began.elapsed().as_secs_f64();
    let mut watch = Watch {
        elapsed: &elapsed,
        cancelled: &|| false,
        progress: &mut |progress| {
            // A parent that no longer listens kills this process anyway.
            let _ = say(output, &Message::Progress(progress));
        },
    };
    match propose_from(&order.problem, order.start.as_ref(), &options, &mut watch) {
        Ok(mut outcome) => {
            if outcome.status == Status::Infeasible {
                let spent = || elapsed() >= order.seconds;
                outcome.explanations.conflict = conflict(&order.problem, order.seconds / 4.0, &spent);
            }
            Message::Outcome(Box::new(outcome))
        }
        Err(error) => Message::Failed(error.to_string()),
    }
}

fn say(output: &mut impl Write, message: &Message) -> std::io::Result<()> {
    serde_json::to_writer(&mut *output, message)?;
    output.write_all(b"\n")?;
    output.flush()
}

fn die_with_parent() -> Result<(), rustix::io::Errno> {
    rustix::process::set_parent_process_death_signal(Some(Signal::KILL))
}

fn limit_resources(order: &Order) -> Result<(), rustix::io::Errno> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "seconds of a run, bounded by its settings"
    )]
    let cpu = (order.seconds.clamp(0.0, 1e6) * 2.0) as u64 + 10;
    let limits = [
        (Resource::As, order.memory_mebibytes << 20),
        (Resource::Cpu, cpu),
        (Resource::Nofile, MAX_FILES),
        (Resource::Core, 0),
    ];
    for (resource, limit) in limits {
        rustix::process::setrlimit(resource, Rlimit { current: Some(limit), maximum: Some(limit) })?;
    }
    rustix::process::nice(5)?;
    Ok(())
}
