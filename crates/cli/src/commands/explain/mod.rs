//! `needmatch explain`: why a run is as it is, and what would change it (`docs/explain.md`).

mod goals;
mod marginal;
pub(crate) mod report;
mod shares;

use std::path::PathBuf;
use std::process::ExitCode;

use needmatch_domain::ids::ComponentIndex;
use needmatch_domain::problem::Problem;
use needmatch_domain::run::{Run, Status};
use needmatch_domain::scenario::Scenario;
use needmatch_matching::unlock::{Found, Unlocker};
use needmatch_verify::VerifiedPlan;

use super::input;
use super::matching::Format;
use crate::exit::refused;
use crate::print::explanation;
use crate::print::output;
use crate::solving::Solver;
use crate::unlocking;
use report::{Report, SearchReport, Unlocking};

/// Problems solved again for one component that was asked for by name.
const SOLVES_WHEN_ASKED: usize = 3;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Run file.
    run: PathBuf,
    /// Explain one request, and look for what would unlock its components.
    #[arg(long, conflicts_with = "offer")]
    request: Option<String>,
    /// Explain one offer.
    #[arg(long)]
    offer: Option<String>,
    /// The scenario folder the run was made from: changes are then sought, and written, as edits of its tables.
    #[arg(long)]
    folder: Option<PathBuf>,
    /// For which components with nothing to look for unlocking changes.
    #[arg(long, value_enum, default_value_t = Which::Asked)]
    unlock: Which,
    /// How many problems may be solved again for one component [default: 3 with --request, 0 with --unlock all].
    #[arg(long)]
    solves: Option<usize>,
    /// With --offer: solve again with one unit more, for the exact value of that unit.
    #[arg(long, requires = "offer")]
    exact: bool,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Which {
    /// Those of --request.
    Asked,
    /// All of them.
    All,
    /// None.
    None,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let plan = input::read_verified_run(&arguments.run)?;
    let (run, problem) = (plan.run(), plan.problem());
    let scenario = arguments.folder.as_ref().map(|folder| same_scenario(folder, run)).transpose()?;
    let mut report = report::of(run, problem, scenario.as_ref());
    if let Some(id) = &arguments.request {
        keep_request(&mut report, id)?;
    }
    if let Some(id) = &arguments.offer {
        keep_offer(&mut report, id)?;
    }
    let components = wanted(arguments, &report, &plan);
    if !components.is_empty() {
        search(arguments, &plan, scenario.as_ref(), &components, &mut report)?;
    }
    if arguments.exact {
        marginal::solve_again(run, problem, &mut report)?;
    }
    match arguments.format {
        Format::Json => output::line(serde_json::to_string_pretty(&report)?)?,
        Format::Text => {
            let part = arguments.request.is_some() || arguments.offer.is_some();
            output::text(explanation::text(&report, part))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The scenario of a folder, which must be the one the run was made from.
fn same_scenario(folder: &std::path::Path, run: &Run) -> anyhow::Result<Scenario> {
    let scenario = input::read_scenario(folder)?;
    let found = input::freeze_scenario(&scenario)?.problem.sha256();
    if found == run.problem_sha256 {
        return Ok(scenario);
    }
    Err(refused(format!(
        "{}: the run was not made from this folder as it is now: the run's problem is {}, the folder's {found}; run `needmatch match` on the folder again, or leave --folder out",
        folder.display(),
        run.problem_sha256
    )))
}

fn keep_request(report: &mut Report, id: &str) -> anyhow::Result<()> {
    if !report.requests.iter().any(|request| request.id == id) {
        let near = near(id, report.requests.iter().map(|request| request.id.as_str()));
        return Err(refused(format!("--request {id}: the run has no such request with anything outstanding{near}")));
    }
    report.requests.retain(|request| request.id == id);
    report.offers.clear();
    Ok(())
}

fn keep_offer(report: &mut Report, id: &str) -> anyhow::Result<()> {
    if !report.offers.iter().any(|offer| offer.id == id) {
        let near = near(id, report.offers.iter().map(|offer| offer.id.as_str()));
        return Err(refused(format!("--offer {id}: the run has no such offer{near}")));
    }
    report.offers.retain(|offer| offer.id == id);
    report.requests.clear();
    Ok(())
}

/// Ids that contain what was given, or the first few.
fn near<'a>(given: &str, ids: impl Iterator<Item = &'a str> + Clone) -> String {
    let holds = |id: &&str| id.to_lowercase().contains(&given.to_lowercase());
    let mut some: Vec<&str> = ids.clone().filter(holds).take(5).collect();
    if some.is_empty() {
        some = ids.take(5).collect();
    }
    if some.is_empty() { String::new() } else { format!("; it has {}, …", some.join(", ")) }
}

/// Components with nothing for which a change is to be sought.
fn wanted(arguments: &Arguments, report: &Report, plan: &VerifiedPlan) -> Vec<ComponentIndex> {
    let asked = arguments.request.is_some();
    let none = match arguments.unlock {
        Which::None => true,
        Which::Asked => !asked,
        Which::All => false,
    };
    if none || plan.run().outcome.status == Status::Infeasible {
        return Vec::new();
    }
    let shown = report.requests.iter().flat_map(|request| &request.components);
    let without: Vec<&str> = shown.filter(|component| component.received == 0).map(|one| one.id.as_str()).collect();
    let all = plan.problem().components.iter().enumerate();
    all.filter(|(_, component)| without.contains(&component.id.as_str()))
        .map(|(at, _)| ComponentIndex::of(at))
        .collect()
}

fn search(
    arguments: &Arguments,
    plan: &VerifiedPlan,
    scenario: Option<&Scenario>,
    components: &[ComponentIndex],
    report: &mut Report,
) -> anyhow::Result<()> {
    let (run, problem) = (plan.run(), plan.problem());
    let unlocker = match scenario {
        Some(scenario) => Unlocker::of_scenario(scenario, problem, plan.plan()),
        None => Unlocker::of_problem(problem, plan.plan()),
    };
    let usual = if arguments.request.is_some() { SOLVES_WHEN_ASKED } else { 0 };
    let solves = arguments.solves.unwrap_or(usual);
    let answers = unlocking::search(&Solver::start()?, &unlocker, run.settings, components, solves);
    let found = |answer: &&Option<Found>| answer.as_ref().is_some_and(|found| found.unlock.is_some());
    let with_change = answers.iter().filter(found).count();
    let not_reached = answers.iter().filter(|answer| answer.is_none()).count();
    report.unlocking = Some(Unlocking {
        components: components.len(),
        with_change,
        without_change: components.len() - with_change - not_reached,
        not_reached,
    });
    for (component, answer) in components.iter().zip(answers) {
        if let Some(answer) = answer {
            put(problem, *component, answer, report);
        }
    }
    Ok(())
}

fn put(problem: &Problem, component: ComponentIndex, found: Found, report: &mut Report) {
    let id = problem.components[component.at()].id.as_str();
    let mut rows = report.requests.iter_mut().flat_map(|request| &mut request.components);
    if let Some(row) = rows.find(|row| row.id == id) {
        row.search = Some(SearchReport {
            considered: found.considered,
            solved: found.solved,
            barred: found.barred.iter().map(|rule| rule.name()).collect(),
        });
        row.unlock = found.unlock;
    }
}
