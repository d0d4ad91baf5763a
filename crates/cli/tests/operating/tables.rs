//! Tables out of a register and in again, as an operator does it.

use std::fs;

use crate::program::{Made, text};

#[tokio::test]
async fn a_register_goes_out_as_tables_and_comes_in_unchanged() {
    let made = Made::new().await;
    let folder = made.path("tables");
    made.call(&["export", "--out", &text(&folder)]).expect(0);
    let offers = fs::read_to_string(folder.join("offers.csv")).unwrap();
    assert!(offers.starts_with("id,provider,") && offers.lines().count() == 3, "{offers}");
    let import = ["import", &text(&folder), "--kind", "coordinator", "--code", "UN"].map(ToOwned::to_owned);
    let import: Vec<&str> = import.iter().map(String::as_str).collect();
    let looked = made.call(&import).expect(0).out;
    assert!(looked.contains("0 new, 0 to change") && looked.contains("nothing was taken"), "{looked}");
    let taken = made.call(&[&import[..], &["--confirm"]].concat()).expect(0).out;
    assert!(taken.contains("taken: 0 new, 0 changed"), "{taken}");
    // What is wrong is told by row, and nothing is taken.
    let requests = fs::read_to_string(folder.join("requests.csv")).unwrap();
    fs::write(folder.join("requests.csv"), requests.replacen("marking", "markin", 1)).unwrap();
    let refused = made.call(&[&import[..], &["--confirm"]].concat()).expect(1);
    let refused = format!("{}{}", refused.out, refused.told);
    assert!(
        refused.contains("\"marking\" is none of an id of the table of requests") && !refused.contains("taken:"),
        "{refused}"
    );
    made.call(&["audit"]).expect(0);
    made.call(&["audit", "verify"]).expect(0);
}
