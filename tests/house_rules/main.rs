//! Rules about the sources that no compiler holds: who may depend on whom, what must not be written, sizes and names.
//!
//! Each file holds one subject. A rule that fails names every place that breaks it, never only the first.

mod containers;
mod dependencies;
mod repository;
mod rust_source;
mod text;
mod tokens;
