//! The file that says what to vary, and the folder of each setting.

use std::path::{Component, Path, PathBuf};

use anyhow::Context;
use needmatch_exchange::{FileError, Variation, read_variations};
use toml::{Table, Value};

use crate::exit::{refused, unreadable};

/// Most settings of a sweep.
const MOST: usize = 500;

/// Longest file read, in bytes.
const MAX_BYTES: u64 = 1024 * 1024;

/// Reads the file; every error says where.
pub(crate) fn read(path: &Path) -> anyhow::Result<Vec<Variation>> {
    let shown = path.display();
    let size = std::fs::metadata(path).map_err(|error| unreadable(format!("{shown}: {error}")))?.len();
    if size > MAX_BYTES {
        return Err(unreadable(format!("{shown}: {size} bytes are more than the {MAX_BYTES} a vary file may have")));
    }
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(format!("{shown}: {error}")))?;
    let table: Table = text.parse().map_err(|error| unreadable(format!("{shown}: {error}")))?;
    read_variations(&table, MOST).map_err(|errors| {
        let name = path.file_name().map_or_else(|| shown.to_string(), |name| name.to_string_lossy().into_owned());
        let named = errors.into_iter().map(|error| FileError { file: name.clone(), ..error });
        refused(named.map(|error| error.to_string()).collect::<Vec<_>>().join("\n"))
    })
}

/// Writes a scenario that inherits from the folder.
pub(crate) fn write(variation: &Variation, folder: &Path, child: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(child)?;
    let mut settings = variation.settings.clone();
    let base = relative(&child.canonicalize()?, folder);
    let base = base.to_str().context("the folder's path is not text")?;
    settings.insert("base".to_owned(), Value::String(base.to_owned()));
    std::fs::write(child.join("scenario.toml"), toml::to_string(&settings)?)?;
    Ok(())
}

/// The way from one absolute path to another.
fn relative(from: &Path, to: &Path) -> PathBuf {
    let names = |path: &Path| -> Vec<std::ffi::OsString> {
        let normal = |step| match step {
            Component::Normal(name) => Some(name.to_owned()),
            _ => None,
        };
        path.components().filter_map(normal).collect()
    };
    let (from, to) = (names(from), names(to));
    let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let up = std::iter::repeat_n(std::ffi::OsString::from(".."), from.len() - shared);
    up.chain(to[shared..].iter().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::relative;

    #[test]
    fn the_way_goes_up_to_what_is_shared() {
        assert_eq!(relative(Path::new("/a/b/c"), Path::new("/a/d/e")), PathBuf::from("../../d/e"));
        assert_eq!(relative(Path::new("/a"), Path::new("/a/b")), PathBuf::from("b"));
    }
}
