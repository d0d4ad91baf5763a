//! What no committed text may hold, whatever its language: places of one machine, hosts that packages came from.

use crate::repository::{expect_none, files};

/// Roots of directories that are one person's or one machine's.
const PRIVATE_ROOTS: [&str; 4] = ["home", "root", "work", "Users"];

/// Hosts of package registries. A lock file names the registry by its index alone, so that a mirror serves as well.
const REGISTRY_HOSTS: [[&str; 2]; 7] = [
    ["registry.npmjs", ".org"],
    ["index.crates", ".io"],
    ["static.crates", ".io"],
    ["pypi", ".org"],
    ["files.pythonhosted", ".org"],
    ["proxy.golang", ".org"],
    ["deb.debian", ".org"],
];

fn lines_that(breaks: impl Fn(&str) -> bool) -> Vec<String> {
    let mut breaches = Vec::new();
    for file in files() {
        let lines = file.text.as_deref().unwrap_or_default().lines().enumerate();
        let broken = lines.filter(|(_, line)| breaks(line));
        breaches.extend(broken.map(|(number, line)| {
            let shown: String = line.trim().chars().take(100).collect();
            format!("{}:{}: {shown}", file.path, number + 1)
        }));
    }
    breaches
}

#[test]
fn no_path_of_one_machine() {
    expect_none("write paths from the root of the workspace", &lines_that(holds_private_path));
}

/// Whether the line holds `/`, a private root and another `/`, not inside a longer path or an address.
fn holds_private_path(line: &str) -> bool {
    PRIVATE_ROOTS.iter().any(|name| {
        let private = format!("/{name}/");
        line.match_indices(&private).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            !before.is_some_and(|letter| letter.is_alphanumeric() || "_.-~*}/".contains(letter))
        })
    })
}

#[test]
fn private_paths_are_told_from_others() {
    for name in PRIVATE_ROOTS {
        for private in [format!("cd /{name}/x"), format!("path = \"/{name}/a/b\""), format!("/{name}/.cargo")] {
            assert!(holds_private_path(&private), "{private}");
        }
    }
    for fine in ["crates/work/src", "https://example.org/home/page", "/worker/runs", "./home/x", "${BASE}/root/x"] {
        assert!(!holds_private_path(fine), "{fine}");
    }
}

#[test]
fn no_registry_host() {
    let hosts = REGISTRY_HOSTS.map(|parts| parts.concat());
    let breaches = lines_that(|line| hosts.iter().any(|host| line.contains(host.as_str())));
    expect_none("name packages, not the hosts they came from (npm: omit-lockfile-registry-resolved)", &breaches);
}

#[test]
fn every_locked_crate_comes_from_the_public_index() {
    let lock =
        files().into_iter().find(|file| file.path == "Cargo.lock").and_then(|file| file.text).expect("Cargo.lock");
    let public = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
    let others: Vec<_> =
        lock.lines().filter(|line| line.starts_with("source = ") && *line != public).map(str::to_owned).collect();
    expect_none("crates from elsewhere", &others);
}
