//! Why a published file could not be converted.

use std::path::PathBuf;

/// A conversion stops at the first fault: the source is a published file, to be replaced rather than repaired.
#[derive(Debug, thiserror::Error)]
pub enum ConvertError {
    /// The file cannot be read.
    #[error("{}: {problem}; point --from at the directory that holds the published files", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        problem: String,
    },
    /// The file is not what its format says.
    #[error("{source_name}, {place}: {problem}; use the file as it was published")]
    Malformed {
        /// Which source.
        source_name: &'static str,
        /// Line, position or identifier inside it.
        place: String,
        /// What is wrong there.
        problem: String,
    },
    /// The folder cannot be written.
    #[error("{}: {problem}", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        problem: String,
    },
}
