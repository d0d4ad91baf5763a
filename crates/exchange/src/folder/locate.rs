//! Opens files of a scenario folder without following anybody outside it, and never reads what is no regular file.

use std::fs::File;
use std::io::ErrorKind;
use std::path::Path;

use crate::error::ErrorCode;

/// Largest table read, in bytes.
pub const MAX_TABLE_BYTES: u64 = 512 * 1024 * 1024;
/// Largest `scenario.toml` read, in bytes.
pub const MAX_SETTINGS_BYTES: u64 = 1024 * 1024;

/// A file of the folder with its length; `None` where there is none of that name.
///
/// `directory` is canonical, so that a link is compared with where the folder really is.
pub(crate) fn open(directory: &Path, name: &str, most: u64) -> Result<Option<File>, ErrorCode> {
    let path = directory.join(name);
    let metadata = match path.symlink_metadata() {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(&error)),
    };
    if metadata.is_symlink() {
        let target = path.canonicalize().map_err(|error| unreadable(&error))?;
        if !target.starts_with(directory) {
            return Err(ErrorCode::LinkLeavesFolder {});
        }
    }
    open_regular(&path, most).map(Some)
}

/// A regular file of at most `most` bytes. What a path names is looked at before it is opened (a pipe would block)
/// and again after (it may have been exchanged).
pub(crate) fn open_regular(path: &Path, most: u64) -> Result<File, ErrorCode> {
    let metadata = path.metadata().map_err(|error| unreadable(&error))?;
    if !metadata.is_file() {
        return Err(ErrorCode::NotARegularFile {});
    }
    let file = File::open(path).map_err(|error| unreadable(&error))?;
    let metadata = file.metadata().map_err(|error| unreadable(&error))?;
    if !metadata.is_file() {
        return Err(ErrorCode::NotARegularFile {});
    }
    if metadata.len() > most {
        return Err(ErrorCode::FileTooLarge { bytes: metadata.len(), most });
    }
    Ok(file)
}

pub(crate) fn unreadable(error: &std::io::Error) -> ErrorCode {
    ErrorCode::NotReadable { reason: error.kind().to_string() }
}
