//! Reference table of states: ISO 3166-1 codes, M49 regions, country groups, income groups, names in the six UN languages.
//!
//! A request belongs to a state, an earmark names regions and groups, a threshold differs by group: all of them look here,
//! so that "Western Africa" or "LDC" means one thing everywhere.
//!
//! `table.rs` is generated from the tables in `crates/domain/data` by `cargo xtask geography`. To correct a name or a
//! group, edit the tables there (`README.md` beside them gives origin and licence) and run the command again.
//!
//! What the sources leave open is left open here too: Antarctica lies in no M49 region, Kosovo has no ISO 3166-1 code and
//! therefore no row, and an income group is known only for the recipients on the OECD DAC list. A scenario adds or
//! overrides states in its own `states.csv`.

mod country;
mod group;
mod language;
mod region;
mod table;
#[cfg(test)]
mod tests;

pub use country::{Country, Income, countries, country, country_by_alpha2};
pub use group::{Group, GroupSet, UnknownGroup};
pub use language::Language;
pub use region::{Region, region, region_chain, regions};
