//! The lines of a table: the earlier plan beside the plan of needmatch, counted by the verifier.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use needmatch_domain::goal::{Goal, GoalName};
use needmatch_domain::plan::Match;
use needmatch_domain::problem::Problem;
use needmatch_verify::{Recount, VerifiedPlan};

/// How a figure of the plan in a README is held to what the code reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Claim {
    /// Proven: it is the same on every machine.
    Exact,
    /// A larger figure may be found one day; a smaller one would make the README wrong.
    Reached,
    /// It belongs to one of several plans that are as good.
    Follows,
}

/// A line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) what: String,
    pub(crate) history: i64,
    pub(crate) plan: i64,
    pub(crate) claim: Claim,
}

/// What a plan comes to.
struct Figures {
    totals: needmatch_domain::run::Totals,
    broken: usize,
    helps: i64,
    goals: Vec<i64>,
}

fn figures(problem: &Problem, recount: &Recount<'_>, matches: &[Match]) -> Figures {
    let helper =
        |found: &Match| (problem.components[found.component.at()].request, problem.offers[found.offer.at()].provider);
    let helps: BTreeSet<_> = matches.iter().map(helper).collect();
    Figures {
        totals: recount.totals(matches),
        broken: recount.findings(matches).len(),
        helps: i64::try_from(helps.len()).expect("a small number"),
        goals: problem.goals.iter().map(|goal| recount.evaluate(matches, goal)).collect(),
    }
}

/// The lines of a scenario's table.
pub(crate) fn lines(plan: &VerifiedPlan) -> Vec<Line> {
    let problem = plan.problem();
    let recount = Recount::of(problem).expect("the problem was verified");
    let history = figures(problem, &recount, &problem.baseline);
    let found = figures(problem, &recount, &plan.plan().matches);
    let results = &plan.run().outcome.goals;
    // Whether all goals up to one are proven, so that its value in the plan is that of every best plan.
    let proven =
        |goal: usize| results[..=goal].iter().all(|result| result.best == result.bound && result.value == result.best);
    let money = if proven(0) { Claim::Exact } else { Claim::Reached };
    let count = |number: u64| i64::try_from(number).expect("a small number");
    let mut lines = Vec::new();
    let mut line = |what: &str, history: i64, plan: i64, claim: Claim| {
        lines.push(Line { what: what.to_owned(), history, plan, claim });
    };
    line("rules broken", count(history.broken as u64), count(found.broken as u64), Claim::Exact);
    line(&format!("delivered, {}", problem.currency), history.totals.cost, found.totals.cost, money);
    line("requests served", count(history.totals.requests_served), count(found.totals.requests_served), Claim::Follows);
    let full =
        if results.iter().any(|result| result.goal == GoalName::Completed) { Claim::Reached } else { Claim::Follows };
    line(
        "requests met in full",
        count(history.totals.requests_completed),
        count(found.totals.requests_completed),
        full,
    );
    line("matches", count(history.totals.matches), count(found.totals.matches), Claim::Follows);
    line("providers on requests, added up", history.helps, found.helps, Claim::Follows);
    for (position, Goal { goal, .. }) in problem.goals.iter().enumerate() {
        let claim = if proven(position) { Claim::Exact } else { Claim::Reached };
        line(&format!("goal `{goal}`"), history.goals[position], found.goals[position], claim);
    }
    lines
}

/// The table as the README has it.
pub(crate) fn text(lines: &[Line]) -> String {
    let mut text = String::from("| | what happened | the plan |\n|---|--:|--:|\n");
    for line in lines {
        let _ = writeln!(text, "| {} | {} | {} |", line.what, grouped(line.history), grouped(line.plan));
    }
    text
}

/// The lines of a table; their claims are the code's to make.
pub(crate) fn read(text: &str) -> Vec<Line> {
    let number = |cell: &str| cell.trim().replace(',', "").replace('−', "-").parse().expect("a whole number");
    let rows = text.lines().skip(2).filter(|line| line.starts_with('|'));
    rows.map(|row| {
        let cells: Vec<&str> = row.split('|').collect();
        Line {
            what: cells[1].trim().to_owned(),
            history: number(cells[2]),
            plan: number(cells[3]),
            claim: Claim::Follows,
        }
    })
    .collect()
}

fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if number < 0 { format!("−{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::{Claim, Line, read, text};

    #[test]
    fn a_table_reads_back() {
        let line = |what: &str, history, plan| Line { what: what.to_owned(), history, plan, claim: Claim::Follows };
        let lines = vec![line("goal `economy`", -1_234_567, 0), line("matches", 12, 1_000)];
        assert_eq!(read(&text(&lines)), lines);
    }
}
