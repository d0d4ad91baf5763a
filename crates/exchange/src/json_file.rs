//! Frozen problems and runs as JSON files. They come from outside: size and depth are bounded, every problem is
//! checked before anything may index into it, and a problem kept apart must be the one its run was made from.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Component, Path};

use needmatch_domain::problem::{self, Problem};
use needmatch_domain::run::Run;
use needmatch_domain::{canonical, run};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::content::Content;
use crate::error::{ErrorCode, FileError};
use crate::folder::locate::{open_regular, unreadable};

/// Largest problem or run read, in bytes.
pub(crate) const MAX_JSON_BYTES: u64 = 2 * 1024 * 1024 * 1024;

/// A run with its problem at hand.
#[derive(Debug, Clone, PartialEq)]
pub struct RunFile {
    /// The run as the file has it; `problem` is absent when it stands in a file of its own.
    pub run: Run,
    /// The problem, from the run or from the file beside it. Free of faults, but see [`read_run`] for its hash.
    pub problem: Problem,
}

/// Reads a frozen problem.
///
/// # Errors
/// When the file is too large, no JSON, of another format, or holds a problem with faults; all faults are listed.
pub fn read_problem(path: &Path) -> Result<Problem, Vec<FileError>> {
    let problem: Problem = read_json(path)?;
    check_problem(path, &problem)?;
    Ok(problem)
}

/// Reads a run and its problem. A detached problem is looked for in the folder of the run only.
///
/// What the run claims is not judged here: neither its digest nor, when the problem is embedded, the problem's hash.
/// `needmatch-verify` does both, of the run as it was read; therefore nothing in the file may get lost in reading.
///
/// # Errors
/// As [`read_problem`]; also when members stand twice, were added without saying anything, or left out, or when the run names no problem, its problem file is missing, or that file holds another
/// problem than the one the run was made from.
pub fn read_run(path: &Path) -> Result<RunFile, Vec<FileError>> {
    let bytes = read_bytes(path)?;
    let run: Run = parse(path, &bytes)?;
    if !parse::<Content>(path, &bytes)?.is_that_of(&run) {
        let reason = "members were added or left out, or numbers written otherwise, since it was sealed".to_owned();
        return Err(vec![FileError::of_file(name(path), ErrorCode::JsonInvalid { column: 1, reason }).at_row(1)]);
    }
    drop(bytes);
    let refuse = |column: &str, value: Option<&str>, code| {
        let error = FileError::of_file(name(path), code).in_column(column);
        vec![value.map_or(error.clone(), |value| error.with_value(value))]
    };
    if run.format != run::FORMAT {
        return Err(refuse("format", Some(&run.format), ErrorCode::WrongFormat { expected: run::FORMAT }));
    }
    if let Some(problem) = run.problem.clone() {
        check_problem(path, &problem)?;
        return Ok(RunFile { run, problem });
    }
    let Some(file) = run.problem_file.clone() else {
        return Err(refuse("problem", None, ErrorCode::ProblemMissing {}));
    };
    let beside = Path::new(&file);
    let mut steps = beside.components();
    if !matches!((steps.next(), steps.next()), (Some(Component::Normal(_)), None)) {
        return Err(refuse("problem_file", Some(&file), ErrorCode::ProblemFileElsewhere {}));
    }
    let problem_path = path.parent().unwrap_or(Path::new("")).join(beside);
    let problem = read_problem(&problem_path)?;
    let found = problem.sha256();
    if found != run.problem_sha256 {
        let code = ErrorCode::ProblemHash { expected: run.problem_sha256.clone(), found };
        return Err(vec![FileError::of_file(name(&problem_path), code)]);
    }
    Ok(RunFile { run, problem })
}

/// Writes a problem as canonical JSON, so that the file's SHA-256 is the problem's.
///
/// # Errors
/// When the system refuses; the file is then as it was before.
pub fn write_problem(problem: &Problem, path: &Path) -> io::Result<()> {
    replace(path, |output| output.write_all(&canonical::to_bytes(problem).map_err(io::Error::other)?))
}

/// Writes a run as JSON on one line. The file appears whole or not at all.
///
/// # Errors
/// When the system refuses; the file is then as it was before.
pub fn write_run(run: &Run, path: &Path) -> io::Result<()> {
    replace(path, |output| write_json(run, output))
}

fn write_json(value: &impl Serialize, output: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *output, value).map_err(io::Error::other)?;
    output.write_all(b"\n")
}

/// Writes beside the target, then renames, so that no reader ever sees half a file.
pub(crate) fn replace(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut partial = path.as_os_str().to_owned();
    partial.push(format!(".{}.partial", std::process::id()));
    let partial = Path::new(&partial);
    let mut output = BufWriter::new(File::create(partial)?);
    let written = write(&mut output)
        .and_then(|()| output.into_inner().map_err(io::IntoInnerError::into_error))
        .and_then(|file| file.sync_all())
        .and_then(|()| fs::rename(partial, path));
    if written.is_err() {
        // The first error is the one to report.
        let _ = fs::remove_file(partial);
    }
    written
}

fn name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, Vec<FileError>> {
    parse(path, &read_bytes(path)?)
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, Vec<FileError>> {
    let fail = |code| vec![FileError::of_file(name(path), code)];
    let file = match open_regular(path, MAX_JSON_BYTES) {
        Ok(file) => file,
        Err(code) => return Err(fail(code)),
    };
    let mut bytes = Vec::new();
    file.take(MAX_JSON_BYTES + 1).read_to_end(&mut bytes).map_err(|error| fail(unreadable(&error)))?;
    if bytes.len() as u64 > MAX_JSON_BYTES {
        return Err(fail(ErrorCode::FileTooLarge { bytes: bytes.len() as u64, most: MAX_JSON_BYTES }));
    }
    Ok(bytes)
}

fn parse<T: DeserializeOwned>(path: &Path, bytes: &[u8]) -> Result<T, Vec<FileError>> {
    serde_json::from_slice(bytes).map_err(|error| {
        let place = format!(" at line {} column {}", error.line(), error.column());
        let reason = error.to_string().replace(&place, "");
        let line = error.line() as u64;
        let code = ErrorCode::JsonInvalid { column: error.column(), reason };
        vec![FileError::of_file(name(path), code).at_row(line)]
    })
}

fn check_problem(path: &Path, problem: &Problem) -> Result<(), Vec<FileError>> {
    if problem.format != problem::FORMAT {
        let code = ErrorCode::WrongFormat { expected: problem::FORMAT };
        return Err(vec![FileError::of_file(name(path), code).in_column("format").with_value(&problem.format)]);
    }
    let faults = problem.faults();
    if faults.is_empty() {
        return Ok(());
    }
    let listed = faults.into_iter().take(crate::error::MAX_ERRORS);
    Err(listed
        .map(|fault| {
            FileError::of_file(name(path), ErrorCode::ProblemFault { what: fault.what }).in_column(fault.place)
        })
        .collect())
}
