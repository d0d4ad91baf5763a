use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::folder::{committed, copy, json, matched, printed, refused, text};

fn run_file(path: &std::path::Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

#[test]
fn a_changed_weight_is_answered_from_the_earlier_run_and_proved_anew() {
    let scratch = tempfile::tempdir().unwrap();
    let earlier = matched(&committed("first-steps"), scratch.path(), "earlier.json");
    let folder = scratch.path().join("changed");
    copy(&committed("first-steps"), &folder);
    let settings = fs::read_to_string(folder.join("scenario.toml")).unwrap();
    fs::write(folder.join("scenario.toml"), format!("{settings}\n[weights]\npriority = [32, 8, 4, 2, 1]\n")).unwrap();

    let run = scratch.path().join("run.json");
    let summary = json(&["match", text(&folder), "--start", text(&earlier), "--out", text(&run), "--format", "json"]);
    assert!(summary["goals"][0]["best"].as_i64() > run_file(&earlier)["outcome"]["goals"][0]["best"].as_i64());
    assert_eq!(run_file(&run)["begun_from"], run_file(&earlier)["digest"]);
    assert!(printed(&["verify", text(&run)], 0).starts_with("accepted"));
}

#[test]
fn the_same_scenario_is_answered_with_the_same_figures() {
    let scratch = tempfile::tempdir().unwrap();
    let earlier = matched(&committed("pacific-security-2023"), scratch.path(), "earlier.json");
    let run = scratch.path().join("run.json");
    printed(&["match", text(&committed("pacific-security-2023")), "--start", text(&earlier), "--out", text(&run)], 0);
    assert_eq!(run_file(&run)["outcome"]["goals"], run_file(&earlier)["outcome"]["goals"]);
}

#[test]
fn only_a_whole_run_file_is_a_start() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = committed("first-steps");
    let earlier = matched(&folder, scratch.path(), "earlier.json");
    let edited = scratch.path().join("edited.json");
    fs::write(&edited, fs::read_to_string(&earlier).unwrap().replacen("\"quantity\":", "\"quantity\":1", 1)).unwrap();
    let said = refused(&["match", text(&folder), "--start", text(&edited)], 1);
    assert!(said.contains("edited.json"), "{said}");
    let said = refused(&["match", text(&folder), "--start", text(&folder.join("offers.csv"))], 2);
    assert!(said.contains("offers.csv"), "{said}");
}

/// As in `needmatch verify run.json | head -1`.
#[test]
fn a_reader_who_goes_away_is_no_failure() {
    let scratch = tempfile::tempdir().unwrap();
    let run = matched(&committed("first-steps"), scratch.path(), "run.json");
    let mut reading = Command::new(env!("CARGO_BIN_EXE_needmatch"))
        .args(["explain", text(&run)])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(reading.stdout.take());
    let mut said = String::new();
    reading.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(reading.wait().unwrap().code(), Some(0), "{said}");
    assert!(!said.contains("panicked"), "{said}");
}
