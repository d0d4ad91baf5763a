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

#[test]
fn the_page_of_mail_is_refused_where_others_could_see_it() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("needmatch.toml");
    let smtp = "smtp = \"smtp://mail.example.org\"\nfrom = \"a@example.org\"\nsite = \"https://example.org\"\n";
    let text =
        format!("[server]\nlisten = \"0.0.0.0:8080\"\nproxies = 1\nworker = false\n\n[mail]\npage = true\n{smtp}");
    fs::write(&file, text).unwrap();
    let refused = call("sqlite://unused.db", &["serve", "--config", file.to_str().unwrap()]).expect(2).told;
    for expected in ["mail.smtp names no server", "server.listen is an address", "server.proxies is 0", "server.worker"]
    {
        assert!(refused.contains(expected), "{expected}: {refused}");
    }
    fs::write(&file, "[mail]\npage = true\n").unwrap();
    call("sqlite://unused.db", &["serve", "--config", file.to_str().unwrap(), "--check-config"]).expect(0);
}
