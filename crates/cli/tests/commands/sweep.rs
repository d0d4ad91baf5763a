use crate::folder::{committed, json, printed, refused, text};

#[test]
fn the_committed_example_gives_one_table_with_the_best_marked() {
    let folder = committed("first-steps");
    let vary = folder.join("vary.toml");
    let report = json(&["sweep", text(&folder), "--vary", text(&vary), "--format", "json"]);
    let runs = report["runs"].as_array().unwrap();
    let names: Vec<_> = runs.iter().map(|run| run["name"].as_str().unwrap()).collect();
    assert_eq!(names[0], "unchanged");
    assert!(names.contains(&"without the fund"), "{names:?}");
    assert!(runs.iter().all(|run| run["status"] == "optimal"), "{report}");
    // Measured by the scenario's own goals, nothing beats the scenario's own optimum.
    assert_eq!(runs[0]["non_dominated"], true);
    let without = runs.iter().find(|run| run["name"] == "without the fund").unwrap();
    assert_eq!(without["non_dominated"], false);
    let words = printed(&["sweep", text(&folder), "--vary", text(&vary)], 0);
    assert!(words.contains("│ *") || words.contains("* "), "{words}");
}

#[test]
fn a_setting_that_does_not_exist_is_refused_by_its_name() {
    let scratch = tempfile::tempdir().unwrap();
    let vary = scratch.path().join("vary.toml");
    std::fs::write(&vary, "[[vary]]\nkey = \"rules.sustainabilty.threshold\"\nvalues = [1]\n").unwrap();
    let said = refused(&["sweep", text(&committed("first-steps")), "--vary", text(&vary)], 1);
    assert!(said.contains("sustainability"), "{said}");
}
