//! Writes a backup.

use std::io::{self, Write};

use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{BackupError, Ending, FORMAT, Heading, RowLine, Table, TableLine, known_migrations, tables};
use crate::dialect::catalog;
use crate::engine::{EngineKind, Row};
use crate::error::StoreError;
use crate::session::Session;
use crate::statement::Statement;
use crate::store::Store;

impl Store {
    /// Writes everything the register holds at this moment; changes may go on meanwhile.
    pub async fn back_up(&self, output: impl Write + Send, at: Timestamp) -> Result<Ending, BackupError> {
        if !self.is_current().await? {
            return Err(StoreError::Unusable(
                "the register has another version's form: run `needmatch migrate`".to_owned(),
            )
            .into());
        }
        let mut session = self.read().await?;
        let engine = session.engine();
        session.execute(catalog::begin_snapshot(engine)).await?;
        let written = write(&mut session, output, at).await;
        session.execute(Statement::of("ROLLBACK")).await?;
        written
    }
}

async fn write(session: &mut Session, output: impl Write + Send, at: Timestamp) -> Result<Ending, BackupError> {
    if session.engine() == EngineKind::Postgres {
        session.execute(catalog::relax(EngineKind::Postgres)).await?;
    }
    let mut sealed = Sealed { output, digest: Sha256::new() };
    let heading = Heading { format: FORMAT.to_owned(), migrations: known_migrations(), at };
    sealed.line(&heading)?;
    let mut rows = 0;
    for table in tables(session).await? {
        let columns = table.columns.iter().map(|(name, _)| name.clone()).collect();
        sealed.line(&TableLine { table: table.name.clone(), columns })?;
        let select = select(&table, session.engine());
        let mut broken = None;
        session
            .visit(select, |row| {
                rows += 1;
                if let Err(error) = values(&table, &row).map(|values| sealed.line(&values))? {
                    broken.get_or_insert(error);
                    return Err(StoreError::StorageFull);
                }
                Ok(())
            })
            .await
            .map_err(|error| broken.map_or(BackupError::Store(error), BackupError::File))?;
    }
    let ending = Ending { rows, sha256: hex::encode(sealed.digest.finalize()) };
    serde_json::to_writer(&mut sealed.output, &ending).map_err(io::Error::from)?;
    sealed.output.write_all(b"\n")?;
    sealed.output.flush()?;
    Ok(ending)
}

fn select(table: &Table, engine: EngineKind) -> Statement {
    let mut select = Statement::of("SELECT ");
    for (position, (name, holds)) in table.columns.iter().enumerate() {
        let (before, behind) = holds.as_text(engine);
        if position > 0 {
            select.push(", ");
        }
        select.push("CASE WHEN ").name(name).push(" IS NULL THEN NULL ELSE ");
        select.push(before).name(name).push(behind).push(" END AS ").name(name);
    }
    select.push(" FROM ").name(&table.name);
    // Keys stand first: rows come in the order in which they were made, and a row never refers to a later one.
    select.push(if table.columns.len() > 1 { " ORDER BY 1, 2" } else { " ORDER BY 1" });
    select
}

fn values(table: &Table, row: &Row) -> Result<RowLine, StoreError> {
    table.columns.iter().map(|(name, _)| row.get::<Option<String>>(name)).collect()
}

/// Adds up what is written.
struct Sealed<W> {
    output: W,
    digest: Sha256,
}

impl<W: Write> Sealed<W> {
    fn line<T: Serialize>(&mut self, content: &T) -> io::Result<()> {
        let mut line = serde_json::to_vec(content)?;
        line.push(b'\n');
        self.digest.update(&line);
        self.output.write_all(&line)
    }
}
