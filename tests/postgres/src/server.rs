//! A server of one test's own, to be stopped, killed and started again.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use rustix::process::{Pid, Signal, kill_process};

use crate::cluster::{Cluster, directory_for};

/// What the server does for what it has acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Nothing: fast, for tests that end with their data.
    None,
    /// Flushed to disk before it is acknowledged, as in service.
    Full,
}

/// A server of one test's own. It ends, and its files go, when this is dropped.
#[derive(Debug)]
pub struct Server {
    cluster: Cluster,
    durability: Durability,
    directory: PathBuf,
}

impl Server {
    /// Makes and starts a server. It takes about a second; where the data matter and the server does not, use
    /// [`crate::database`].
    pub fn start(durability: Durability) -> Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let directory = directory_for(&format!("postgres-own-{}-{number}", std::process::id()))?;
        let server = Self { cluster: Cluster::at(directory.join("cluster"))?, durability, directory };
        server.cluster.create()?;
        server.cluster.start(durability)?;
        Ok(server)
    }

    /// Address of a database on this server; `postgres` is always there.
    pub fn url(&self, database: &str) -> String {
        self.cluster.url(database)
    }

    /// Ends all sessions and the server, in order.
    pub fn stop(&self) -> Result<()> {
        self.cluster.stop("fast")
    }

    /// Ends the server as a crash would: no session is told, nothing is written down.
    pub fn kill(&self) -> Result<()> {
        let number = self.cluster.process()?;
        let process = Pid::from_raw(number).context("the server has no process")?;
        kill_process(process, Signal::KILL).context("killing the server")?;
        let deadline = Instant::now() + Duration::from_secs(10);
        while self.cluster.is_running() {
            ensure!(Instant::now() < deadline, "the killed server still runs");
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    /// Starts it again after [`Self::stop`] or [`Self::kill`]; recovers what was acknowledged.
    pub fn start_again(&self) -> Result<()> {
        // The children of a killed server notice its death one by one; none starts while they hold its memory.
        let deadline = Instant::now() + Duration::from_secs(10);
        loop {
            match self.cluster.start(self.durability) {
                Err(_) if Instant::now() < deadline => std::thread::sleep(Duration::from_millis(100)),
                started => return started,
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.cluster.is_running() {
            // A failure leaves a directory behind, which is no reason to fail a test that passed.
            let _ = self.cluster.stop("immediate");
        }
        let _ = fs::remove_dir_all(&self.directory);
    }
}
