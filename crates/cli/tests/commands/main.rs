//! The commands as somebody at a terminal meets them, on real small folders.

mod compare;
mod conflict;
mod edit;
mod explain;
mod folder;
mod scenarios;
mod start;
mod stress;
mod sweep;
