//! The scenario folder: `scenario.toml` and its tables, read with every error at once, written so that they read
//! back equal. `docs/scenario.md` is the reference.

mod cells;
mod chain;
mod check;
mod currency;
mod known;
pub(crate) mod locate;
mod number;
mod read;
pub mod settings;
pub(crate) mod stream;
pub mod table;
pub mod tables;
pub(crate) mod text;
mod write;

pub use chain::MAX_CHAIN;
pub use locate::{MAX_SETTINGS_BYTES, MAX_TABLE_BYTES};
pub use read::read_folder;
pub use settings::{read_settings, write_settings};
pub use stream::MAX_RECORD_BYTES;
pub use table::MAX_ROWS;
pub use text::{MAX_FIELD_BYTES, cell_writer, guard, unguard};
pub use write::{WriteError, write_folder};
