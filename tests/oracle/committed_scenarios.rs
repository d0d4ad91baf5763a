//! Runs of the committed scenarios: the recount in Python counts what the verifier counts, changed runs are judged
//! alike, and the recount's own tests pass.

use std::path::Path;
use std::process::Command;

use needmatch_domain::ids::PeriodIndex;
use needmatch_domain::run::{Run, Status};
use needmatch_domain::scenario::{Lock, LockKind, Scenario};
use needmatch_exchange::read_folder;
use needmatch_matching::freeze::freeze;
use needmatch_verify::{Recount, verify_run};

use crate::engine;
use crate::mutants::{judge, mutate};
use crate::python::{Recounter, folder};
use crate::random::Random;
use crate::spread::asked_for;

pub(crate) fn read(name: &str) -> Scenario {
    let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios");
    read_folder(&scenarios.join(name)).unwrap_or_else(|errors| panic!("{name}: {}", errors[0]))
}

/// A run of a scenario within so many seconds.
pub(crate) fn run_of(scenario: &Scenario, seconds: u32) -> Run {
    let frozen = freeze(scenario).unwrap_or_else(|errors| panic!("{}: {}", scenario.settings.name, errors[0]));
    engine::timed_run(&frozen.problem, scenario.settings.limits.gap_permille, seconds).expect("a plan within the time")
}

/// Verifier and recount accept the run of a scenario with equal numbers, and judge changed ones alike.
fn agree(name: &str, seconds: u32, mutants: u64) {
    let run = run_of(&read(name), seconds);
    let mut recounter = Recounter::start();
    counted_alike(&run, &mut recounter);
    let (mut accepted, mut refused) = (0, 0);
    for number in 0..asked_for("NEEDMATCH_SCENARIO_MUTANTS").map_or(mutants, |asked| asked.max(mutants)) {
        let Some((mutant, names)) = mutate(&run, &mut Random::of(number ^ 0x7363_656e)) else { continue };
        match judge(&mutant, None, &mut recounter) {
            Ok(true) => accepted += 1,
            Ok(false) => refused += 1,
            Err(what) => panic!("{name}, mutant {number} ({}): {what}", names.join(", ")),
        }
    }
    println!("{name}: {:?}; of its mutants {accepted} accepted, {refused} refused", run.outcome.status);
}

fn counted_alike(run: &Run, recounter: &mut Recounter) {
    let problem = run.problem.clone().expect("the run holds its problem");
    let recount = Recount::of(&problem).expect("the problem is sound");
    recounter.judge(run).agrees(run, &recount).expect("the recount counts the same");
    verify_run(run.clone()).expect("the verifier accepts");
}

#[test]
fn first_steps() {
    agree("first-steps", 10, 100);
}

#[test]
fn pacific_security_2023() {
    agree("pacific-security-2023", 5, 15);
}

#[test]
fn pacific_security_2024() {
    agree("pacific-security-2024", 5, 15);
}

#[test]
fn bms6_illustrative() {
    agree("bms6-illustrative", 5, 10);
}

#[test]
fn haiti_2010_flash_appeal() {
    agree("haiti-2010-flash-appeal", 5, 5);
}

#[test]
fn a_scenario_that_cannot_be_met_is_proved_infeasible_to_both() {
    let mut scenario = read("first-steps");
    let lock = |component: &str, offer: &str, quantity| Lock {
        component: component.parse().expect("an id"),
        offer: offer.parse().expect("an id"),
        period: Some(PeriodIndex(0)),
        quantity,
        kind: LockKind::Lock,
    };
    // Northland holds 100,000: not enough for the works and all of the software.
    scenario.locks = vec![lock("armoury-works", "northland-fund", 1), lock("register-software", "northland-fund", 1)];
    let run = run_of(&scenario, 10);
    assert_eq!(run.outcome.status, Status::Infeasible);
    let mut recounter = Recounter::start();
    counted_alike(&run, &mut recounter);
    let mut unproved = run;
    unproved.outcome.certificate.infeasible = None;
    unproved.digest = unproved.computed_digest();
    assert_eq!(judge(&unproved, None, &mut recounter), Ok(false));
}

#[test]
fn the_recount_passes_its_own_tests() {
    let output =
        Command::new("python3").args(["-m", "unittest"]).current_dir(folder()).output().expect("python3 starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("Ran ") && said.ends_with("OK\n"), "{said}");
}

#[test]
fn the_recount_stands_on_the_standard_library_alone() {
    let allowed = [
        "argparse",
        "collections",
        "contextlib",
        "copy",
        "fractions",
        "functools",
        "hashlib",
        "io",
        "itertools",
        "json",
        "math",
        "naive",
        "os",
        "random",
        "random_problems",
        "recount",
        "subprocess",
        "sys",
        "tempfile",
        "time",
        "unittest",
    ];
    for entry in std::fs::read_dir(folder()).expect("the folder of the recount") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "py") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a file of the recount");
        for line in text.lines().map(str::trim) {
            let Some(names) = line.strip_prefix("import ").or_else(|| line.strip_prefix("from ")) else { continue };
            for name in names.split(" import ").next().unwrap_or_default().split(", ") {
                assert!(allowed.contains(&name), "{}: {line}", path.display());
            }
        }
    }
}
