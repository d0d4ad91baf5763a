use needmatch_domain::reason::Change;
use serde_json::Value;

use crate::edit::apply;
use crate::folder::{committed, copy, json, matched, printed, refused, text};

/// Matches a copy of the first scenario.
fn first_steps() -> (tempfile::TempDir, std::path::PathBuf, std::path::PathBuf) {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("first-steps");
    copy(&committed("first-steps"), &folder);
    let run = matched(&folder, scratch.path(), "run.json");
    (scratch, folder, run)
}

fn component<'v>(report: &'v Value, id: &str) -> &'v Value {
    let requests = report["requests"].as_array().unwrap();
    let components = requests.iter().flat_map(|request| request["components"].as_array().unwrap());
    components.into_iter().find(|component| component["id"] == id).unwrap()
}

#[test]
fn a_change_found_for_a_request_serves_it_when_made_in_the_folder() {
    let (scratch, folder, run) = first_steps();
    let arguments = ["explain", text(&run), "--request", "armoury", "--folder", text(&folder), "--format", "json"];
    let report = json(&arguments);
    let works = component(&report, "armoury-works");
    assert_eq!((&works["received"], &works["asked"]), (&0.into(), &1.into()));
    let changes: Vec<Change> = serde_json::from_value(works["unlock"]["changes"].clone()).unwrap();
    assert!(!changes.is_empty());

    apply(&[&folder], &changes);
    let again = matched(&folder, scratch.path(), "again.json");
    let report = json(&["explain", text(&again), "--unlock", "none", "--format", "json"]);
    assert_eq!(component(&report, "armoury-works")["received"], 1);
}

#[test]
fn the_text_reads_without_the_codes() {
    let (_scratch, folder, run) = first_steps();
    let whole = printed(&["explain", text(&run), "--folder", text(&folder), "--unlock", "all"], 0);
    for expected in [
        "Goals, in order",
        "Western Africa",
        "Rules that bind",
        "armoury-works",
        "What would serve it",
        "1 components with nothing: 1 have",
    ] {
        assert!(whole.contains(expected), "{expected:?} is not in\n{whole}");
    }
    let request = printed(&["explain", text(&run), "--request", "register"], 0);
    assert!(request.contains("score") && request.contains("× worth"), "{request}");
    let offer = printed(&["explain", text(&run), "--offer", "northland-fund", "--exact"], 0);
    assert!(offer.contains("(exact)"), "{offer}");
}

#[test]
fn a_run_without_its_folder_gets_changes_of_the_problem() {
    let (_scratch, _folder, run) = first_steps();
    let report = json(&["explain", text(&run), "--request", "armoury", "--format", "json"]);
    let changes = component(&report, "armoury-works")["unlock"]["changes"].as_array().unwrap();
    assert!(changes.iter().all(|change| change["file"] == "problem.json"), "{changes:?}");
}

#[test]
fn changes_of_a_match_are_kept_in_the_run_file() {
    let (scratch, folder, _run) = first_steps();
    let run = scratch.path().join("explained.json");
    let out = printed(&["match", text(&folder), "--out", text(&run), "--explain", "5"], 0);
    assert!(out.contains("unlocked by"), "{out}");
    printed(&["verify", text(&run)], 0);
    let report = json(&["explain", text(&run), "--format", "json"]);
    assert!(component(&report, "armoury-works")["unlock"]["quantity"] == 1, "{report}");
}

#[test]
fn what_cannot_be_explained_is_refused_with_what_to_do() {
    let (_scratch, folder, run) = first_steps();
    let said = refused(&["explain", text(&run), "--request", "armory"], 1);
    assert!(said.contains("armory") && said.contains("armoury"), "{said}");
    let said = refused(&["explain", text(&run), "--offer", "nobody"], 1);
    assert!(said.contains("northland-fund"), "{said}");
    refused(&["explain", "nowhere.json"], 2);
    std::fs::write(folder.join("offers.csv"), "id,provider,form,unit,quantity\nO1,Norway,money,currency,5\n").unwrap();
    let said = refused(&["explain", text(&run), "--folder", text(&folder), "--unlock", "all"], 1);
    assert!(said.contains("not made from this folder"), "{said}");
}
