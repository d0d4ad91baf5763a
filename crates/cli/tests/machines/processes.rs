//! Servers and workers as processes of their own.

use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

/// Silence after which a run is another worker's.
pub(crate) const LEASE: Duration = Duration::from_secs(4);

/// How long a process may take to start or to stop.
const PATIENCE: Duration = Duration::from_secs(30);

/// How the solver of the workers behaves.
pub(crate) enum Solver {
    /// Solves, after so many milliseconds.
    Slow(u32),
    /// Tells of a step at once, and solves after so many milliseconds.
    Telling(u32),
    /// Kills the worker that started it.
    Murderous,
}

impl Solver {
    fn script(&self) -> String {
        let program = env!("CARGO_BIN_EXE_needmatch");
        let seconds = |milliseconds: &u32| format!("{}.{:03}", milliseconds / 1000, milliseconds % 1000);
        match self {
            Self::Slow(delay) => format!("#!/bin/sh\nsleep {}\nexec {program} solve\n", seconds(delay)),
            Self::Telling(delay) => {
                let step = r#"{"progress":{"phase":"solve","goal":null,"best":null,"bound":null,"gap_permille":null,"elapsed_ms":1}}"#;
                format!("#!/bin/sh\necho '{step}'\nsleep {}\nexec {program} solve\n", seconds(delay))
            }
            Self::Murderous => "#!/bin/sh\nkill -9 $PPID\n".to_owned(),
        }
    }
}

/// Where the servers listen; a server that comes back may listen elsewhere.
#[derive(Clone)]
pub(crate) struct Addresses(Arc<Mutex<Vec<String>>>);

impl Addresses {
    pub(crate) fn of(&self, server: usize) -> String {
        self.0.lock().expect("nobody panicked")[server].clone()
    }

    pub(crate) fn count(&self) -> usize {
        self.0.lock().expect("nobody panicked").len()
    }
}

/// The processes on one register.
pub(crate) struct Machines {
    directory: TempDir,
    url: String,
    servers: Vec<Child>,
    workers: Vec<Child>,
    addresses: Addresses,
    started: usize,
}

impl Machines {
    pub(crate) fn start(url: &str, solver: &Solver, servers: usize, workers: usize) -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let script = directory.path().join("solver.sh");
        fs::write(&script, solver.script()).expect("the solver's script");
        fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).expect("a script that can be run");
        let addresses = Addresses(Arc::new(Mutex::new(vec![String::new(); servers])));
        let url = url.to_owned();
        let mut machines = Self { directory, url, servers: Vec::new(), workers: Vec::new(), addresses, started: 0 };
        for server in 0..servers {
            let child = machines.start_server(server);
            machines.servers.push(child);
        }
        for _ in 0..workers {
            machines.add_worker();
        }
        machines
    }

    pub(crate) fn addresses(&self) -> Addresses {
        self.addresses.clone()
    }

    fn spawn(&mut self, arguments: &[&str]) -> (Child, std::path::PathBuf) {
        self.started += 1;
        let log = self.directory.path().join(format!("{}-{}.log", arguments[0], self.started));
        let child = Command::new(env!("CARGO_BIN_EXE_needmatch"))
            .args(arguments)
            .env("DATABASE_URL", &self.url)
            .env("NEEDMATCH_SOLVER_PROGRAM", self.directory.path().join("solver.sh"))
            .env("NEEDMATCH_WORKER_LEASE_SECONDS", LEASE.as_secs().to_string())
            .env("NEEDMATCH_GRACE_SECONDS", "1")
            .env("NEEDMATCH_LOG", "info")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(File::create(&log).expect("a log"))
            .spawn()
            .expect("needmatch starts");
        (child, log)
    }

    fn start_server(&mut self, server: usize) -> Child {
        let (mut child, log) = self.spawn(&["serve", "--no-worker", "--listen", "127.0.0.1:0"]);
        let address = wait_for(&log, "needmatch listens on ", &mut child);
        self.addresses.0.lock().expect("nobody panicked")[server] = address;
        child
    }

    /// Starts a worker; answers its place.
    pub(crate) fn add_worker(&mut self) -> usize {
        let (child, _) = self.spawn(&["worker"]);
        self.workers.push(child);
        self.workers.len() - 1
    }

    fn replace_worker(&mut self, worker: usize) {
        let (child, _) = self.spawn(&["worker"]);
        self.workers[worker] = child;
    }

    pub(crate) fn kill_worker(&mut self, worker: usize) {
        signal(&self.workers[worker], Signal::KILL);
        self.workers[worker].wait().expect("a dead worker");
        self.replace_worker(worker);
    }

    pub(crate) fn freeze_worker(&self, worker: usize) {
        signal(&self.workers[worker], Signal::STOP);
    }

    pub(crate) fn thaw_worker(&self, worker: usize) {
        signal(&self.workers[worker], Signal::CONT);
    }

    pub(crate) fn stop_worker(&mut self, worker: usize) {
        signal(&self.workers[worker], Signal::TERM);
        assert!(ended(&mut self.workers[worker]), "a worker that is told to stop ends in order");
        self.replace_worker(worker);
    }

    pub(crate) fn kill_server(&mut self, server: usize) {
        signal(&self.servers[server], Signal::KILL);
        self.servers[server].wait().expect("a dead server");
        self.servers[server] = self.start_server(server);
    }

    pub(crate) fn stop_server(&mut self, server: usize) {
        signal(&self.servers[server], Signal::TERM);
        assert!(ended(&mut self.servers[server]), "a server that is told to stop ends in order");
        self.servers[server] = self.start_server(server);
    }

    /// Waits until a worker is killed by something else.
    pub(crate) fn wait_for_death(&mut self, worker: usize, at_most: Duration) {
        let deadline = Instant::now() + at_most;
        while self.workers[worker].try_wait().expect("a worker").is_none() {
            assert!(Instant::now() < deadline, "the worker still lives");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Tells everybody to stop and sees that they do.
    pub(crate) fn stop(&mut self) {
        for child in self.servers.iter().chain(&self.workers) {
            signal(child, Signal::TERM);
        }
        for child in self.servers.iter_mut().chain(&mut self.workers) {
            ended(child);
        }
    }
}

impl Drop for Machines {
    fn drop(&mut self) {
        for child in self.servers.iter_mut().chain(&mut self.workers) {
            // It has mostly ended already.
            let _ = child.kill();
            let _ = child.wait();
        }
        if std::thread::panicking() {
            for entry in fs::read_dir(self.directory.path()).into_iter().flatten().flatten() {
                let text = fs::read_to_string(entry.path()).unwrap_or_default();
                eprintln!("--- {}\n{text}", entry.path().display());
            }
        }
    }
}

fn signal(child: &Child, signal: Signal) {
    let process = Pid::from_raw(i32::try_from(child.id()).expect("a process number")).expect("a process");
    // One that has ended already cannot be told anything.
    let _ = kill_process(process, signal);
}

/// Whether a process ends with success before long.
fn ended(child: &mut Child) -> bool {
    let deadline = Instant::now() + PATIENCE;
    while Instant::now() < deadline {
        if let Some(status) = child.try_wait().expect("a process") {
            return status.success();
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    false
}

/// The rest of the line that begins so, once the log has it.
fn wait_for(log: &Path, beginning: &str, child: &mut Child) -> String {
    let deadline = Instant::now() + PATIENCE;
    while Instant::now() < deadline {
        let text = fs::read_to_string(log).unwrap_or_default();
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        if let Some(rest) = whole.lines().find_map(|line| line.strip_prefix(beginning)) {
            return rest.to_owned();
        }
        assert!(child.try_wait().expect("a process").is_none(), "it ended: {text}");
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("{} does not say {beginning:?}", log.display());
}
