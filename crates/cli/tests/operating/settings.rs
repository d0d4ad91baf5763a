//! Settings are checked before anything starts.

use std::fs;

use crate::program::call;

#[test]
fn good_settings_are_printed_as_a_file_that_reads_back() {
    let directory = tempfile::tempdir().unwrap();
    let url = "postgres://needmatch:geheim@db/needmatch";
    let printed = call(url, &["serve", "--listen", "127.0.0.1:9999", "--check-config"]).expect(0).out;
    assert!(printed.contains("listen = \"127.0.0.1:9999\"") && !printed.contains("geheim"), "{printed}");
    let file = directory.path().join("needmatch.toml");
    fs::write(&file, &printed).unwrap();
    let again = call(url, &["worker", "--config", file.to_str().unwrap(), "--check-config"]).expect(0).out;
    assert_eq!(again, printed);
}

#[test]
fn wrong_settings_are_told_all_at_once_and_nothing_starts() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("needmatch.toml");
    fs::write(&file, "[server]\nlisten_on = \"x\"\nconcurrency = 0\n\n[log]\nformat = \"xml\"\n").unwrap();
    let refused = call("sqlite://unused.db", &["serve", "--config", file.to_str().unwrap()]).expect(2).told;
    for expected in
        ["server.listen_on; did you mean server.listen?", "server.concurrency is 0", "log.format is \"xml\""]
    {
        assert!(refused.contains(expected), "{expected}: {refused}");
    }
    let missing = directory.path().join("missing.toml");
    call("sqlite://unused.db", &["worker", "--config", missing.to_str().unwrap()]).expect(2);
}
