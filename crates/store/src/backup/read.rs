//! Reads a backup: checked to the last byte first, then restored in one transaction.

use std::io::BufRead;

use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{BackupError, Ending, FORMAT, Heading, RowLine, Table, TableLine, known_migrations, tables};
use crate::dialect::catalog::{self, Holds};
use crate::session::Session;
use crate::statement::{Argument, Statement};
use crate::store::Store;

/// What was restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// When the backup was made.
    pub at: jiff::Timestamp,
    /// Rows of all tables.
    pub rows: u64,
}

/// Reads a backup to its end and compares the checksum.
pub fn check_backup(input: &mut impl BufRead) -> Result<(Heading, Ending), BackupError> {
    let mut digest = Sha256::new();
    let (mut heading, mut rows, mut number) = (None, 0, 0);
    let mut line = Vec::new();
    loop {
        line.clear();
        number += 1;
        if input.read_until(b'\n', &mut line)? == 0 {
            return Err(damaged(number, "is missing: the file was cut"));
        }
        match line.first() {
            Some(b'[') => rows += 1,
            Some(b'{') if heading.is_none() => heading = Some(read_heading(&line)?),
            Some(b'{') if line.starts_with(b"{\"rows\"") => break,
            Some(b'{') => {}
            _ => return Err(damaged(number, "is none of a backup's")),
        }
        digest.update(&line);
    }
    let ending: Ending = parse(&line, number)?;
    let sha256 = hex::encode(digest.finalize());
    if ending.sha256 != sha256 || ending.rows != rows {
        return Err(damaged(number, &format!("names other content: {rows} rows, SHA-256 {sha256} are there")));
    }
    line.clear();
    if input.read_until(b'\n', &mut line)? > 0 {
        return Err(damaged(number + 1, "stands behind the end"));
    }
    let heading = heading.ok_or_else(|| damaged(1, "is no heading"))?;
    Ok((heading, ending))
}

fn read_heading(line: &[u8]) -> Result<Heading, BackupError> {
    let heading: Heading = parse(line, 1)?;
    if heading.format != FORMAT {
        return Err(damaged(1, &format!("names the format {:?}, not {FORMAT:?}", heading.format)));
    }
    let known = known_migrations();
    if heading.migrations != known {
        return Err(BackupError::OtherVersion { found: heading.migrations, known });
    }
    Ok(heading)
}

impl Store {
    /// Fills an empty register of the current form from a backup that [`check_backup`] accepted, all or nothing.
    pub async fn restore(&self, mut input: impl BufRead + Send) -> Result<Restored, BackupError> {
        let mut session = self.begin_unaudited().await?;
        let engine = session.engine();
        session.execute(catalog::relax(engine)).await?;
        let tables = tables(&mut session).await?;
        for table in &tables {
            let mut any = Statement::of("SELECT COUNT(*) AS rows FROM (SELECT 1 FROM ");
            any.name(&table.name).push(" LIMIT 1) AS first");
            if session.number(any, "rows").await? > 0 {
                return Err(BackupError::NotEmpty { table: table.name.clone() });
            }
        }
        let restored = fill(&mut session, &tables, &mut input).await?;
        self.commit_unaudited(session, &[]).await?;
        Ok(restored)
    }
}

async fn fill(session: &mut Session, tables: &[Table], input: &mut impl BufRead) -> Result<Restored, BackupError> {
    let mut line = Vec::new();
    let mut number = 1;
    input.read_until(b'\n', &mut line)?;
    let heading = read_heading(&line)?;
    let mut at: Option<(&Table, Vec<Holds>)> = None;
    let mut rows = 0;
    loop {
        line.clear();
        number += 1;
        if input.read_until(b'\n', &mut line)? == 0 || line.starts_with(b"{\"rows\"") {
            return Ok(Restored { at: heading.at, rows });
        }
        if line.first() == Some(&b'{') {
            let heading: TableLine = parse(&line, number)?;
            at = Some(known(tables, &heading).ok_or_else(|| damaged(number, "names a table that is not known"))?);
            continue;
        }
        let (table, holds) = at.as_ref().ok_or_else(|| damaged(number, "belongs to no table"))?;
        let values: RowLine = parse(&line, number)?;
        let insert = insert(table, holds, values).ok_or_else(|| damaged(number, "holds a value of another kind"))?;
        session.execute(insert).await?;
        rows += 1;
    }
}

/// The table, if it has these columns in this order.
fn known<'t>(tables: &'t [Table], heading: &TableLine) -> Option<(&'t Table, Vec<Holds>)> {
    let table = tables.iter().find(|table| table.name == heading.table)?;
    let mut holds = Vec::with_capacity(heading.columns.len());
    for column in &heading.columns {
        holds.push(table.columns.iter().find(|(name, _)| name == column)?.1);
    }
    let same = table.columns.iter().map(|(name, _)| name).eq(heading.columns.iter());
    same.then_some((table, holds))
}

fn insert(table: &Table, holds: &[Holds], values: RowLine) -> Option<Statement> {
    if values.len() != holds.len() {
        return None;
    }
    let mut insert = Statement::of("INSERT INTO ");
    insert.name(&table.name);
    let mut opening = " (";
    for (name, _) in &table.columns {
        insert.push(opening).name(name);
        opening = ", ";
    }
    opening = ") VALUES (";
    for (holds, value) in holds.iter().zip(values) {
        insert.push(opening).value(argument(*holds, value)?);
        opening = ", ";
    }
    insert.push(")");
    Some(insert)
}

/// A value from its text. `None`: it is no such value.
fn argument(holds: Holds, value: Option<String>) -> Option<Argument> {
    Some(match holds {
        Holds::Text => Argument::Text(value),
        Holds::Integer => Argument::Integer(value.map(|text| text.parse()).transpose().ok()?),
        Holds::Bytes => Argument::Bytes(value.map(hex::decode).transpose().ok()?),
        Holds::Uuid => Argument::Uuid(value.map(|text| Uuid::parse_str(&text)).transpose().ok()?),
    })
}

fn parse<T: DeserializeOwned>(line: &[u8], number: u64) -> Result<T, BackupError> {
    serde_json::from_slice(line).map_err(|error| damaged(number, &format!("cannot be read ({error})")))
}

fn damaged(line: u64, what: &str) -> BackupError {
    BackupError::Damaged { line, what: what.to_owned() }
}
