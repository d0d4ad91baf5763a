//! Frozen content under its own SHA-256: what a round was frozen to, and the problem each run solved.

use needmatch_domain::canonical;

use crate::bounds;
use crate::error::StoreError;
use crate::session::Session;
use crate::statement::Statement;

/// Keeps bytes under their hash, which it answers. Kept content is never changed or taken away.
pub(crate) async fn keep(session: &mut Session, bytes: &[u8]) -> Result<String, StoreError> {
    bounds::at_most("snapshot (bytes)", bytes.len(), bounds::MAX_SNAPSHOT)?;
    let sha256 = canonical::sha256(bytes);
    let insert = Statement::of("INSERT INTO snapshots (sha256, bytes) VALUES ($1, $2) ON CONFLICT DO NOTHING");
    session.execute(insert.bind(&sha256).bind(bytes)).await?;
    Ok(sha256)
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
        let found = canonical::sha256(&bytes);
        if found != sha256 {
            return Err(StoreError::Corrupt { column: "snapshots.bytes".to_owned(), value: found });
        }
        Ok(Some(bytes))
    }
}
