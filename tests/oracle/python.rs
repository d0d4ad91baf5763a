//! The independent recount, `tests/recount/recount.py`, kept open as a process: a line in, a verdict out.

use std::fmt::Display;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use needmatch_domain::run::{Run, Status};
use needmatch_verify::Recount;
use serde_json::{Value, json};

use crate::brute_force::held;

/// Steps of a complete enumeration by the recount; above them a problem is left to the other brute force alone.
const MOST_STEPS: &str = "100000";

/// The folder of the recount.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("recount")
}

/// A recount that reads one question after the other.
pub(crate) struct Recounter {
    child: Child,
    questions: Option<ChildStdin>,
    verdicts: BufReader<ChildStdout>,
}

/// What the recount says of a run or a problem.
#[derive(Debug)]
pub(crate) struct Verdict(Value);

impl Recounter {
    pub(crate) fn start() -> Self {
        let mut child = Command::new("python3")
            .arg(folder().join("recount.py"))
            .args(["--jsonl", "--limit", MOST_STEPS])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 starts");
        let questions = child.stdin.take();
        let verdicts = BufReader::new(child.stdout.take().expect("its output is piped"));
        Self { child, questions, verdicts }
    }

    fn ask(&mut self, question: &impl Display) -> Verdict {
        let questions = self.questions.as_mut().expect("open until it is dropped");
        writeln!(questions, "{question}").and_then(|()| questions.flush()).expect("the recount listens");
        let mut line = String::new();
        self.verdicts.read_line(&mut line).expect("the recount answers in UTF-8");
        Verdict(serde_json::from_str(&line).unwrap_or_else(|error| panic!("the recount wrote {line:?}: {error}")))
    }

    /// Recounts the text of a run file of one line.
    pub(crate) fn judge_text(&mut self, run: &str) -> Verdict {
        self.ask(&format!("{{\"run\":{}}}", run.trim_end()))
    }

    /// Recounts a run that embeds its problem.
    pub(crate) fn judge(&mut self, run: &Run) -> Verdict {
        self.ask(&json!({ "run": run }))
    }

    /// Compares the best value of each goal (none: that there is no plan) with all plans the recount can think of;
    /// `None` when these are too many.
    pub(crate) fn expects(&mut self, run: &Run, best: &[i64]) -> Option<Result<(), String>> {
        let expected = if best.is_empty() { Value::Null } else { json!(best) };
        let verdict = self.ask(&json!({ "problem": run.problem, "expect": expected }));
        (verdict.word() != "too_large").then(|| verdict.accepted())
    }
}

impl Drop for Recounter {
    fn drop(&mut self) {
        // The end of its input is the end of the recount.
        drop(self.questions.take());
        let _ = self.child.wait();
    }
}

impl Verdict {
    fn word(&self) -> &str {
        self.0["verdict"].as_str().unwrap_or_default()
    }

    pub(crate) fn is_accepted(&self) -> bool {
        self.word() == "accepted"
    }

    /// What was found, in one line.
    pub(crate) fn findings(&self) -> String {
        format!("{}: {}", self.word(), self.0["findings"])
    }

    fn accepted(&self) -> Result<(), String> {
        if self.is_accepted() { Ok(()) } else { Err(self.findings()) }
    }

    /// Whether the recount accepts the run, and counted what the verifier counts: totals, values and proven bounds.
    pub(crate) fn agrees(&self, run: &Run, recount: &Recount<'_>) -> Result<(), String> {
        self.accepted()?;
        if run.outcome.status == Status::Infeasible {
            return Ok(());
        }
        let matches = &run.outcome.plan.matches;
        let best: Vec<i64> = run.outcome.goals.iter().map(|goal| goal.best).collect();
        let goals = recount.problem().goals.iter().zip(&run.outcome.certificate.stages).enumerate();
        let goals: Vec<Value> = goals
            .map(|(stage, (goal, proof))| {
                let held = held(recount.problem(), &best[..stage]);
                let proven = recount.bound(stage, &held, &proof.proof).map_err(|finding| finding.to_string())?;
                Ok(json!({ "goal": goal.goal, "value": recount.evaluate(matches, goal), "proven": proven }))
            })
            .collect::<Result<_, String>>()?;
        let numbers = json!({ "totals": recount.totals(matches), "goals": goals });
        if self.0["numbers"] == numbers {
            Ok(())
        } else {
            Err(format!("the verifier counts {numbers}, the recount {}", self.0["numbers"]))
        }
    }
}
