//! The log cannot be rewritten unseen, nor the ledger. An insider with the database is played by a backup that is
//! rewritten with a checksum of its own, and restored.

use std::fmt::Write as _;
use std::fs;

use needmatch_domain::canonical;
use serde_json::Value;

use crate::program::{Called, Made, call, sqlite, text};

/// A register and its backup, to be rewritten.
struct Insider {
    made: Made,
    lines: Vec<String>,
}

impl Insider {
    async fn new() -> Self {
        let made = Made::new().await;
        Self::of(made)
    }

    fn of(made: Made) -> Self {
        let backup = made.path("backup");
        // One may stand there from an earlier telling; a backup never takes the place of another by itself.
        let _ = fs::remove_file(&backup);
        made.call(&["backup", "--out", &text(&backup)]).expect(0);
        let content = fs::read_to_string(&backup).unwrap();
        Self { made, lines: content.lines().map(ToOwned::to_owned).collect() }
    }

    /// Places of the rows of a table in the file.
    fn rows(&self, table: &str) -> Vec<usize> {
        let begins = |line: &String| line.starts_with(&format!("{{\"table\":\"{table}\""));
        let first = self.lines.iter().position(begins).expect("a table") + 1;
        (first..self.lines.len()).take_while(|place| self.lines[*place].starts_with('[')).collect()
    }

    fn column(&self, table: &str, column: &str) -> usize {
        let heading = &self.lines[self.rows(table)[0] - 1];
        let heading: Value = serde_json::from_str(heading).unwrap();
        heading["columns"].as_array().unwrap().iter().position(|name| name == column).expect("a column")
    }

    fn value(&self, place: usize, column: usize) -> Option<String> {
        let row: Vec<Option<String>> = serde_json::from_str(&self.lines[place]).unwrap();
        row[column].clone()
    }

    fn write(&mut self, place: usize, column: usize, value: &str) {
        let mut row: Vec<Option<String>> = serde_json::from_str(&self.lines[place]).unwrap();
        row[column] = Some(value.to_owned());
        self.lines[place] = serde_json::to_string(&row).unwrap();
    }

    /// Restores what was rewritten; answers the address of the register.
    fn restore(&self, name: &str) -> (String, Called) {
        let body = &self.lines[..self.lines.len() - 1];
        let mut content = body.join("\n");
        content.push('\n');
        let rows = body.iter().filter(|line| line.starts_with('[')).count();
        let sha256 = canonical::sha256(content.as_bytes());
        writeln!(content, "{{\"rows\":{rows},\"sha256\":\"{sha256}\"}}").expect("writing to a text");
        let file = self.made.path(&format!("{name}.backup"));
        fs::write(&file, content).unwrap();
        let url = sqlite(&self.made.path(&format!("{name}.db")));
        let called = call(&url, &["restore", "--from", &text(&file)]);
        (url, called)
    }
}

#[tokio::test]
async fn an_edited_and_a_missing_row_of_the_log_are_found() {
    let mut insider = Insider::new().await;
    let (row, reason) = (insider.rows("audit_rows")[2], insider.column("audit_rows", "reason"));
    insider.write(row, reason, "nothing to see");
    let (url, called) = insider.restore("edited");
    assert!(called.expect(1).told.contains("does not add up"));
    let found = call(&url, &["audit", "verify"]).expect(1).out;
    assert!(found.contains("\"edited\""), "{found}");

    let mut insider = Insider::of(insider.made);
    let chain = insider.column("audit_rows", "chain");
    let rows = insider.rows("audit_rows");
    let of = |place: &usize| insider.value(*place, chain);
    let followed = rows.iter().zip(&rows[1..]).find(|(row, next)| of(row) == of(next)).expect("a longer chain").0;
    let followed = *followed;
    insider.lines.remove(followed);
    let (url, called) = insider.restore("missing");
    called.expect(1);
    let found = call(&url, &["audit", "verify"]).expect(1).out;
    assert!(found.contains("\"unlinked\""), "{found}");
}

#[tokio::test]
async fn a_chain_cut_with_its_head_is_found_by_a_checkpoint_that_was_kept() {
    let made = Made::new().await;
    let key = made.path("audit.key");
    let public_key = made.call(&["audit", "key", "--out", &text(&key)]).expect(0).out;
    made.call(&["audit", "key", "--out", &text(&key)]).expect(2);
    let kept = made.path("kept");
    fs::write(&kept, made.call(&["audit", "checkpoint", "--key", &text(&key)]).expect(0).out).unwrap();
    let key = ["--public-key", public_key.trim()];
    made.call(&["audit", "verify", "--kept", &text(&kept), key[0], key[1]]).expect(0);
    let wrong = "0".repeat(64);
    let found = made.call(&["audit", "verify", key[0], &wrong]).expect(1).out;
    assert!(found.contains("is not signed as it should be"), "{found}");

    // The insider takes the last row of a chain, mends its head, and takes the checkpoint that tells of it.
    let mut insider = Insider::of(made);
    let (chain, number) = (insider.column("audit_rows", "chain"), insider.column("audit_rows", "number"));
    let (hash, head_hash) = (insider.column("audit_rows", "hash"), insider.column("audit_heads", "hash"));
    let head_number = insider.column("audit_heads", "number");
    let rows = insider.rows("audit_rows");
    let same = |left: usize, right: usize| insider.value(left, chain) == insider.value(right, chain);
    let at = (1..rows.len())
        .find(|at| same(rows[*at - 1], rows[*at]) && (*at + 1 == rows.len() || !same(rows[*at], rows[*at + 1])))
        .expect("a chain of more than one row");
    let (before, last) = (rows[at - 1], rows[at]);
    let of = insider.value(last, chain);
    let heads = insider.rows("audit_heads");
    let head = *heads.iter().find(|head| insider.value(**head, 0) == of).expect("a head");
    let (earlier, rest) = (insider.value(before, number).unwrap(), insider.value(before, hash).unwrap());
    insider.write(head, head_number, &earlier);
    insider.write(head, head_hash, &rest);
    let checkpoint = insider.rows("audit_checkpoints")[0];
    let (first, second) = (last.max(checkpoint), last.min(checkpoint));
    insider.lines.remove(first);
    insider.lines.remove(second);
    let (url, called) = insider.restore("cut");
    called.expect(0);
    call(&url, &["audit", "verify"]).expect(0);
    let found = call(&url, &["audit", "verify", "--kept", &text(&kept)]).expect(1).out;
    assert!(found.contains("checkpoint_mismatch") && found.contains("no longer in the register"), "{found}");
}

#[tokio::test]
async fn a_running_total_that_is_not_the_sum_of_its_entries_is_found() {
    let mut insider = Insider::new().await;
    insider.made.call(&["audit"]).expect(0);
    let (row, committed) = (insider.rows("offers")[0], insider.column("offers", "committed"));
    insider.write(row, committed, "1");
    let (url, called) = insider.restore("totals");
    called.expect(1);
    let found = call(&url, &["audit"]).expect(1).out;
    assert!(found.contains("offer") && found.contains("1 stands, entries add up to 0"), "{found}");
}
