//! What an operator does with the program: sets it up, watches it, stops it, backs it up, recounts it.

mod access;
mod backups;
mod history;
mod program;
mod serving;
mod settings;
mod tables;
