//! Running other programs, shown before they run so that anyone can repeat them by hand.

use std::env;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

/// Whether cargo told it about the program it runs, this one. Handed on, it would make crates whose build scripts look at
/// such variables, `ring` for one, and all that stands on them compile anew at every change between `cargo xtask` and
/// `cargo`; and `cargo machete`, which looks for such variables to learn who started it, would take its name for a path.
fn is_about_this_program(variable: &str) -> bool {
    variable.starts_with("CARGO_PKG_") || variable.starts_with("CARGO_MANIFEST_")
}

/// A program with arguments, to be run in a directory.
pub(crate) struct Invocation(Command);

impl Invocation {
    /// `program arguments…`, run in `directory`.
    pub(crate) fn new(directory: &Path, program: &str, arguments: &[&str]) -> Self {
        let mut command = Command::new(program);
        command.current_dir(directory).args(arguments);
        for (name, _) in env::vars_os().filter(|(name, _)| is_about_this_program(&name.to_string_lossy())) {
            command.env_remove(name);
        }
        Self(command)
    }

    /// With more arguments behind the others.
    pub(crate) fn with(mut self, arguments: &[String]) -> Self {
        self.0.args(arguments);
        self
    }

    /// With a variable of the environment.
    pub(crate) fn with_environment(mut self, name: &str, value: &str) -> Self {
        self.0.env(name, value);
        self
    }

    /// Runs to the end; anything but success is an error.
    pub(crate) fn run(mut self) -> Result<()> {
        let line = self.announce();
        let status = self.0.status().with_context(|| format!("starting `{line}`"))?;
        ensure!(status.success(), "`{line}` ended with {status}");
        Ok(())
    }

    /// Becomes the program: signals and the exit code are its own. Returns only where it cannot start.
    pub(crate) fn replace_this_process(mut self) -> Result<()> {
        let line = self.announce();
        let error = self.0.exec();
        Err(error).with_context(|| format!("starting `{line}`"))
    }

    /// Standard output as text, without showing the line.
    pub(crate) fn read(mut self) -> Result<String> {
        let line = self.line();
        let output = self.0.output().with_context(|| format!("starting `{line}`"))?;
        if !output.status.success() {
            bail!("`{line}` ended with {}: {}", output.status, String::from_utf8_lossy(&output.stderr).trim());
        }
        String::from_utf8(output.stdout).with_context(|| format!("`{line}` wrote something other than UTF-8"))
    }

    /// Whether it runs and succeeds, in silence.
    pub(crate) fn succeeds(mut self) -> bool {
        self.0.output().is_ok_and(|output| output.status.success())
    }

    fn announce(&self) -> String {
        let line = self.line();
        eprintln!("$ {line}");
        line
    }

    fn line(&self) -> String {
        let environment = self.0.get_envs().filter_map(|(name, value)| Some((name, value?)));
        let set = environment.map(|(name, value)| format!("{}={}", name.to_string_lossy(), value.to_string_lossy()));
        let words = std::iter::once(self.0.get_program()).chain(self.0.get_args());
        set.chain(words.map(|word| word.to_string_lossy().into_owned())).collect::<Vec<_>>().join(" ")
    }
}
