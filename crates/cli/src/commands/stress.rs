//! `needmatch stress`: what falls when promised help never comes (`docs/explain.md`).

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use needmatch_domain::ids::OfferIndex;
use needmatch_domain::problem::Problem;
use needmatch_domain::run::Status;
use needmatch_matching::stress::{Fate, fates, without_offers};
use needmatch_verify::VerifiedPlan;
use needmatch_worker::solver::Task;
use serde::Serialize;

use super::input;
use super::matching::{Format, progress_bar, show};
use crate::exit::{REFUSED, refused, unreadable};
use crate::print::{grouped, output, table};
use crate::solving::{Solver, failed};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Run file.
    run: PathBuf,
    /// What never comes: `pledges`, or `offer=ID`; may be repeated.
    #[arg(long, required = true)]
    drop: Vec<String>,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Serialize)]
struct Report {
    problem_sha256: String,
    dropped: Vec<String>,
    status: &'static str,
    goals: Vec<Values>,
    components_served_before: u64,
    components_served_after: u64,
    cost_before: i64,
    cost_after: i64,
    components: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Values {
    goal: &'static str,
    before: i64,
    after: i64,
}

#[derive(Debug, Serialize)]
struct Row {
    component: String,
    before: i64,
    after: i64,
    fate: &'static str,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let plan = input::read_verified_run(&arguments.run)?;
    if plan.run().outcome.status == Status::Infeasible {
        return Err(refused("the run has no plan, so nothing can fall"));
    }
    let dropped = dropped(&arguments.drop, plan.problem())?;
    let left = without_offers(plan.problem(), &dropped);
    let bar = progress_bar();
    let solver = Solver::start()?;
    let answer = solver.solve(Task::of(Arc::new(left), None, plan.run().settings), |step| show(&bar, &step));
    bar.finish_and_clear();
    let after = answer.map_err(failed)?.plan;
    let report = report(&plan, &after, &dropped);
    match arguments.format {
        Format::Json => output::line(serde_json::to_string_pretty(&report)?)?,
        Format::Text => output::text(text(&report))?,
    }
    let infeasible = after.run().outcome.status == Status::Infeasible;
    Ok(if infeasible { ExitCode::from(REFUSED) } else { ExitCode::SUCCESS })
}

fn dropped(given: &[String], problem: &Problem) -> anyhow::Result<BTreeSet<OfferIndex>> {
    let mut dropped = BTreeSet::new();
    for one in given {
        let offers = problem.offers.iter().enumerate();
        let found: Vec<OfferIndex> = match one.split_once('=') {
            None if one == "pledges" => {
                offers.filter(|(_, offer)| offer.pledge).map(|(at, _)| OfferIndex::of(at)).collect()
            }
            Some(("offer", id)) => {
                offers.filter(|(_, offer)| offer.id.as_str() == id).map(|(at, _)| OfferIndex::of(at)).collect()
            }
            _ => return Err(unreadable(format!("--drop {one}: write `pledges` or `offer=ID`"))),
        };
        if found.is_empty() {
            return Err(refused(format!(
                "--drop {one}: the run has no such offer; `needmatch explain` lists its offers"
            )));
        }
        dropped.extend(found);
    }
    Ok(dropped)
}

fn report(before: &VerifiedPlan, after: &VerifiedPlan, dropped: &BTreeSet<OfferIndex>) -> Report {
    let problem = before.problem();
    let (first, second) = (&before.run().outcome, &after.run().outcome);
    let goals = first.goals.iter().map(|goal| {
        let same = second.goals.iter().find(|other| other.goal == goal.goal);
        Values { goal: goal.goal.name(), before: goal.value, after: same.map_or(0, |other| other.value) }
    });
    let rows = fates(problem, before.plan(), after.plan()).into_iter().map(|(at, had, has, fate)| Row {
        component: problem.components[at].id.to_string(),
        before: had,
        after: has,
        fate: word(fate),
    });
    Report {
        problem_sha256: before.run().problem_sha256.clone(),
        dropped: dropped.iter().map(|offer| problem.offers[offer.at()].id.to_string()).collect(),
        status: second.status.name(),
        goals: goals.collect(),
        components_served_before: first.totals.components_served,
        components_served_after: second.totals.components_served,
        cost_before: first.totals.cost,
        cost_after: second.totals.cost,
        components: rows.collect(),
    }
}

fn word(fate: Fate) -> &'static str {
    match fate {
        Fate::Falls => "falls",
        Fate::Loses => "loses",
        Fate::Holds => "holds",
        Fate::Gains => "gains",
    }
}

fn text(report: &Report) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "Without {}: {}", report.dropped.join(", "), report.status);
    if report.status == Status::Infeasible.name() {
        let _ = writeln!(text, "No plan keeps what is locked and the regions' least shares any more.");
        return text;
    }
    let mut rows: Vec<Vec<String>> =
        report.goals.iter().map(|goal| vec![goal.goal.to_owned(), grouped(goal.before), grouped(goal.after)]).collect();
    let served = [report.components_served_before, report.components_served_after].map(|count| count.to_string());
    rows.push([vec!["components served".to_owned()], served.to_vec()].concat());
    rows.push(vec!["cost".to_owned(), grouped(report.cost_before), grouped(report.cost_after)]);
    let _ = writeln!(text, "{}", table::of(&["", "before", "after"], 1, rows));
    let count = |fate: &str| report.components.iter().filter(|row| row.fate == fate).count();
    let _ = writeln!(
        text,
        "\n{} components fall, {} lose some, {} hold, {} gain",
        count("falls"),
        count("loses"),
        count("holds"),
        count("gains")
    );
    let changed = report.components.iter().filter(|row| row.fate != "holds");
    let rows =
        changed.map(|row| vec![row.component.clone(), grouped(row.before), grouped(row.after), row.fate.to_owned()]);
    let _ = writeln!(text, "{}", table::of(&["component", "before", "after", ""], 1, rows));
    text
}
