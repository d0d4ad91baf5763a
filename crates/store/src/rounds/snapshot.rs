//! Frozen content under its own SHA-256: what a round was frozen to, and the problem each run solved.
//!
//! Content is kept with the change that refers to it, or ahead of it, where there is too much for one transaction. What
//! was kept ahead and nothing refers to is forgotten: it stands among the prepared until something does.

use std::collections::BTreeSet;

use jiff::Timestamp;
use needmatch_domain::canonical;

use crate::bounds;
use crate::dialect::queue;
use crate::error::StoreError;
use crate::session::Session;
use crate::statement::{Condition, Statement};
use crate::store::Store;

/// Contents forgotten in one transaction: each may be large.
const FORGOTTEN_AT_ONCE: u32 = 20;

/// Hashes named in one statement.
const NAMED_AT_ONCE: usize = 500;

/// Keeps bytes under their hash, which it answers. Kept content is never changed or taken away.
pub(crate) async fn keep(session: &mut Session, bytes: &[u8]) -> Result<String, StoreError> {
    let sha256 = hash(bytes)?;
    // Before it is kept: who is about to forget it is waited for.
    take_up(session, &[sha256.as_str()]).await?;
    insert(session, &sha256, bytes).await?;
    Ok(sha256)
}

/// Lets a change refer to contents that were kept ahead.
///
/// # Errors
/// [`StoreError::Busy`] where one of them is forgotten: it is to be kept anew.
pub(crate) async fn refer_to(session: &mut Session, hashes: &BTreeSet<&str>) -> Result<(), StoreError> {
    let hashes: Vec<&str> = hashes.iter().copied().collect();
    take_up(session, &hashes).await?;
    for some in hashes.chunks(NAMED_AT_ONCE) {
        let mut count = Statement::of("SELECT COUNT(*) AS kept FROM snapshots WHERE ");
        count.condition(&Condition::of("sha256 IN ").list(some.iter().copied()));
        let kept = session.number(count, "kept").await?;
        if usize::try_from(kept).ok() != Some(some.len()) {
            return Err(StoreError::Busy);
        }
    }
    Ok(())
}

/// Takes contents out of the prepared, and so from whoever forgets these.
async fn take_up(session: &mut Session, hashes: &[&str]) -> Result<(), StoreError> {
    for some in hashes.chunks(NAMED_AT_ONCE) {
        let mut delete = Statement::of("DELETE FROM prepared_snapshots WHERE ");
        delete.condition(&Condition::of("sha256 IN ").list(some.iter().copied()));
        session.execute(delete).await?;
    }
    Ok(())
}

fn hash(bytes: &[u8]) -> Result<String, StoreError> {
    bounds::at_most("snapshot (bytes)", bytes.len(), bounds::MAX_SNAPSHOT)?;
    Ok(canonical::sha256(bytes))
}

/// Answers whether the content is new.
async fn insert(session: &mut Session, sha256: &str, bytes: &[u8]) -> Result<bool, StoreError> {
    let insert = Statement::of("INSERT INTO snapshots (sha256, bytes) VALUES ($1, $2) ON CONFLICT DO NOTHING");
    Ok(session.execute(insert.bind(sha256).bind(bytes)).await? == 1)
}

/// Prepared contents of before a moment, the oldest first.
pub(crate) fn prepared_before(before: Timestamp, most: u32) -> Statement {
    let mut select = Statement::of("SELECT sha256 FROM prepared_snapshots WHERE at < ");
    select.value(before).push(" ORDER BY at LIMIT ").value(i64::from(most));
    select
}

impl Store {
    /// Keeps bytes under their hash, which it answers, in a transaction of its own, ahead of the change that refers to
    /// them. They are forgotten where none does within a day.
    pub async fn keep_ahead(&self, bytes: &[u8], at: Timestamp) -> Result<String, StoreError> {
        let sha256 = hash(bytes)?;
        let mut session = self.begin_unaudited().await?;
        let renew = Statement::of("UPDATE prepared_snapshots SET at = $2 WHERE sha256 = $1").bind(&sha256).bind(at);
        if session.execute(renew).await? == 0 && insert(&mut session, &sha256, bytes).await? {
            let prepare = Statement::of("INSERT INTO prepared_snapshots (sha256, at) VALUES ($1, $2)");
            session.execute(prepare.bind(&sha256).bind(at)).await?;
        }
        session.commit().await?;
        Ok(sha256)
    }

    /// Forgets some contents that were kept ahead before a moment, and that nothing came to refer to. Answers how many.
    pub async fn forget_prepared(&self, before: Timestamp, most: u32) -> Result<u64, StoreError> {
        let mut session = self.begin_unaudited().await?;
        let mut select = prepared_before(before, most.min(FORGOTTEN_AT_ONCE));
        select.push(queue::skip_locked(session.engine()));
        let rows = session.fetch_all(select).await?;
        let hashes = rows.iter().map(|row| row.get("sha256")).collect::<Result<Vec<String>, _>>()?;
        if !hashes.is_empty() {
            for text in ["DELETE FROM prepared_snapshots WHERE ", "DELETE FROM snapshots WHERE "] {
                let mut delete = Statement::of(text);
                delete.condition(&Condition::of("sha256 IN ").list(&hashes));
                session.execute(delete).await?;
            }
        }
        session.commit().await?;
        Ok(hashes.len() as u64)
    }
}

impl Session {
    /// The bytes kept under a hash, if any. The caller has decided that the reader may have them.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when the bytes no longer have the hash.
    pub async fn snapshot(&mut self, sha256: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let select = Statement::of("SELECT bytes FROM snapshots WHERE sha256 = $1").bind(sha256);
        let Some(row) = self.fetch_optional(select).await? else { return Ok(None) };
        let bytes: Vec<u8> = row.get("bytes")?;
        // Others are served meanwhile: of the largest it takes a second.
        let hashed = tokio::task::spawn_blocking(move || (canonical::sha256(&bytes), bytes)).await;
        let (found, bytes) = hashed.map_err(|error| StoreError::Unusable(format!("hashing broke off: {error}")))?;
        if found != sha256 {
            return Err(StoreError::Corrupt { column: "snapshots.bytes".to_owned(), value: found });
        }
        Ok(Some(bytes))
    }
}
