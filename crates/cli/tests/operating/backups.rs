//! A backup holds everything, goes into either engine, and is refused when a byte of it is another.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::program::{Made, call, sqlite, text};

/// The rows of a backup, whatever their order: engines sort texts differently.
fn rows(path: &Path) -> Vec<String> {
    let content = fs::read_to_string(path).unwrap();
    let mut table = String::new();
    let mut rows = Vec::new();
    for line in content.lines() {
        if line.starts_with("{\"table\"") {
            line.clone_into(&mut table);
        } else if line.starts_with('[') {
            rows.push(format!("{table}{line}"));
        }
    }
    rows.sort();
    rows
}

#[tokio::test]
async fn a_backup_goes_through_both_engines_without_losing_anything() {
    let made = Made::new().await;
    let (first, second) = (made.path("first.backup"), made.path("second.backup"));
    let printed = made.call(&["backup", "--out", &text(&first)]).expect(0).out;
    assert!(printed.contains("SHA-256"), "{printed}");
    assert_eq!(fs::metadata(&first).unwrap().permissions().mode() & 0o777, 0o600, "it holds what is confidential");
    let postgres = tokio::task::spawn_blocking(needmatch_test_postgres::database).await.unwrap().unwrap();
    let restored = call(&postgres.url, &["restore", "--from", &text(&first)]).expect(0).out;
    assert!(restored.contains("ledger and log add up"), "{restored}");
    call(&postgres.url, &["backup", "--out", &text(&second)]).expect(0);
    let before = rows(&first);
    assert!(before.len() > 20, "{}", before.len());
    assert_eq!(before, rows(&second));
    let elsewhere = sqlite(&made.path("elsewhere.db"));
    call(&elsewhere, &["restore", "--from", &text(&second)]).expect(0);
    call(&elsewhere, &["audit", "verify"]).expect(0);
    let third = made.path("third.backup");
    call(&elsewhere, &["backup", "--out", &text(&third)]).expect(0);
    assert_eq!(before, rows(&third));
}

#[tokio::test]
async fn a_damaged_backup_restores_nothing() {
    let made = Made::new().await;
    let backup = made.path("good.backup");
    made.call(&["backup", "--out", &text(&backup)]).expect(0);
    let good = fs::read(&backup).unwrap();
    let target = sqlite(&made.path("target.db"));
    let refuse = |name: &str, bytes: &[u8]| {
        let path = made.path(name);
        fs::write(&path, bytes).unwrap();
        let refused = call(&target, &["restore", "--from", &text(&path)]).expect(1).told;
        assert!(refused.contains("of the backup"), "{name}: {refused}");
    };
    for place in (0..good.len()).step_by(good.len() / 12) {
        let mut changed = good.clone();
        changed[place] ^= 1;
        refuse("changed.backup", &changed);
    }
    refuse("cut.backup", &good[..good.len() / 2]);
    let last = good[..good.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap();
    refuse("without-end.backup", &good[..=last]);
    refuse("longer.backup", &[&good[..], b"[]\n"].concat());
    call(&target, &["restore", "--from", &text(&backup), "--check"]).expect(0);
    call(&target, &["restore", "--from", &text(&backup)]).expect(0);
    // What holds something already is not written over.
    let refused = call(&target, &["restore", "--from", &text(&backup)]).expect(1).told;
    assert!(refused.contains("not empty"), "{refused}");
    // Neither is a file.
    made.call(&["backup", "--out", &text(&backup)]).expect(2);
    assert_eq!(fs::read(&backup).unwrap(), good);
}
