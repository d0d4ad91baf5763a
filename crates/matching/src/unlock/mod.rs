//! The smallest change that serves a component which goes without (`docs/explain.md`).
//!
//! [`members`] says what must be served with it, [`steps`] how each could be, [`room`] what an offer would need for
//! that beside everything the plan gives, [`relax`] what a refused offer would need to be let in; [`search`] puts them
//! together and checks. A change is an [`edit::Edit`]; [`folder`] and [`file`] make it and say what it writes.

mod addition;
mod edit;
mod file;
mod folder;
mod members;
mod money;
mod relax;
mod room;
mod search;
mod steps;
#[cfg(test)]
mod tests;
mod world;

pub use search::{Attempts, Found, Unlocker};
