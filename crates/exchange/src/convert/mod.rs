//! Published aid data turned into scenario folders, so that the engine can be judged on what really happened.
//!
//! A conversion reads one published file and gives a [`Folder`]: the texts of a scenario folder, README included, with
//! every count and every choice stated in it. Nothing here is needed to read or run a scenario; the folders are
//! committed, and `cargo xtask scenarios --from DIR` makes them again.
//!
//! To add a source, write a module with a function from the published text to a [`Folder`] and name it in [`convert_all`].

mod element;
mod fault;
pub mod flash_appeal;
mod folder;
pub mod security_aid;

use std::fs;
use std::path::Path;

pub use fault::ConvertError;
pub use folder::Folder;

/// Largest source read, bytes. The published files are far smaller.
pub const MAX_SOURCE_BYTES: u64 = 64 << 20;

/// Makes every converted scenario from the published files in `from`:
///
/// | file | scenario |
/// |---|---|
/// | `iati/sample/ocha-haiti-2010-flash-appeal.xml` | `haiti-2010-flash-appeal` |
/// | `crs/pacific_security_assistance_by_provider_year.csv` | `pacific-security-2023`, `pacific-security-2024` |
pub fn convert_all(from: &Path) -> Result<Vec<Folder>, ConvertError> {
    let appeal = read(&from.join("iati/sample/ocha-haiti-2010-flash-appeal.xml"))?;
    let flows = read(&from.join("crs/pacific_security_assistance_by_provider_year.csv"))?;
    let flows = security_aid::read_flows(&flows)?;
    Ok(vec![
        flash_appeal::convert(&appeal)?,
        security_aid::first_year(&flows, 2023)?,
        security_aid::following_year(&flows, 2023, 2024)?,
    ])
}

fn read(path: &Path) -> Result<String, ConvertError> {
    let unreadable = |problem: String| ConvertError::Unreadable { path: path.to_owned(), problem };
    let length = fs::metadata(path).map_err(|error| unreadable(error.to_string()))?.len();
    if length > MAX_SOURCE_BYTES {
        return Err(unreadable(format!("{length} bytes are more than the {MAX_SOURCE_BYTES} that are read")));
    }
    fs::read_to_string(path).map_err(|error| unreadable(error.to_string()))
}
