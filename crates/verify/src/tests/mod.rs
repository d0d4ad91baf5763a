//! The recount against plans made by hand, against every plan of thousands of small problems, and against forged runs.

mod brute_force;
mod builder;
mod cuts;
mod forgeries;
mod fuzz;
mod goals;
mod proofs;
mod random;
mod readings;
mod rules;
mod worked_example;
