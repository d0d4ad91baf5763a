//! A run file is sealed: whatever byte of it is changed without sealing it again, the file is unreadable or refused.

use std::fs;
use std::path::Path;

use needmatch_domain::run::Run;
use needmatch_exchange::{read_run, write_run};
use needmatch_verify::{Code, accept};

use crate::committed_scenarios::{read, run_of};
use crate::engine;
use crate::problem::problem;
use crate::python::Recounter;
use crate::random::Random;

/// Reads a file as `needmatch verify` does: true when it is accepted. An accepted file says what was sealed; a refused
/// one is told to have been changed.
fn is_accepted(path: &Path, original: &Run) -> bool {
    let Ok(file) = read_run(path) else { return false };
    let unchanged = file.run == *original;
    match accept(file.run, file.problem) {
        Ok(_) => {
            assert!(unchanged, "a changed run was accepted");
            true
        }
        Err(findings) => {
            assert!(findings.iter().any(|found| found.code == Code::Digest), "{}", findings[0]);
            false
        }
    }
}

/// Changes bytes one at a time: every one of them, or as many as asked for.
fn flip(run: &Run, most: usize, random: &mut Random) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("run.json");
    write_run(run, &path).expect("the run is written");
    assert!(is_accepted(&path, run));
    let bytes = fs::read(&path).expect("the run is read");
    let last = i64::try_from(bytes.len()).expect("a small file") - 1;
    let flips = bytes.len().min(most);
    for flip in 0..flips {
        let at =
            if flips == bytes.len() { flip } else { usize::try_from(random.between(0, last)).expect("a position") };
        let mut changed = bytes.clone();
        changed[at] ^= u8::try_from(random.between(1, 255)).expect("a byte");
        fs::write(&path, &changed).expect("the run is changed");
        let spelling = changed.get(at).is_some_and(|byte| b" \t\r\neE".contains(byte));
        assert!(!is_accepted(&path, run) || spelling, "byte {at} of {:?}", String::from_utf8_lossy(&changed));
    }
}

#[test]
fn every_byte_of_a_small_run() {
    flip(&run_of(&read("first-steps"), 10), usize::MAX, &mut Random::of(1));
    for case in 0..4 {
        flip(&engine::run(&problem(case)).expect("a run"), 1_500, &mut Random::of(case));
    }
}

/// What reading into types would forget, and the recount, which looks at the file itself, does not.
#[test]
fn members_given_twice_left_out_or_empty() {
    let run = engine::run(&problem(0)).expect("a run");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("run.json");
    write_run(&run, &path).expect("the run is written");
    let text = fs::read_to_string(&path).expect("the run is read");
    let edits = [
        ("\"rules\":{", "\"rules\":{\"ticket\":\"off\","),
        ("\"proof\":", "\"witness\":null,\"proof\":"),
        ("\"stages\":", "\"infeasible\":null,\"stages\":"),
        ("\"unit_value\":null,", ""),
        ("\"gap_permille\":0.0", "\"gap_permille\":0.0004"),
    ];
    let mut recounter = Recounter::start();
    for (from, to) in edits {
        let edited = text.replacen(from, to, 1);
        assert_ne!(edited, text, "{from} stands in the run");
        fs::write(&path, &edited).expect("the run is changed");
        assert!(!is_accepted(&path, &run), "{to}");
        assert!(!recounter.judge_text(&edited).is_accepted(), "{to}");
    }
    fs::write(&path, text.replace(",\"", " ,\n \"")).expect("the run is spaced");
    assert!(is_accepted(&path, &run), "white space is no content");
}

#[test]
fn bytes_of_a_real_run() {
    flip(&run_of(&read("pacific-security-2023"), 5), 2_000, &mut Random::of(2));
}
