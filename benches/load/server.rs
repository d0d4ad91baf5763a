//! The program as operators start it: a process of its own, with the settings as shipped but for the limits of one sender.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

/// How long the server may take to start.
const PATIENCE: Duration = Duration::from_secs(30);

/// A server with its own worker. It is killed when this is dropped.
pub(crate) struct Server {
    process: Child,
    pub(crate) address: String,
}

impl Server {
    pub(crate) fn start(url: &str, folder: &Path) -> Result<Self> {
        let log = folder.join("server.log");
        let mut process = Command::new(program()?)
            .args(["serve", "--listen", "127.0.0.1:0"])
            .env("DATABASE_URL", url)
            .env("NEEDMATCH_REQUESTS_PER_MINUTE", "1000000")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(File::create(&log)?)
            .spawn()
            .context("needmatch does not start")?;
        let deadline = Instant::now() + PATIENCE;
        loop {
            let text = fs::read_to_string(&log)?;
            let whole = text.rfind('\n').map_or("", |end| &text[..end]);
            if let Some(address) = whole.lines().find_map(|line| line.strip_prefix("needmatch listens on ")) {
                return Ok(Self { process, address: address.to_owned() });
            }
            ensure!(process.try_wait()?.is_none() && Instant::now() < deadline, "needmatch does not listen: {text}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Number of the process, for who wants to look at it from outside.
    pub(crate) fn process(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The program that was built beside this one.
fn program() -> Result<PathBuf> {
    let own = std::env::current_exe()?;
    let folder = own.parent().and_then(Path::parent).context("this program stands in no folder of builds")?;
    let program = folder.join("needmatch");
    ensure!(program.exists(), "{} is not there: run this as `cargo xtask bench load`", program.display());
    Ok(program)
}
