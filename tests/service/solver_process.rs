//! What the solver process may do, whatever goes wrong in it: no more memory, time and files than it was given, after everybody
//! else, in a group of its own, and never longer than who started it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use needmatch_domain::goal::Gap;
use needmatch_domain::run::RunSettings;
use needmatch_matching::freeze::freeze;
use needmatch_worker::solver::{SolverCommand, Solving, Task, solve};
use tokio::sync::watch;

const SECONDS: u32 = 20;
const MEBIBYTES: u64 = 1 << 10;

/// Solves a small scenario with a solver process that behaves so.
async fn solved(behaviour: &[&str]) -> Solving {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios/first-steps");
    let scenario = needmatch_exchange::read_folder(&folder).expect("a scenario");
    let problem = freeze(&scenario).unwrap_or_else(|errors| panic!("{}", errors[0])).problem;
    let command = SolverCommand {
        program: env!("CARGO_BIN_EXE_needmatch-test-solver").into(),
        arguments: behaviour.iter().map(Into::into).collect(),
        memory_mebibytes: MEBIBYTES,
    };
    let settings = RunSettings { gap_permille: Gap::default(), seconds: SECONDS, threads: 2 };
    let (_keep, cancelled) = watch::channel(false);
    solve(&command, Task::of(Arc::new(problem), None, settings), cancelled, |_| {}).await.expect("a plan")
}

#[tokio::test]
async fn it_limits_itself_before_it_works() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("report");
    let solving = solved(&["report", file.to_str().expect("UTF-8")]).await;
    assert!(solving.setbacks.is_empty(), "{:?}", solving.setbacks);
    let report = fs::read_to_string(file).expect("a report");
    let told = |name: &str| {
        let line = report.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap_or_else(|| panic!("{name}: {report}")).split_whitespace().take(2).collect::<Vec<_>>().join(" ")
    };
    let memory = MEBIBYTES << 20;
    assert_eq!(told("Max address space"), format!("{memory} {memory}"));
    assert_eq!((told("Max open files"), told("Max core file size")), ("64 64".to_owned(), "0 0".to_owned()));
    // Twice its seconds, of which starting it took a little, and ten.
    let seconds: Vec<u32> = told("Max cpu time").split(' ').map(|limit| limit.parse().expect("a number")).collect();
    assert!(seconds[0] == seconds[1] && (2 * SECONDS..=2 * SECONDS + 10).contains(&seconds[0]), "{report}");
    let own = rustix::process::getpriority_process(None).expect("a niceness");
    assert_eq!(told("niceness"), (own + 5).min(19).to_string());
    assert_eq!(told("own group"), "true");
    assert_eq!(told("signal"), "Some(9)");
}

#[tokio::test]
async fn one_that_eats_more_than_it_was_given_ends_and_the_greedy_plan_stands() {
    let solving = solved(&["eat"]).await;
    assert_eq!(solving.setbacks.len(), 2, "both tries: {:?}", solving.setbacks);
    assert!(solving.setbacks.iter().all(|setback| setback.contains("signal: 6")), "{:?}", solving.setbacks);
    assert!(!solving.plan.plan().matches.is_empty(), "the greedy plan");
}

#[test]
fn it_ends_with_who_started_it() {
    let mut parent = Command::new(env!("CARGO_BIN_EXE_needmatch-test-solver"))
        .arg("leave")
        .stdout(Stdio::piped())
        .spawn()
        .expect("a parent");
    let mut line = String::new();
    BufReader::new(parent.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
    let state = format!("/proc/{}/stat", line.trim());
    let state = || fs::read_to_string(&state).unwrap_or_default();
    assert!(!state().is_empty(), "{line} waits");
    parent.kill().expect("a signal");
    parent.wait().expect("an end");
    let deadline = Instant::now() + Duration::from_secs(10);
    // Whoever adopts it may not look after it: then it stays as a name without a process.
    while state().rsplit_once(')').is_some_and(|(_, state)| !state.trim_start().starts_with('Z')) {
        assert!(Instant::now() < deadline, "it goes on alone: {}", state());
        std::thread::sleep(Duration::from_millis(20));
    }
}
