//! `needmatch match`: read, freeze, solve in a process of its own, verify, write.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use needmatch_domain::goal::Gap;
use needmatch_domain::plan::rows;
use needmatch_domain::progress::Progress;
use needmatch_domain::run::{RunSettings, Status};
use needmatch_worker::solver::{SolverFailure, Solving, solve};

use super::input::{self, Input};
use crate::exit::{REFUSED, refused, unreadable};
use crate::print;
use crate::service::solver_command;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Scenario folder, or a frozen problem.json.
    input: PathBuf,
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
    let settings = settings(arguments, scenario.as_ref().map(|scenario| scenario.settings.limits).unwrap_or_default())?;
    let problem = Arc::new(problem);
    let bar = progress_bar();
    let command = solver_command()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let (stop, cancelled) = tokio::sync::watch::channel(false);
    let solving = runtime.block_on(async {
        tokio::spawn(async move {
            if tokio::signal::ctrl_c().await.is_ok() {
                let _ = stop.send(true);
            }
            std::future::pending::<()>().await;
        });
        solve(&command, scenario.as_ref(), Arc::clone(&problem), settings, cancelled, |step| show(&bar, &step)).await
    });
    bar.finish_and_clear();
    let solving = solving.map_err(|failure| match failure {
        SolverFailure::Cancelled => refused("stopped before there was a plan"),
        SolverFailure::NoPlan(_) => anyhow::Error::new(failure),
    })?;
    for setback in &solving.setbacks {
        eprintln!("note: {setback}");
    }
    write(arguments, &solving)?;
    let status = solving.plan.run().outcome.status;
    match arguments.format {
        Format::Json => println!("{}", serde_json::to_string_pretty(&print::summary(&solving))?),
        Format::Text => print!("{}", print::text(&solving, scenario.as_ref())),
    }
    Ok(if status == Status::Infeasible { ExitCode::from(REFUSED) } else { ExitCode::SUCCESS })
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

fn progress_bar() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    bar.set_style(
        ProgressStyle::with_template("{spinner} {elapsed} {msg}").unwrap_or_else(|_| ProgressStyle::default_spinner()),
    );
    bar.enable_steady_tick(std::time::Duration::from_millis(200));
    bar
}

fn show(bar: &ProgressBar, step: &Progress) {
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
