//! Makes the committed scenarios that come from published data: `convert_scenarios FROM SCENARIOS`, where `FROM` holds the
//! published files and `SCENARIOS` is the folder of scenarios. `cargo xtask scenarios` runs it.

use std::path::PathBuf;
use std::process::ExitCode;

use needmatch_exchange::convert::{ConvertError, convert_all};

fn main() -> ExitCode {
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [from, scenarios] = paths.as_slice() else {
        eprintln!("usage: convert_scenarios FROM SCENARIOS");
        return ExitCode::FAILURE;
    };
    match convert(from, scenarios) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn convert(from: &std::path::Path, scenarios: &std::path::Path) -> Result<(), ConvertError> {
    for folder in convert_all(from)? {
        folder.write_into(scenarios)?;
        println!("{} ({} files)", folder.name, folder.files.len());
    }
    Ok(())
}
