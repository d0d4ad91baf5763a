//! One server's files: a directory with the data, the socket and the log.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::programs::{as_server_user, directory, is_root, run};
use crate::server::Durability;

/// A server's directory, of the user that the server runs as, closed to others.
#[derive(Debug, Clone)]
pub(crate) struct Cluster {
    /// Holds `data`, `log` and the socket. Short: the path of a socket has at most 107 bytes.
    pub(crate) directory: PathBuf,
    programs: PathBuf,
}

impl Cluster {
    /// The cluster that stands, or would stand, in `directory`.
    pub(crate) fn at(directory: PathBuf) -> Result<Self> {
        Ok(Self { directory, programs: self::directory()? })
    }

    /// Makes it anew, over whatever stood there.
    pub(crate) fn create(&self) -> Result<()> {
        if self.directory.exists() {
            fs::remove_dir_all(&self.directory).with_context(|| format!("removing {}", self.directory.display()))?;
        }
        let mut install = Command::new("install");
        install.args(["--directory", "--mode=0700"]);
        if is_root() {
            install.args(["--owner=postgres", "--group=postgres"]);
        }
        run(install.arg(&self.directory))?;
        let mut initdb = as_server_user(self.programs.join("initdb"));
        initdb.args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]);
        run(initdb.arg("--pgdata").arg(self.data()))
    }

    /// Starts the server and waits until it answers.
    pub(crate) fn start(&self, durability: Durability) -> Result<()> {
        let flush = match durability {
            Durability::None => "-c fsync=off -c synchronous_commit=off -c full_page_writes=off",
            Durability::Full => "-c fsync=on -c synchronous_commit=on",
        };
        // The path is ours and free of quotes and blanks: see `directory_for`.
        let socket = self.directory.display();
        let options =
            format!("-c listen_addresses= -c unix_socket_directories={socket} -c max_connections=300 {flush}");
        let mut command = self.pg_ctl("start");
        command.arg("--wait").arg("--options").arg(options).arg("--log").arg(self.directory.join("log"));
        // The server would keep a pipe open, and whoever reads it waiting.
        let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
        if !status.success() {
            let log = fs::read_to_string(self.directory.join("log")).unwrap_or_default();
            anyhow::bail!("PostgreSQL did not start ({status}). Its log:\n{log}");
        }
        Ok(())
    }

    /// Stops the server: `fast` ends its sessions in order, `immediate` leaves it to recover at the next start.
    pub(crate) fn stop(&self, mode: &str) -> Result<()> {
        run(self.pg_ctl("stop").arg("--wait").arg("--mode").arg(mode))
    }

    /// Whether the server runs.
    pub(crate) fn is_running(&self) -> bool {
        self.data().exists() && run(&mut self.pg_ctl("status")).is_ok()
    }

    /// Process of the server, as its own file says.
    pub(crate) fn process(&self) -> Result<i32> {
        let file = self.data().join("postmaster.pid");
        let text = fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
        let first = text.lines().next().unwrap_or_default();
        first.trim().parse().with_context(|| format!("{}: no process number", file.display()))
    }

    /// A command of `pg_ctl` for this cluster.
    fn pg_ctl(&self, action: &str) -> Command {
        let mut command = as_server_user(self.programs.join("pg_ctl"));
        command.arg(action).arg("--pgdata").arg(self.data());
        command
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.directory.join("data")
    }

    pub(crate) fn pg_ctl_path(&self) -> PathBuf {
        self.programs.join("pg_ctl")
    }

    /// Address of a database, for clients that take one.
    pub(crate) fn url(&self, database: &str) -> String {
        let socket = self.directory.display().to_string().replace('/', "%2F");
        format!("postgres://postgres@localhost/{database}?host={socket}")
    }
}

/// A directory below the system's one for short-lived files, which the server's user can enter. The workspace may stand
/// where it cannot.
pub(crate) fn directory_for(name: &str) -> Result<PathBuf> {
    let user = rustix::process::geteuid().as_raw();
    let path = std::env::temp_dir().join(format!("needmatch-{user}-{name}"));
    let text = path.to_str().context("the directory for short-lived files has a name that is not UTF-8")?;
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "/._-".contains(letter);
    anyhow::ensure!(text.chars().all(plain) && text.len() <= 80, "TMPDIR must be a short, plain path: {text}");
    claim(&path)?;
    Ok(path)
}

/// Makes the directory, or makes sure that it is this user's: another could have put one there before us.
fn claim(path: &Path) -> Result<()> {
    use std::os::unix::fs::{DirBuilderExt, MetadataExt};
    match fs::DirBuilder::new().mode(0o711).create(path) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            let metadata = fs::symlink_metadata(path)?;
            let ours = metadata.is_dir() && metadata.uid() == rustix::process::geteuid().as_raw();
            anyhow::ensure!(ours, "{} belongs to somebody else: remove it", path.display());
            Ok(())
        }
        made => made.with_context(|| format!("making {}", path.display())),
    }
}
