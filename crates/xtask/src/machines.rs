//! `cargo xtask machines`: servers and workers killed, frozen and stopped at random while runs are made, many times over.

use std::path::Path;

use anyhow::Result;

use crate::command::Invocation;
use crate::requirements;

/// Tells the story of `crates/cli/tests/machines` as often as asked. Not under nextest, which ends a test after minutes.
pub(crate) fn machines(root: &Path, times: u32, seed: Option<u64>) -> Result<()> {
    requirements::ensure_test(root)?;
    let test = ["test", "--workspace", "--test", "machines", "--", "--nocapture", "every_run_ends_once"];
    let mut invocation = Invocation::new(root, "cargo", &test);
    invocation = invocation.with_environment("NEEDMATCH_TEST_MACHINES_TIMES", &times.to_string());
    if let Some(seed) = seed {
        invocation = invocation.with_environment("NEEDMATCH_TEST_SEED", &seed.to_string());
    }
    invocation.run()
}
