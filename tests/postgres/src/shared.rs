//! The one server of a test run, shared by the processes of its tests.

use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::OnceLock;

use anyhow::{Context, Result};

use crate::cluster::{Cluster, directory_for};
use crate::programs::{is_root, run};
use crate::server::Durability;

/// Waits for the last user, then stops the server and removes its files.
const GUARD: &str = include_str!("guard.sh");

/// How long the server outlives its last user, in seconds: long enough for the next test to start.
const GRACE_SECONDS: &str = "10";

struct Use {
    cluster: Cluster,
    /// Holds the shared lock for as long as this process lives.
    _users: File,
}

/// The shared server, started if nobody has.
pub(crate) fn cluster() -> Result<&'static Cluster> {
    static USE: OnceLock<Result<Use>> = OnceLock::new();
    match USE.get_or_init(join) {
        Ok(joined) => Ok(&joined.cluster),
        Err(error) => Err(anyhow::anyhow!("{error:#}")),
    }
}

fn join() -> Result<Use> {
    // One server for each checkout: two of them may be tested at the same time.
    let mut hasher = DefaultHasher::new();
    env!("CARGO_MANIFEST_DIR").hash(&mut hasher);
    let directory = directory_for(&format!("postgres-{:016x}", hasher.finish()))?;

    // Waits while the guard stops the server of those before us.
    let users = lock_file(&directory, "users")?;
    users.lock_shared().context("joining the users of the server")?;
    let starting = lock_file(&directory, "starting")?;
    starting.lock().context("waiting for another process that starts the server")?;
    let cluster = Cluster::at(directory.join("cluster"))?;
    if !cluster.is_running() {
        cluster.create()?;
        cluster.start(Durability::None)?;
        spawn_guard(&cluster, &directory)?;
    }
    Ok(Use { cluster, _users: users })
}

fn lock_file(directory: &Path, name: &str) -> Result<File> {
    let path = directory.join(name);
    File::options().create(true).append(true).open(&path).with_context(|| format!("opening {}", path.display()))
}

/// Starts the guard, detached: it outlives this process and its process group, which a test runner may kill.
fn spawn_guard(cluster: &Cluster, directory: &Path) -> Result<()> {
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", "setsid --fork sh -c \"$0\" guard \"$@\" </dev/null >/dev/null 2>&1", GUARD]);
    shell.arg(directory.join("users")).arg(&cluster.directory).arg(cluster.process()?.to_string());
    shell.arg(GRACE_SECONDS).arg(cluster.pg_ctl_path()).arg(if is_root() { "runuser --user postgres --" } else { "" });
    run(shell.current_dir("/"))
}
