//! Fresh databases, one a test.

use std::env;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};

use crate::programs::run;
use crate::server::Server;
use crate::shared;

/// Environment variable with the address of a server to use instead of a throwaway one.
const GIVEN_SERVER: &str = "NEEDMATCH_TEST_POSTGRES";

/// An empty database of one test's own. It is dropped, sessions and all, when this is.
#[derive(Debug)]
pub struct Database {
    /// Address, as `sqlx` and `psql` take it.
    pub url: String,
    name: String,
    maintenance: String,
}

/// Makes an empty database on the server of this test run, which is started if need be.
///
/// It blocks for some tenths of a second, and for some seconds where the server has to start.
pub fn database() -> Result<Database> {
    match env::var(GIVEN_SERVER) {
        Ok(server) => create(server),
        Err(_) => create(shared::cluster()?.url("postgres")),
    }
}

/// Makes an empty database on a test's own server.
pub fn database_on(server: &Server) -> Result<Database> {
    create(server.url("postgres"))
}

/// Makes a second database that holds what another one does, on the same server. Nobody may be connected to the first.
pub fn copy_of(database: &Database) -> Result<Database> {
    create_from(database.maintenance.clone(), &database.name)
}

fn create(maintenance: String) -> Result<Database> {
    create_from(maintenance, "template0")
}

fn create_from(maintenance: String, template: &str) -> Result<Database> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    // Processes are numbered anew after a restart of the machine, where a given server may still hold old databases.
    let now = SystemTime::now().duration_since(UNIX_EPOCH).context("the clock stands before 1970")?.as_micros();
    let name = format!("test_{now}_{}_{number}", std::process::id());
    let url = with_database(&maintenance, &name)?;
    let template = format!("--template={template}");
    run(Command::new("createdb").args([&template, "--maintenance-db", &maintenance, &name]))?;
    Ok(Database { url, name, maintenance })
}

/// The address with another database in it.
fn with_database(url: &str, database: &str) -> Result<String> {
    let (address, options) =
        url.split_once('?').map_or((url, String::new()), |(left, right)| (left, format!("?{right}")));
    let (server, _) = address
        .rsplit_once('/')
        .filter(|(server, _)| !server.ends_with('/'))
        .with_context(|| format!("write the address with a database, such as postgres://user@host/postgres: {url}"))?;
    Ok(format!("{server}/{database}{options}"))
}

impl Drop for Database {
    fn drop(&mut self) {
        let mut dropdb = Command::new("dropdb");
        dropdb.args(["--force", "--if-exists", "--maintenance-db", &self.maintenance, &self.name]);
        // The server may be gone by a test's own doing, and the database with it.
        let _ = dropdb.output();
    }
}

#[cfg(test)]
mod tests {
    use super::with_database;

    #[test]
    fn the_database_is_put_into_the_address() {
        let put = |url| with_database(url, "new").ok();
        assert_eq!(put("postgres://me@host:5433/postgres").as_deref(), Some("postgres://me@host:5433/new"));
        assert_eq!(
            put("postgres://me@localhost/a?host=%2Ftmp%2Fb").as_deref(),
            Some("postgres://me@localhost/new?host=%2Ftmp%2Fb")
        );
        assert_eq!(put("postgres://me@host"), None);
    }
}
