//! A throwaway PostgreSQL server for tests.
//!
//! nextest runs every test in a process of its own, so no process can own the server. It is shared by locks instead: each
//! process that uses it holds a shared lock on one file, the first one starts the server, and a guard (`guard.sh`) stops
//! it some seconds after the last process has let go — also when that one was killed.
//!
//! - [`database`] gives a test a fresh, empty database on the shared server, [`copy_of`] one that holds what another does.
//! - [`Server::start`] gives a test a server of its own, to stop, kill and start again.
//!
//! The programs are Debian's `initdb` and `pg_ctl`. As root they run as the user `postgres`, for the server refuses root.
//! Where `NEEDMATCH_TEST_POSTGRES` holds the address of a server (`postgres://user@host/postgres`), that one is used.

mod cluster;
mod database;
mod programs;
mod server;
mod shared;

pub use database::{Database, copy_of, database, database_on};
pub use server::{Durability, Server};
