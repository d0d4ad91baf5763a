//! Folders and calls shared by the tests.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A committed scenario.
pub(crate) fn committed(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios").join(name)
}

/// Calls the program.
pub(crate) fn needmatch(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_needmatch")).args(arguments).output().expect("the program starts")
}

/// What it printed, once it ended with the code expected.
pub(crate) fn printed(arguments: &[&str], code: i32) -> String {
    let output = needmatch(arguments);
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{out}\n{err}");
    out.into_owned()
}

/// What it said on standard error, once it ended with the code expected.
pub(crate) fn refused(arguments: &[&str], code: i32) -> String {
    let output = needmatch(arguments);
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{err}");
    err.into_owned()
}

/// The JSON object it printed.
pub(crate) fn json(arguments: &[&str]) -> serde_json::Value {
    serde_json::from_str(&printed(arguments, 0)).expect("one JSON object")
}

/// Copies a folder, one level deep.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

/// A text path.
pub(crate) fn text(path: &Path) -> &str {
    path.to_str().expect("the path is text")
}

/// Matches a folder; the run file.
pub(crate) fn matched(folder: &Path, scratch: &Path, name: &str) -> PathBuf {
    let run = scratch.join(name);
    printed(&["match", text(folder), "--out", text(&run)], 0);
    run
}
