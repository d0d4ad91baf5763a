//! What an outsider can check. Four judges that share nothing but the rules as published: the engine, which finds
//! plans and proves bounds; brute force, which tries every plan; the verifier; and the recount in Python.
//!
//! `cargo xtask oracle --cases N` and `cargo xtask mutants --cases N` run more of the random cases than a test does.

mod brute_force;
mod committed_scenarios;
mod engine;
mod flipped_bytes;
mod mutants;
mod mutations;
mod places;
mod problem;
mod python;
mod random;
mod random_problems;
mod spread;
mod started;
