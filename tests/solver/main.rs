//! A solver process for tests: the real one, or one that dies, hangs, answers garbage or lies.

use std::io::{Read, Write};
use std::time::Duration;

use needmatch_domain::certificate::Certificate;
use needmatch_domain::goal::Gap;
use needmatch_domain::plan::Plan;
use needmatch_domain::reason::Explanations;
use needmatch_domain::run::{GoalResult, Outcome, Status, Totals};
use needmatch_worker::solver::{Message, Order, run_child};

fn main() -> anyhow::Result<()> {
    let behaviour = std::env::args().nth(1).unwrap_or_default();
    match behaviour.as_str() {
        "solve" => run_child(std::io::stdin().lock(), std::io::stdout().lock())?,
        "die" => std::process::abort(),
        "hang" => loop {
            std::thread::sleep(Duration::from_mins(1));
        },
        "garbage" => std::io::stdout().write_all(b"{\"outcome\": 7}\n\xff\xfe")?,
        "lie" => lie()?,
        other => anyhow::bail!("no such behaviour: {other}"),
    }
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
    serde_json::to_writer(std::io::stdout(), &Message::Outcome(Box::new(outcome)))?;
    std::io::stdout().write_all(b"\n")?;
    Ok(())
}
