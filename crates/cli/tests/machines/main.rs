//! Several servers and workers on one PostgreSQL, killed, frozen and told to stop at random while runs are made: every
//! run ends once, no plan is stored twice, and progress is heard on every server.
//!
//! `cargo xtask machines --times 50` repeats the story as often; the ordinary tests tell it once. A failure names the seed
//! that tells it again: `NEEDMATCH_TEST_SEED`.

mod chance;
mod follower;
mod processes;
mod register;

use std::time::{Duration, Instant};

use chance::Chance;
use follower::Follower;
use processes::{Machines, Solver};
use register::Register;

/// Runs of one telling: more than there are workers, so that some wait.
const RUNS: usize = 6;

/// How long a telling may take. The longest wait in it is for a lease to run out, twice.
const PATIENCE: Duration = Duration::from_mins(2);

/// What happens to a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Blow {
    /// A worker dies at once.
    KillWorker,
    /// A worker stands still for longer than its lease, then goes on.
    FreezeWorker,
    /// A worker is told to stop, and does.
    StopWorker,
    /// A server dies at once.
    KillServer,
    /// A server is told to stop, and does.
    StopServer,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_run_ends_once_whatever_happens_to_the_processes() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let times = number("NEEDMATCH_TEST_MACHINES_TIMES").unwrap_or(1);
    let first = number("NEEDMATCH_TEST_SEED").unwrap_or_else(chance::unforeseen);
    let began = Instant::now();
    let mut told = Told::default();
    for telling in 0..times {
        let seed = first.wrapping_add(telling);
        eprintln!("telling {} of {times}, seed {seed}", telling + 1);
        tell(seed, &mut told).await;
    }
    eprintln!("{told:?} in {times} tellings, {} s", began.elapsed().as_secs());
}

/// What happened in all tellings.
#[derive(Debug, Default)]
struct Told {
    runs: usize,
    killed_workers: usize,
    frozen_workers: usize,
    stopped_workers: usize,
    killed_servers: usize,
    stopped_servers: usize,
    attempts: i64,
    losses: i64,
}

/// Blows of a telling, in order. Three workers lost to one run would end it, as it should: no more than two can be.
fn blows(chance: &mut Chance) -> Vec<Blow> {
    let second = [Blow::KillWorker, Blow::FreezeWorker][chance.below(2)];
    let mut blows = vec![Blow::KillWorker, second, Blow::StopWorker, Blow::KillServer, Blow::StopServer];
    chance.shuffle(&mut blows);
    blows
}

async fn tell(seed: u64, told: &mut Told) {
    let mut chance = Chance::from(seed);
    let register = Register::new().await;
    let mut machines = Machines::start(register.url(), &Solver::Slow(600), 2, 3);
    let addresses = machines.addresses();
    let keys: Vec<String> = (0..RUNS).map(|number| format!("run-{number}")).collect();
    let starting = tokio::spawn(register.start_runs(addresses.clone(), keys));
    for blow in blows(&mut chance) {
        tokio::time::sleep(Duration::from_millis(chance.below(900) as u64)).await;
        strike(&mut machines, blow, &mut chance, told).await;
    }
    let runs = starting.await.expect("every run is accepted");
    assert_eq!(runs.len(), RUNS, "seed {seed}");
    let followers = runs.iter().flat_map(|run| {
        (0..2).map(|server| tokio::spawn(Follower::new(&register, run, server).follow(addresses.clone())))
    });
    for follower in followers.collect::<Vec<_>>() {
        let heard = tokio::time::timeout(PATIENCE, follower).await;
        let heard = heard.unwrap_or_else(|_| panic!("seed {seed}: a run has not ended")).expect("a follower");
        let numbers: Vec<i64> = heard.iter().map(|event| event.number).collect();
        let expected: Vec<i64> = (1..=i64::try_from(numbers.len()).unwrap()).collect();
        assert_eq!(numbers, expected, "seed {seed}: every event is heard once, in order, on every server");
        assert!(!numbers.is_empty(), "seed {seed}");
    }
    let (attempts, losses) = register.check(&runs, seed).await;
    told.runs += runs.len();
    told.attempts += attempts;
    told.losses += losses;
    machines.stop();
}

async fn strike(machines: &mut Machines, blow: Blow, chance: &mut Chance, told: &mut Told) {
    match blow {
        Blow::KillWorker => {
            machines.kill_worker(chance.below(3));
            told.killed_workers += 1;
        }
        Blow::FreezeWorker => {
            let worker = chance.below(3);
            machines.freeze_worker(worker);
            tokio::time::sleep(processes::LEASE + Duration::from_millis(1500)).await;
            machines.thaw_worker(worker);
            told.frozen_workers += 1;
        }
        Blow::StopWorker => {
            machines.stop_worker(chance.below(3));
            told.stopped_workers += 1;
        }
        Blow::KillServer => {
            machines.kill_server(chance.below(2));
            told.killed_servers += 1;
        }
        Blow::StopServer => {
            machines.stop_server(chance.below(2));
            told.stopped_servers += 1;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn progress_is_heard_on_every_server_while_the_run_goes_on() {
    let register = Register::new().await;
    let mut machines = Machines::start(register.url(), &Solver::Telling(3000), 2, 1);
    let addresses = machines.addresses();
    let runs = register.start_runs(addresses.clone(), vec!["one".to_owned()]).await;
    let followers =
        (0..2).map(|server| tokio::spawn(Follower::new(&register, &runs[0], server).follow(addresses.clone())));
    let followers: Vec<_> = followers.collect();
    for follower in followers {
        let heard = tokio::time::timeout(PATIENCE, follower).await.expect("the run ends").expect("a follower");
        let first = heard.first().expect("something is told");
        assert!(first.at.elapsed() > Duration::from_secs(2), "the first step was heard long before the end: {heard:?}");
    }
    machines.stop();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_that_kills_three_workers_is_given_up_with_the_reason() {
    let register = Register::new().await;
    let mut machines = Machines::start(register.url(), &Solver::Murderous, 1, 0);
    let runs = register.start_runs(machines.addresses(), vec!["murder".to_owned()]).await;
    for _ in 0..3 {
        let worker = machines.add_worker();
        machines.wait_for_death(worker, Duration::from_secs(30));
    }
    machines.add_worker();
    let run = register.wait(&runs[0], Duration::from_secs(30)).await;
    assert_eq!(run.lifecycle.name(), "failed");
    assert_eq!(run.failure.expect("a reason").code, "worker_lost");
    assert_eq!(run.losses, 3);
    machines.stop();
}
