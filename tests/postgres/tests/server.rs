//! What tests rely on: databases are apart, a server comes back with what it acknowledged, nothing is left running.

use std::process::Command;

use needmatch_test_postgres::{Durability, Server, database, database_on};

/// Runs one statement and returns what it answers, or nothing where it fails.
fn ask(url: &str, statement: &str) -> Option<String> {
    let arguments = ["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1"];
    let output = Command::new("psql").args(arguments).args(["--command", statement, url]).output().expect("psql runs");
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[test]
fn databases_are_fresh_apart_and_gone_afterwards() {
    let first = database().expect("a database");
    let second = database().expect("a database");
    assert_ne!(first.url, second.url);
    assert_eq!(ask(&first.url, "create table seen (number bigint)"), Some(String::new()));
    assert_eq!(ask(&first.url, "select count(*) from seen").as_deref(), Some("0"));
    assert_eq!(ask(&second.url, "select count(*) from seen"), None, "one database sees the other's table");
    assert_eq!(ask(&first.url, "show server_encoding").as_deref(), Some("UTF8"));
    let url = first.url.clone();
    drop(first);
    assert_eq!(ask(&url, "select 1"), None, "the database outlived its test");
    assert_eq!(ask(&second.url, "select 1").as_deref(), Some("1"));
}

#[test]
fn a_killed_server_comes_back_with_what_it_acknowledged() {
    let server = Server::start(Durability::Full).expect("a server");
    let database = database_on(&server).expect("a database");
    assert_eq!(ask(&database.url, "create table kept as select 7 as number"), Some(String::new()));
    server.kill().expect("it dies");
    assert_eq!(ask(&database.url, "select number from kept"), None);
    server.start_again().expect("it recovers");
    assert_eq!(ask(&database.url, "select number from kept").as_deref(), Some("7"));
    server.stop().expect("it stops");
    assert_eq!(ask(&database.url, "select 1"), None);
    server.start_again().expect("it starts");
    let url = server.url("postgres");
    drop((database, server));
    assert_eq!(ask(&url, "select 1"), None, "the server outlived its test");
}
