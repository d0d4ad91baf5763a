//! Where programs and libraries are looked for.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// How something is recognised.
pub(super) enum Search {
    /// Any of these programs on the search path.
    Program(&'static [&'static str]),
    /// `libclang.so*` or `libclang-*.so*`, where `LIBCLANG_PATH` points or where distributions put it.
    Libclang,
    /// `initdb` and `pg_ctl`, on the search path or where Debian keeps them off it.
    PostgresServer,
}

/// Whether it is on this machine.
pub(super) fn found(search: &Search) -> bool {
    match search {
        Search::Program(names) => names.iter().any(|name| program(name)),
        Search::Libclang => libclang_directories().iter().any(|directory| holds_libclang(directory)),
        Search::PostgresServer => {
            (program("initdb") && program("pg_ctl"))
                || postgres_directories().iter().any(|bin| bin.join("initdb").is_file() && bin.join("pg_ctl").is_file())
        }
    }
}

/// Whether a program of that name is on the search path.
pub(super) fn program(name: &str) -> bool {
    env::var_os("PATH").is_some_and(|path| env::split_paths(&path).any(|directory| directory.join(name).is_file()))
}

fn libclang_directories() -> Vec<PathBuf> {
    let mut directories: Vec<PathBuf> = env::var_os("LIBCLANG_PATH").map(PathBuf::from).into_iter().collect();
    directories.extend(children("/usr/lib").into_iter().flat_map(|child| [child.join("lib"), child]));
    directories.extend(["/usr/lib", "/usr/lib64", "/usr/local/lib"].map(PathBuf::from));
    directories
}

fn holds_libclang(place: &Path) -> bool {
    let is_library = |path: &Path| is_libclang(&path.file_name().unwrap_or_default().to_string_lossy());
    is_library(place) || children(place).iter().any(|path| is_library(path))
}

/// `libclang-cpp` is not meant: it is the C++ interface, which comes along with LLVM and lacks the C one that is called.
fn is_libclang(name: &str) -> bool {
    let versioned = name.starts_with("libclang-") && !name.starts_with("libclang-cpp");
    name.starts_with("libclang.so") || (versioned && name.contains(".so"))
}

fn postgres_directories() -> Vec<PathBuf> {
    children("/usr/lib/postgresql").into_iter().map(|version| version.join("bin")).collect()
}

fn children(directory: impl AsRef<Path>) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).collect()
}

#[cfg(test)]
mod tests {
    use super::is_libclang;

    #[test]
    fn the_c_library_alone_counts_as_libclang() {
        for name in ["libclang.so", "libclang.so.1", "libclang-14.so.1", "libclang-14.so.14.0.6"] {
            assert!(is_libclang(name), "{name}");
        }
        for name in ["libclang-cpp.so.14", "libclang-14.a", "libclangAST.a", "libLLVM-14.so"] {
            assert!(!is_libclang(name), "{name}");
        }
    }
}
