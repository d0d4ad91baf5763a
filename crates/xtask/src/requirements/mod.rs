//! Programs and libraries that the build, the tests and the checks need beside the Rust toolchain.
//!
//! What is missing is installed where that is allowed — Debian packages as root or with a sudo that asks for nothing,
//! Cargo tools always — and otherwise named with the exact line that installs it. Nothing is skipped.
//!
//! To add one, put a row into the list that needs it.

mod install;
mod search;

use std::path::Path;

use anyhow::Result;

use search::{Search, found};

/// Something that must be on the machine, with the Debian package that brings it.
pub(crate) struct Requirement {
    name: &'static str,
    search: Search,
    package: &'static str,
    why: &'static str,
}

/// A Cargo subcommand, with the crate that brings it.
pub(crate) struct CargoTool {
    pub(crate) name: &'static str,
    pub(crate) why: &'static str,
}

const BUILD: [Requirement; 3] = [
    Requirement {
        name: "cmake",
        search: Search::Program(&["cmake"]),
        package: "cmake",
        why: "configures the solver's C++ build",
    },
    Requirement {
        name: "a C++ compiler",
        search: Search::Program(&["c++", "g++", "clang++"]),
        package: "g++",
        why: "compiles the solver",
    },
    Requirement {
        name: "libclang",
        search: Search::Libclang,
        package: "libclang-dev",
        why: "reads the solver's headers",
    },
];

const TEST: [Requirement; 6] = [
    Requirement {
        name: "PostgreSQL server",
        search: Search::PostgresServer,
        package: "postgresql",
        why: "the persistence tests run on both databases",
    },
    Requirement {
        name: "chromium",
        search: Search::Program(&["chromium"]),
        package: "chromium",
        why: "the pages are tested in a browser",
    },
    Requirement { name: "node", search: Search::Program(&["node"]), package: "nodejs", why: "drives the browser" },
    Requirement {
        name: "npm",
        search: Search::Program(&["npm"]),
        package: "npm",
        why: "fetches the browser driver and the provider that sign-ins are tested with",
    },
    Requirement {
        name: "python3",
        search: Search::Program(&["python3"]),
        package: "python3",
        why: "recounts plans a second time, apart from the Rust code",
    },
    Requirement {
        name: "git",
        search: Search::Program(&["git"]),
        package: "git",
        why: "the house rules read the list of committed files",
    },
];

const TEST_TOOLS: [CargoTool; 1] = [CargoTool { name: "cargo-nextest", why: "runs the tests" }];

const CHECK_TOOLS: [CargoTool; 2] = [
    CargoTool { name: "cargo-deny", why: "checks licences, sources and bans of dependencies" },
    CargoTool { name: "cargo-machete", why: "finds dependencies that nothing uses" },
];

/// What every build needs.
pub(crate) fn ensure_build(root: &Path) -> Result<()> {
    install::ensure_packages(root, BUILD.iter())
}

/// What the tests need: the build and more.
pub(crate) fn ensure_test(root: &Path) -> Result<()> {
    install::ensure_packages(root, BUILD.iter().chain(&TEST))?;
    install::ensure_tools(root, &TEST_TOOLS)
}

/// What the recount of random cases needs: the build and Python.
pub(crate) fn ensure_recount(root: &Path) -> Result<()> {
    install::ensure_packages(root, BUILD.iter().chain(TEST.iter().filter(|needed| needed.name == "python3")))
}

/// What the checks need: the build, for clippy, and the checkers.
pub(crate) fn ensure_check(root: &Path) -> Result<()> {
    install::ensure_packages(root, BUILD.iter())?;
    install::ensure_tools(root, &CHECK_TOOLS)
}
