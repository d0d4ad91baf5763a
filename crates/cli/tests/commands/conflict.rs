use crate::folder::{committed, copy, json, printed, text};

#[test]
fn locks_that_cannot_hold_together_are_named_and_taking_one_back_leaves_a_plan() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("first-steps");
    copy(&committed("first-steps"), &folder);
    let lock = |rows: &str| {
        std::fs::write(folder.join("locks.csv"), format!("component,offer,period,quantity,kind\n{rows}")).unwrap();
    };
    let periods = printed(&["freeze", text(&folder), "--out", text(&scratch.path().join("problem.json"))], 0);
    assert!(!periods.is_empty());
    let problem: serde_json::Value =
        serde_json::from_slice(&std::fs::read(scratch.path().join("problem.json")).unwrap()).unwrap();
    let period = problem["periods"][0].as_str().unwrap();
    let works = format!("armoury-works,northland-fund,{period},1,lock\n");
    let software = format!("register-software,northland-fund,{period},1,lock\n");
    lock(&format!("{works}{software}"));

    let run = scratch.path().join("run.json");
    let said = printed(&["match", text(&folder), "--out", text(&run)], 1);
    assert!(said.contains("these cannot hold together"), "{said}");
    assert!(said.contains("armoury-works") && said.contains("register-software"), "{said}");
    printed(&["verify", text(&run)], 0);
    let report = json(&["explain", text(&run), "--format", "json"]);
    assert!(report["conflict"].as_array().is_some_and(|conflict| conflict.len() >= 2), "{report}");

    for kept in [works, software] {
        lock(&kept);
        printed(&["match", text(&folder)], 0);
    }
}
