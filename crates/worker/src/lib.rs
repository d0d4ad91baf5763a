//! Executes what waits: runs, each in a solver process of its own whose death, hang, lie or hunger is an ordinary
//! outcome.

pub mod solver;
