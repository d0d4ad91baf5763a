//! Scenario folders as their users see them: what is read, what is refused and in which words, what is written.

mod inheritance;
mod reading;
mod refusals;
mod settings;
mod small;
mod writing;
mod wrong_cells;
