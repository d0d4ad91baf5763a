//! What commands print: sentences in English from codes with values.

pub(crate) mod explanation;
pub(crate) mod output;
pub(crate) mod row;
pub(crate) mod sentence;
pub(crate) mod table;

use std::fmt::Write;

use comfy_table::{CellAlignment, Table, presets::UTF8_FULL_CONDENSED};
use needmatch_domain::run::GoalResult;
use needmatch_domain::scenario::Scenario;
use needmatch_worker::solver::Solving;
use serde::Serialize;

/// Unserved components named in the text; the run file has them all.
const NAMED: usize = 12;

/// The JSON object of `match --format json`.
#[derive(Debug, Serialize)]
pub(crate) struct Summary<'a> {
    name: &'a str,
    problem_sha256: &'a str,
    digest: &'a str,
    status: &'static str,
    goals: &'a [GoalResult],
    matches: u64,
    requests: usize,
    requests_served: u64,
    requests_completed: u64,
    components: usize,
    components_served: u64,
    cost: i64,
    currency: &'a str,
    seconds: f64,
    setbacks: &'a [String],
}

/// What came out, for programs.
pub(crate) fn summary(solving: &Solving) -> Summary<'_> {
    let (run, problem) = (solving.plan.run(), solving.plan.problem());
    let totals = run.outcome.totals;
    Summary {
        name: &problem.name,
        problem_sha256: &run.problem_sha256,
        digest: &run.digest,
        status: run.outcome.status.name(),
        goals: &run.outcome.goals,
        matches: totals.matches,
        requests: problem.requests.len(),
        requests_served: totals.requests_served,
        requests_completed: totals.requests_completed,
        components: problem.components.len(),
        components_served: totals.components_served,
        cost: totals.cost,
        currency: &problem.currency,
        seconds: (solving.took.as_secs_f64() * 1000.0).round() / 1000.0,
        setbacks: &solving.setbacks,
    }
}

/// What came out, for people.
pub(crate) fn text(solving: &Solving, scenario: Option<&Scenario>) -> String {
    let summary = summary(solving);
    let mut text = String::new();
    let _ =
        writeln!(text, "{}: {} in {:.2} s, accepted by the verifier", summary.name, summary.status, summary.seconds);
    let _ = writeln!(
        text,
        "{} of {} requests served ({} in full), {} of {} components, {} matches, {} {}",
        summary.requests_served,
        summary.requests,
        summary.requests_completed,
        summary.components_served,
        summary.components,
        summary.matches,
        grouped(summary.cost),
        summary.currency,
    );
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED).set_header(["goal", "best", "bound", "gap ‰", "in the plan"]);
    for goal in summary.goals {
        table.add_row([
            goal.goal.to_string(),
            grouped(goal.best),
            grouped(goal.bound),
            goal.gap_permille.to_string(),
            grouped(goal.value),
        ]);
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    let _ = writeln!(text, "{table}");
    unserved(solving, scenario, &mut text);
    conflict(solving, &mut text);
    text
}

/// Why there is no plan.
fn conflict(solving: &Solving, text: &mut String) {
    let demands = &solving.plan.run().outcome.explanations.conflict;
    if !demands.is_empty() {
        let _ = writeln!(text, "these cannot hold together; taking back any one of them leaves what can:");
        for demand in demands {
            let _ = writeln!(text, "  {}", sentence::demand(solving.plan.problem(), demand));
        }
    }
}

fn unserved(solving: &Solving, scenario: Option<&Scenario>, text: &mut String) {
    let problem = solving.plan.problem();
    let missing: Vec<_> = solving.plan.run().outcome.explanations.unserved.iter().collect();
    if missing.is_empty() {
        return;
    }
    let _ = writeln!(text, "not, or not wholly, served: {}", missing.len());
    for reason in missing.iter().take(NAMED) {
        let component = &problem.components[reason.component.at()];
        let title = scenario
            .and_then(|scenario| {
                let request = &problem.requests[component.request.at()].id;
                scenario.requests.iter().find(|candidate| candidate.id == *request)
            })
            .map_or_else(String::new, |request| format!(" ({})", request.title));
        let why: Vec<_> = reason.chain.iter().take(3).map(|link| sentence::reason(problem, link)).collect();
        let _ = writeln!(text, "  {}{title}: {} missing; {}", component.id, grouped(reason.missing), why.join("; "));
        if let Some(unlock) = &reason.unlock {
            let _ = writeln!(text, "    {}", sentence::unlock(unlock));
        }
    }
    if missing.len() > NAMED {
        let _ = writeln!(text, "  and {} more: see the run file (--out)", missing.len() - NAMED);
    }
}

/// A number with groups of three digits.
pub(crate) fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() * 4 / 3 + 1);
    if number < 0 {
        out.push('-');
    }
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
