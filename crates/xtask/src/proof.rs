//! `cargo xtask oracle`, `mutants` and `determinism`: more than the tests run, or one case again; `cargo xtask history`:
//! tables that a test holds, written anew.
//!
//! All are tests of `needmatch-tests`, told by the environment what to do: what a contributor sees fail here fails alike
//! in the tests.

use std::path::Path;

use anyhow::Result;

use crate::command::Invocation;
use crate::requirements;

/// A kind of random case: its test, what else belongs to many of them, and what tells how many or which.
pub(crate) struct Cases {
    test: &'static str,
    beside: &'static [&'static str],
    many: &'static str,
    one: &'static str,
}

/// Small problems: engine, brute force, verifier and recount agree.
pub(crate) const ORACLE: Cases = Cases {
    test: "random_problems::engine_brute_force_verifier_and_recount_agree",
    beside: &[],
    many: "NEEDMATCH_ORACLE_CASES",
    one: "NEEDMATCH_ORACLE_CASE",
};

/// Runs with something changed: verifier and recount accept the same, and nothing false.
pub(crate) const MUTANTS: Cases = Cases {
    test: "mutants::a_mutant_is_accepted_exactly_when_its_claims_are_true",
    beside: &[
        "committed_scenarios::first_steps",
        "committed_scenarios::pacific_security_2023",
        "committed_scenarios::pacific_security_2024",
        "committed_scenarios::bms6_illustrative",
        "committed_scenarios::haiti_2010_flash_appeal",
    ],
    many: "NEEDMATCH_MUTANTS",
    one: "NEEDMATCH_MUTANT",
};

/// Mutants of random problems for one mutant of each committed scenario.
const FOR_ONE_OF_A_SCENARIO: u64 = 500;

/// Runs so many cases, or one alone, which is then shown as well.
pub(crate) fn cases(root: &Path, kind: &Cases, many: u64, one: Option<u64>) -> Result<()> {
    let tests = |tests: &[&str]| tests.iter().map(|test| (*test).to_owned()).collect::<Vec<_>>();
    let alone = run(root, "oracle")?.with(&["--exact".to_owned(), kind.test.to_owned()]);
    if let Some(case) = one {
        return alone.with_environment(kind.one, &case.to_string()).run();
    }
    let all = alone.with(&tests(kind.beside)).with_environment(kind.many, &many.to_string());
    let of_a_scenario = (many / FOR_ONE_OF_A_SCENARIO).to_string();
    if kind.beside.is_empty() {
        all.run()
    } else {
        all.with_environment("NEEDMATCH_SCENARIO_MUTANTS", &of_a_scenario).run()
    }
}

/// Tries scenarios whose runs take long as often as the others.
pub(crate) fn determinism(root: &Path) -> Result<()> {
    run(root, "determinism")?.with_environment("NEEDMATCH_DETERMINISM", "all").run()
}

/// Counts what history did beside what the plan does, and writes the tables into the READMEs of scenarios.
pub(crate) fn history(root: &Path) -> Result<()> {
    run(root, "history")?.with_environment("NEEDMATCH_HISTORY", "write").run()
}

/// A test target in full view. Not by nextest, which ends a test that takes minutes.
fn run(root: &Path, target: &str) -> Result<Invocation> {
    requirements::ensure_recount(root)?;
    let arguments = ["test", "--quiet", "--package", "needmatch-tests", "--test", target, "--", "--nocapture"];
    Ok(Invocation::new(root, "cargo", &arguments))
}
