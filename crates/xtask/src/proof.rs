//! `cargo xtask oracle` and `cargo xtask mutants`: more of the random cases than the tests run, or one of them again.
//!
//! Both are tests of `needmatch-tests`, told by the environment how many cases to run: what a contributor sees fail here
//! fails alike in the tests.

use std::path::Path;

use anyhow::Result;

use crate::command::Invocation;
use crate::requirements;

/// A kind of random case.
pub(crate) struct Cases {
    test: &'static str,
    many: &'static str,
    one: &'static str,
}

/// Small problems: engine, brute force, verifier and recount agree.
pub(crate) const ORACLE: Cases = Cases {
    test: "random_problems::engine_brute_force_verifier_and_recount_agree",
    many: "NEEDMATCH_ORACLE_CASES",
    one: "NEEDMATCH_ORACLE_CASE",
};

/// Runs with something changed: verifier and recount accept the same, and nothing false.
pub(crate) const MUTANTS: Cases = Cases {
    test: "mutants::a_mutant_is_accepted_exactly_when_its_claims_are_true",
    many: "NEEDMATCH_MUTANTS",
    one: "NEEDMATCH_MUTANT",
};

/// Runs so many cases, or one alone, which is then shown as well.
pub(crate) fn cases(root: &Path, kind: &Cases, many: u64, one: Option<u64>) -> Result<()> {
    requirements::ensure_recount(root)?;
    // Not by nextest, which ends a test that takes minutes.
    let run = ["test", "--quiet", "--package", "needmatch-tests", "--test", "oracle", "--", "--nocapture", "--exact"];
    let invocation = Invocation::new(root, "cargo", &run).with(&[kind.test.to_owned()]);
    match one {
        Some(case) => invocation.with_environment(kind.one, &case.to_string()),
        None => invocation.with_environment(kind.many, &many.to_string()),
    }
    .run()
}
