//! What history did with the same money, counted as a plan by the project's own rows: the table in the README of each
//! scenario that comes from published data.
//!
//! `cargo xtask history` counts anew and writes the tables; the tests compare what is written with what the code
//! counts. Figures of history, and goals that are proven optimal, must be the same; of other goals a table may claim no
//! more than the code reaches.

mod table;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use needmatch_domain::problem::Problem;
use needmatch_domain::run::{Run, RunSettings};
use needmatch_exchange::read_folder;
use needmatch_matching::freeze::freeze;
use needmatch_matching::propose::{Options, Watch, propose};
use needmatch_verify::{VerifiedPlan, verify_run};

use table::{Claim, Line};

const OPENING: &str = "<!-- written by cargo xtask history -->\n";
const CLOSING: &str = "<!-- end of what cargo xtask history writes -->\n";

fn readme(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios").join(name).join("README.md")
}

fn problem(name: &str) -> Problem {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios").join(name);
    let scenario = read_folder(&folder).unwrap_or_else(|errors| panic!("{name}: {}", errors[0]));
    freeze(&scenario).unwrap_or_else(|errors| panic!("{name}: {}", errors[0])).problem
}

fn plan(problem: Problem, seconds: u32) -> VerifiedPlan {
    let began = Instant::now();
    let elapsed = || began.elapsed().as_secs_f64();
    let mut watch = Watch { elapsed: &elapsed, cancelled: &|| false, progress: &mut |_| {} };
    let settings = RunSettings { gap_permille: needmatch_domain::goal::Gap { thousandths: 1000 }, seconds, threads: 1 };
    let options = Options::new(settings.gap_permille, f64::from(seconds));
    let outcome = propose(&problem, &options, &mut watch).expect("a plan within the time");
    verify_run(Run::seal(problem, settings, outcome, "test")).unwrap_or_else(|findings| panic!("{}", findings[0]))
}

/// Compares, or writes where asked to, the table of a scenario.
fn stands_in_its_readme(name: &str, seconds: u32) {
    let problem = problem(name);
    let plan = plan(problem, seconds);
    let lines = table::lines(&plan);
    let path = readme(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let (before, rest) = text.split_once(OPENING).unwrap_or_else(|| panic!("{name}: README.md has no {OPENING}"));
    let (written, after) = rest.split_once(CLOSING).unwrap_or_else(|| panic!("{name}: README.md has no {CLOSING}"));
    if std::env::var_os("NEEDMATCH_HISTORY").is_some() {
        let table = table::text(&lines);
        println!("{name}\n{table}");
        fs::write(&path, format!("{before}{OPENING}{table}{CLOSING}{after}")).expect("the README is written");
        return;
    }
    let stated = table::read(written);
    let what = |lines: &[Line]| lines.iter().map(|line| line.what.clone()).collect::<Vec<_>>();
    assert_eq!(what(&stated), what(&lines), "{name}: run cargo xtask history");
    for (stated, line) in stated.iter().zip(&lines) {
        assert_eq!(stated.history, line.history, "{name}, {}: run cargo xtask history", line.what);
        match line.claim {
            Claim::Exact => assert_eq!(stated.plan, line.plan, "{name}, {}: run cargo xtask history", line.what),
            Claim::Reached => assert!(stated.plan <= line.plan, "{name}, {}: {} is claimed", line.what, stated.plan),
            Claim::Follows => {}
        }
    }
}

#[test]
fn pacific_security_2023() {
    stands_in_its_readme("pacific-security-2023", 60);
}

#[test]
fn pacific_security_2024() {
    stands_in_its_readme("pacific-security-2024", 60);
}

#[test]
fn haiti_2010_flash_appeal() {
    stands_in_its_readme("haiti-2010-flash-appeal", 60);
}
