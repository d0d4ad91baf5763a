//! `needmatch match`: read, freeze, solve in a process of its own, verify, write.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use needmatch_domain::goal::Gap;
use needmatch_domain::plan::rows;
use needmatch_domain::problem::Problem;
use needmatch_domain::progress::Progress;
use needmatch_domain::run::{RunSettings, Status};
use needmatch_domain::scenario::Scenario;
use needmatch_matching::propose::Start;
use needmatch_matching::unlock::Unlocker;
use needmatch_verify::VerifiedPlan;
use needmatch_worker::solver::{Solving, Task};

use super::input::{self, Input};
use crate::exit::{REFUSED, refused, unreadable};
use crate::print::output;
use crate::solving::{Solver, failed};
use crate::{print, unlocking};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Scenario folder, or a frozen problem.json.
    input: PathBuf,
    /// Begin with what an earlier run found, and answer in a fraction of a second, with the gap that is then proved.
    #[arg(long, value_name = "RUN")]
    start: Option<PathBuf>,
    /// Write the run file.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Write the plan as CSV.
    #[arg(long)]
    plan: Option<PathBuf>,
    /// Write the frozen problem to a file of its own; the run file then names it by hash.
    #[arg(long)]
    problem_out: Option<PathBuf>,
    /// Gap at which a goal counts as reached, in permille.
    #[arg(long)]
    gap_permille: Option<f64>,
    /// Seconds after which the run is stopped.
    #[arg(long)]
    seconds: Option<u32>,
    /// Threads, 0 = as many as there are processors. The plan does not depend on it.
    #[arg(long)]
    threads: Option<u32>,
    /// Look for what would unlock the first so many components that go without, and keep it in the run file.
    #[arg(long, default_value_t = 0)]
    explain: usize,
    /// With --explain: how many problems may be solved again for one component.
    #[arg(long, default_value_t = 1, requires = "explain")]
    solves: usize,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// One JSON object.
    Json,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let Input { problem, scenario } = input::read(&arguments.input)?;
    let scenario = scenario.map(Arc::new);
    let settings = settings(arguments, scenario.as_ref().map(|scenario| scenario.settings.limits).unwrap_or_default())?;
    let problem = Arc::new(problem);
    let bar = progress_bar();
    let solver = Solver::start()?;
    let start = arguments.start.as_deref().map(|earlier| start(earlier, &problem)).transpose()?;
    let task = Task { start, ..Task::of(Arc::clone(&problem), scenario.clone(), settings) };
    let answer = solver.solve(task, |step| show(&bar, &step));
    bar.finish_and_clear();
    let mut solving = answer.map_err(failed)?;
    for setback in &solving.setbacks {
        eprintln!("note: {setback}");
    }
    if arguments.explain > 0 {
        solving.plan = unlock(solving.plan, scenario.as_deref(), &solver, arguments)?;
    }
    write(arguments, &solving)?;
    let status = solving.plan.run().outcome.status;
    match arguments.format {
        Format::Json => output::line(serde_json::to_string_pretty(&print::summary(&solving))?)?,
        Format::Text => output::text(print::text(&solving, scenario.as_deref()))?,
    }
    Ok(if status == Status::Infeasible { ExitCode::from(REFUSED) } else { ExitCode::SUCCESS })
}

/// What an earlier run knew, in the terms of the problem at hand. It need not be about the same problem.
fn start(earlier: &Path, problem: &Problem) -> anyhow::Result<Start> {
    let known = input::read_verified_run(earlier)?;
    Start::of(known.run(), known.problem(), problem)
        .ok_or_else(|| refused(format!("{}: a run without a plan is no start", earlier.display())))
}

/// The same run, with unlocking changes among its reasons; sealed and recounted again.
fn unlock(
    plan: VerifiedPlan,
    scenario: Option<&Scenario>,
    solver: &Solver,
    arguments: &Arguments,
) -> anyhow::Result<VerifiedPlan> {
    let problem = plan.shared_problem();
    let unlocker = match scenario {
        Some(scenario) => Unlocker::of_scenario(scenario, &problem, plan.plan()),
        None => Unlocker::of_problem(&problem, plan.plan()),
    };
    let without: Vec<_> = unlocker.without().into_iter().take(arguments.explain).collect();
    let mut run = plan.into_run();
    if run.outcome.status == Status::Infeasible {
        let accepted = needmatch_verify::accept(run, problem);
        return accepted.map_err(|_| refused("the run was accepted once and is not any more"));
    }
    let answers = unlocking::search(solver, &unlocker, run.settings, &without, arguments.solves);
    for (component, answer) in without.iter().zip(answers) {
        let reason = run.outcome.explanations.unserved.iter_mut().find(|reason| reason.component == *component);
        if let (Some(reason), Some(found)) = (reason, answer) {
            reason.unlock = found.unlock;
        }
    }
    run.digest = run.computed_digest();
    needmatch_verify::accept(run, problem).map_err(|findings| {
        let first = findings.first().map_or_else(String::new, ToString::to_string);
        anyhow::anyhow!("the run with its unlocking changes is not accepted: {first}")
    })
}

fn settings(arguments: &Arguments, limits: needmatch_domain::scenario::Limits) -> anyhow::Result<RunSettings> {
    let gap_permille = match arguments.gap_permille {
        None => limits.gap_permille,
        Some(permille) => Gap::from_permille(permille)
            .ok_or_else(|| unreadable(format!("--gap-permille {permille}: give a number from 0 upwards")))?,
    };
    Ok(RunSettings {
        gap_permille,
        seconds: arguments.seconds.unwrap_or(limits.seconds).max(1),
        threads: arguments.threads.unwrap_or(limits.threads),
    })
}

pub(super) fn progress_bar() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    bar.set_style(
        ProgressStyle::with_template("{spinner} {elapsed} {msg}").unwrap_or_else(|_| ProgressStyle::default_spinner()),
    );
    bar.enable_steady_tick(std::time::Duration::from_millis(200));
    bar
}

pub(super) fn show(bar: &ProgressBar, step: &Progress) {
    let goal = step.goal.map_or_else(String::new, |goal| format!(" {goal}"));
    let best = step.best.map_or_else(String::new, |best| format!(" · best {best}"));
    let gap = step.gap_permille.map_or_else(String::new, |gap| format!(" · gap {gap} permille"));
    bar.set_message(format!("{:?}{goal}{best}{gap}", step.phase).to_lowercase());
}

fn write(arguments: &Arguments, solving: &Solving) -> anyhow::Result<()> {
    let plan = &solving.plan;
    if let Some(path) = &arguments.problem_out {
        needmatch_exchange::write_problem(plan.problem(), path)?;
    }
    if let Some(path) = &arguments.out {
        let run = plan.run().clone();
        match &arguments.problem_out {
            Some(problem) => {
                let name = beside(path, problem)?;
                needmatch_exchange::write_run(&run.detach(&name).0, path)?;
            }
            None => needmatch_exchange::write_run(&run, path)?,
        }
    }
    if let Some(path) = &arguments.plan {
        needmatch_exchange::write_plan_csv(&rows(plan.problem(), plan.plan()), path)?;
    }
    Ok(())
}

/// The problem's file as the run file names it: it must stand in the same folder.
fn beside(run: &Path, problem: &Path) -> anyhow::Result<String> {
    let folder = |path: &Path| path.parent().map(Path::to_path_buf).unwrap_or_default();
    if folder(run) != folder(problem) {
        return Err(unreadable(
            "--problem-out must stand in the folder of --out: the run file names it relative to itself",
        ));
    }
    let name = problem.file_name().and_then(|name| name.to_str()).context("--problem-out has no file name")?;
    Ok(name.to_owned())
}
