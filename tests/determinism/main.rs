//! The same folder, settings and seed give the same plan, byte for byte: with one thread and with two, ten times over,
//! in this process and in a solver process of its own.
//!
//! To add a scenario, add a test. It belongs here once its runs end by work, not by time: a run that its seconds stop is
//! outside the promise.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use needmatch_domain::plan::{Plan, rows};
use needmatch_domain::problem::Problem;
use needmatch_domain::run::RunSettings;
use needmatch_domain::scenario::Scenario;
use needmatch_exchange::generate::{Size, generate};
use needmatch_exchange::{read_folder, write_folder, write_plan_csv};
use needmatch_matching::freeze::freeze;
use needmatch_matching::propose::{Options, Watch, propose};
use needmatch_worker::solver::{SolverCommand, Task, solve};

/// How often each number of threads is tried.
const TIMES: usize = 10;

/// The same for scenarios whose runs take long; `cargo xtask determinism` tries these [`TIMES`] times as well.
const TIMES_OF_LONG_RUNS: usize = 1;

/// Far more than any run here takes.
const SECONDS: u32 = 1_800;

/// The plan of a folder as `match --plan` writes it, worked out with so many threads.
fn plan_of(folder: &Path, threads: usize) -> Vec<u8> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool of threads");
    pool.install(|| {
        let scenario = read(folder);
        let problem = freeze(&scenario).unwrap_or_else(|errors| panic!("{}", errors[0])).problem;
        let began = Instant::now();
        let elapsed = || began.elapsed().as_secs_f64();
        let mut watch = Watch { elapsed: &elapsed, cancelled: &|| false, progress: &mut |_| {} };
        let options = Options::new(scenario.settings.limits.gap_permille, f64::from(SECONDS));
        let outcome = propose(&problem, &options, &mut watch).expect("a plan");
        assert!(began.elapsed() < Duration::from_mins(10), "a run that time may have stopped promises nothing");
        written(&problem, &outcome.plan)
    })
}

/// The same in a process of its own.
fn plan_of_a_process(folder: &Path) -> Vec<u8> {
    let scenario = read(folder);
    let problem = Arc::new(freeze(&scenario).unwrap_or_else(|errors| panic!("{}", errors[0])).problem);
    let command = SolverCommand {
        program: env!("CARGO_BIN_EXE_needmatch-test-solver").into(),
        arguments: vec!["solve".into()],
        memory_mebibytes: 4096,
    };
    let gap_permille = scenario.settings.limits.gap_permille;
    let settings = RunSettings { gap_permille, seconds: SECONDS, threads: 2 };
    let (_keep, cancelled) = tokio::sync::watch::channel(false);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let task = Task::of(Arc::clone(&problem), Some(Arc::new(scenario)), settings);
    let solving = runtime.block_on(solve(&command, task, cancelled, |_| {}));
    let solving = solving.expect("a plan");
    assert!(solving.setbacks.is_empty(), "{:?}", solving.setbacks);
    written(&problem, solving.plan.plan())
}

fn read(folder: &Path) -> Scenario {
    read_folder(folder).unwrap_or_else(|errors| panic!("{}: {}", folder.display(), errors[0]))
}

fn written(problem: &Problem, plan: &Plan) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("plan.csv");
    write_plan_csv(&rows(problem, plan), &path).expect("the plan is written");
    std::fs::read(&path).expect("the plan is read")
}

fn is_always_the_same(folder: &Path, times: usize) {
    let first = plan_of(folder, 1);
    assert!(String::from_utf8_lossy(&first).lines().count() > 2, "a plan of some matches");
    assert!(plan_of_a_process(folder) == first, "another process has another plan");
    for time in 1..=times {
        for threads in [1, 2] {
            assert!(plan_of(folder, threads) == first, "the plan differs the {time}. time with {threads} threads");
        }
    }
}

fn long_runs() -> usize {
    if std::env::var_os("NEEDMATCH_DETERMINISM").is_some() { TIMES } else { TIMES_OF_LONG_RUNS }
}

fn committed(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios").join(name)
}

#[test]
fn first_steps() {
    is_always_the_same(&committed("first-steps"), TIMES);
}

#[test]
fn pacific_security_2023() {
    is_always_the_same(&committed("pacific-security-2023"), long_runs());
}

#[test]
fn pacific_security_2024() {
    is_always_the_same(&committed("pacific-security-2024"), long_runs());
}

#[test]
fn haiti_2010_flash_appeal() {
    is_always_the_same(&committed("haiti-2010-flash-appeal"), long_runs());
}

/// The longest of all: but for `cargo xtask determinism`, this process against another is enough.
#[test]
fn bms6_illustrative() {
    is_always_the_same(&committed("bms6-illustrative"), if long_runs() == TIMES { TIMES } else { 0 });
}

#[test]
fn a_generated_problem() {
    let folder = tempfile::tempdir().expect("a folder");
    let size = Size { components: 24, offers: 10, states: 4, pairs: 48 };
    write_folder(&generate(size, 7).expect("such a size exists"), folder.path(), "").expect("the scenario is written");
    is_always_the_same(folder.path(), TIMES);
}
