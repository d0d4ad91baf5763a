use crate::folder::{committed, copy, json, matched, printed, text};

#[test]
fn a_change_is_explained_by_the_setting_that_made_it() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("first-steps");
    copy(&committed("first-steps"), &folder);
    let before = matched(&folder, scratch.path(), "before.json");
    let offers = std::fs::read_to_string(folder.join("offers.csv")).unwrap();
    std::fs::write(folder.join("offers.csv"), offers.replace("currency,100000", "currency,200000")).unwrap();
    let after = matched(&folder, scratch.path(), "after.json");

    let report = json(&["compare", text(&before), text(&after), "--format", "json"]);
    let changed = report["matches"].as_array().unwrap();
    let works = changed.iter().find(|change| change["component"] == "armoury-works").unwrap();
    assert_eq!((&works["before"], &works["after"], &works["explained"]), (&0.into(), &1.into(), &"own".into()));
    let by = &report["differences"][usize::try_from(works["by"][0].as_u64().unwrap()).unwrap()];
    assert_eq!(
        (&by["table"], &by["id"], &by["field"]),
        (&"offers".into(), &"northland-fund".into(), &"quantity".into())
    );
    let said = printed(&["compare", text(&before), text(&after)], 0);
    assert!(said.contains("because of offers northland-fund quantity: 100000 -> 200000"), "{said}");

    let same = printed(&["compare", text(&before), text(&before)], 0);
    assert!(same.contains("the same problem; 0 differences") && same.contains("0 matches changed"), "{same}");
}
