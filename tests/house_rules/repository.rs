//! The files of the repository, as git knows them: committed ones and new ones that are not ignored.

use std::fs;
use std::path::Path;
use std::process::Command;

/// A file of the repository.
pub(crate) struct File {
    /// Path from the root, with `/` between its parts.
    pub(crate) path: String,
    /// Content, or nothing where it is no UTF-8 text.
    pub(crate) text: Option<String>,
}

impl File {
    /// Rust written for tests alone: a test package, a `tests` folder or a `tests.rs` beside what it tests.
    pub(crate) fn is_rust_test(&self) -> bool {
        self.is_rust()
            && (self.path.starts_with("tests/") || self.path.contains("/tests/") || self.path.ends_with("tests.rs"))
    }

    /// Rust source of any kind.
    pub(crate) fn is_rust(&self) -> bool {
        Path::new(&self.path).extension().is_some_and(|extension| extension == "rs")
    }
}

/// The root of the workspace.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("this package stands in a folder of the workspace")
}

/// Every file there is.
pub(crate) fn files() -> Vec<File> {
    let arguments = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"];
    let output = Command::new("git").current_dir(root()).args(arguments).output().expect("git runs");
    assert!(output.status.success(), "git ls-files: {}", String::from_utf8_lossy(&output.stderr));
    let list = String::from_utf8(output.stdout).expect("paths are UTF-8");
    let files: Vec<_> = list
        .split_terminator('\0')
        // A file that was deleted and not yet committed is still listed.
        .filter_map(|path| fs::read(root().join(path)).ok().map(|bytes| (path.to_owned(), bytes)))
        .map(|(path, bytes)| File { path, text: String::from_utf8(bytes).ok() })
        .collect();
    assert!(files.iter().any(|file| file.path == "Cargo.toml"), "git lists no files: rules would pass unseen");
    files
}

/// Fails with every breach, one a line.
pub(crate) fn expect_none(rule: &str, breaches: &[String]) {
    assert!(breaches.is_empty(), "{rule}\n  {}", breaches.join("\n  "));
}
