//! Files in and out: scenario folders, frozen problems, runs and plans.
//!
//! ```no_run
//! use std::path::Path;
//!
//! match needmatch_exchange::read_folder(Path::new("scenarios/small")) {
//!     Ok(scenario) => println!("{} requests", scenario.requests.len()),
//!     // Every error at once; each names file, row, column and value, and says what to do.
//!     Err(errors) => errors.iter().for_each(|error| eprintln!("{error}")),
//! }
//! ```
//!
//! - [`read_folder`] and [`write_folder`]: the scenario folder described in `docs/scenario.md`.
//! - [`read_problem`], [`write_problem`], [`read_run`], [`write_run`]: JSON files, bounded in size and depth.
//! - [`write_plan_csv`]: a plan as a table that can be read back as `baseline.csv`.
//! - [`read_variations`]: what a sweep varies, as `docs/sweep.md` describes it.
//! - [`convert`]: published aid data as scenario folders.
//! - [`generate::generate`]: random scenarios of any size for tests and measurements.
//!
//! Nothing a file holds is believed before it is checked, and every input has a bound.

mod content;
pub mod convert;
pub mod error;
pub mod folder;
pub mod generate;
mod json_file;
mod plan_file;
mod vary;

pub use error::{ErrorCode, FileError, Near};
pub use folder::{WriteError, read_folder, read_settings, write_folder, write_settings};
pub use json_file::{RunFile, read_problem, read_run, write_problem, write_run};
pub use plan_file::write_plan_csv;
pub use vary::{Variation, read_variations};
