//! `needmatch compare`: two runs side by side (`docs/explain.md`).

use std::fmt::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use needmatch_domain::run::{GoalResult, Run};
use needmatch_matching::compare::{Changed, Comparison, Explained, compare};
use serde::Serialize;

use super::input;
use super::matching::Format;
use crate::print::{grouped, output, table};

/// Differences named for one change in the text.
const NAMED: usize = 3;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Run file.
    first: PathBuf,
    /// Run file to compare it with.
    second: PathBuf,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Serialize)]
struct Report {
    first: Side,
    second: Side,
    goals: Vec<GoalPair>,
    #[serde(flatten)]
    comparison: Comparison,
}

#[derive(Debug, Serialize)]
struct Side {
    name: String,
    problem_sha256: String,
    digest: String,
    status: &'static str,
    gap_permille: f64,
    seconds: u32,
    requests_served: u64,
    components_served: u64,
    cost: i64,
}

#[derive(Debug, Serialize)]
struct GoalPair {
    goal: &'static str,
    /// In the final plan; `null` where the run has no such goal.
    first: Option<i64>,
    second: Option<i64>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let first = input::read_verified_run(&arguments.first)?;
    let second = input::read_verified_run(&arguments.second)?;
    let comparison = compare((first.problem(), first.plan()), (second.problem(), second.plan()));
    let report = Report {
        first: side(first.run(), &first.problem().name),
        second: side(second.run(), &second.problem().name),
        goals: goals(&first.run().outcome.goals, &second.run().outcome.goals),
        comparison,
    };
    match arguments.format {
        Format::Json => output::line(serde_json::to_string_pretty(&report)?)?,
        Format::Text => output::text(text(&report))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn side(run: &Run, name: &str) -> Side {
    let totals = run.outcome.totals;
    Side {
        name: name.to_owned(),
        problem_sha256: run.problem_sha256.clone(),
        digest: run.digest.clone(),
        status: run.outcome.status.name(),
        gap_permille: run.settings.gap_permille.permille(),
        seconds: run.settings.seconds,
        requests_served: totals.requests_served,
        components_served: totals.components_served,
        cost: totals.cost,
    }
}

fn goals(first: &[GoalResult], second: &[GoalResult]) -> Vec<GoalPair> {
    let value =
        |goals: &[GoalResult], name: &str| goals.iter().find(|one| one.goal.name() == name).map(|one| one.value);
    let mut names: Vec<&'static str> = Vec::new();
    for goal in first.iter().chain(second) {
        if !names.contains(&goal.goal.name()) {
            names.push(goal.goal.name());
        }
    }
    names.into_iter().map(|goal| GoalPair { goal, first: value(first, goal), second: value(second, goal) }).collect()
}

fn text(report: &Report) -> String {
    let mut text = String::new();
    let (first, second) = (&report.first, &report.second);
    let both = |what: &str, one: String, other: String| vec![what.to_owned(), one, other];
    let mut rows = vec![
        both("scenario", first.name.clone(), second.name.clone()),
        both("status", first.status.to_owned(), second.status.to_owned()),
        both("gap asked, ‰", first.gap_permille.to_string(), second.gap_permille.to_string()),
        both("seconds allowed", first.seconds.to_string(), second.seconds.to_string()),
        both("requests served", first.requests_served.to_string(), second.requests_served.to_string()),
        both("components served", first.components_served.to_string(), second.components_served.to_string()),
        both("cost", grouped(first.cost), grouped(second.cost)),
    ];
    let shown = |value: Option<i64>| value.map_or_else(|| "-".to_owned(), grouped);
    rows.extend(report.goals.iter().map(|goal| both(goal.goal, shown(goal.first), shown(goal.second))));
    let _ = writeln!(text, "{}", table::of(&["", "first", "second"], 1, rows));
    let comparison = &report.comparison;
    let same = if first.problem_sha256 == second.problem_sha256 { "the same problem" } else { "different problems" };
    let _ = writeln!(text, "\n{same}; {} differences in what the runs were told", comparison.differences.len());
    for at in 0..comparison.differences.len() {
        let _ = writeln!(text, "  {}", difference(comparison, at));
    }
    let (changed, kept) = (comparison.matches.len(), comparison.same);
    let _ = writeln!(text, "\n{changed} matches changed, {kept} are the same");
    for change in &comparison.matches {
        let _ = writeln!(
            text,
            "  {} <- {} in {}: {} -> {}; {}",
            change.component,
            change.offer,
            change.period,
            grouped(change.before),
            grouped(change.after),
            why(comparison, change)
        );
    }
    text
}

fn difference(comparison: &Comparison, at: usize) -> String {
    let difference = &comparison.differences[at];
    let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "(not there)".to_owned());
    format!(
        "{} {} {}: {} -> {}",
        difference.table,
        difference.id,
        difference.field,
        shown(&difference.before),
        shown(&difference.after)
    )
}

fn why(comparison: &Comparison, change: &Changed) -> String {
    let named: Vec<_> = change.by.iter().take(NAMED).map(|&at| difference(comparison, at)).collect();
    let more = change.by.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    match change.explained {
        Explained::Own => format!("because of {}{more}", named.join("; ")),
        Explained::Competition => format!("follows from {}{more}, which it competes with", named.join("; ")),
        Explained::General => format!("because of what concerns everything: {}{more}", named.join("; ")),
        Explained::Search => "nothing it was told differs: equally good plans, or a search stopped earlier".to_owned(),
    }
}
