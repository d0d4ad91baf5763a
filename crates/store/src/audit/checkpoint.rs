//! Signed heads of all chains at a moment. Whoever keeps a copy elsewhere can show that a chain was cut later.

use jiff::Timestamp;
use needmatch_domain::canonical;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::engine::Row;
use crate::error::StoreError;
use crate::keys::CheckpointKey;
use crate::page::limit;
use crate::session::Session;
use crate::statement::Statement;
use crate::transaction::AuditedTransaction;

/// The last row of a chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The chain.
    pub chain: Uuid,
    /// Rows it has.
    pub number: i64,
    /// Hash of the last.
    pub hash: String,
}

/// All heads at a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Its key.
    pub key: CheckpointKey,
    /// When.
    pub at: Timestamp,
    /// The heads, by chain.
    pub heads: Vec<Head>,
    /// Signature over the SHA-256 (hexadecimal) of the canonical JSON of `heads`, hexadecimal.
    pub signature: String,
    /// The key to check it with, hexadecimal.
    pub public_key: String,
}

/// A checkpoint as it is listed: the heads by what is signed of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Its key.
    pub key: CheckpointKey,
    /// When.
    pub at: Timestamp,
    /// SHA-256 of the canonical JSON of the heads, hexadecimal.
    pub heads_sha256: String,
    /// Signature over that, hexadecimal.
    pub signature: String,
    /// The key to check it with, hexadecimal.
    pub public_key: String,
}

impl Signed {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            key: row.get("id")?,
            at: row.time("at")?,
            // Kept in canonical form.
            heads_sha256: canonical::sha256(row.get::<String>("heads")?.as_bytes()),
            signature: row.get("signature")?,
            public_key: row.get("public_key")?,
        })
    }
}

impl Checkpoint {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            key: row.get("id")?,
            at: row.time("at")?,
            heads: crate::engine::from_json("heads", &row.get::<String>("heads")?)?,
            signature: row.get("signature")?,
            public_key: row.get("public_key")?,
        })
    }
}

impl Session {
    /// Checkpoints, oldest first.
    pub async fn checkpoints(&mut self) -> Result<Vec<Checkpoint>, StoreError> {
        let rows = self.fetch_all(Statement::of("SELECT * FROM audit_checkpoints ORDER BY id")).await?;
        rows.iter().map(Checkpoint::read).collect()
    }

    /// The last checkpoints, newest first.
    pub async fn last_signed(&mut self, count: u32) -> Result<Vec<Signed>, StoreError> {
        self.fetch_all(last(count)).await?.iter().map(Signed::read).collect()
    }

    /// The last checkpoint.
    pub async fn last_checkpoint(&mut self) -> Result<Option<Checkpoint>, StoreError> {
        self.fetch_optional(last(1)).await?.as_ref().map(Checkpoint::read).transpose()
    }
}

fn last(count: u32) -> Statement {
    Statement::of("SELECT * FROM audit_checkpoints ORDER BY id DESC LIMIT $1").bind(limit(count))
}

impl AuditedTransaction {
    /// Keeps a checkpoint. It is its own record: no audit row tells of it, since that would move a head.
    ///
    /// # Panics
    /// Never: heads have text keys only.
    pub async fn keep_checkpoint(&mut self, checkpoint: &Checkpoint) -> Result<(), StoreError> {
        let insert = Statement::of(
            "INSERT INTO audit_checkpoints (id, at, heads, signature, public_key) VALUES ($1, $2, $3, $4, $5)",
        );
        let heads = canonical::to_bytes(&checkpoint.heads).expect("heads have text keys only");
        let heads = String::from_utf8(heads).expect("JSON is UTF-8");
        let insert = insert.bind(checkpoint.key).bind(checkpoint.at).bind(heads);
        self.execute(insert.bind(&checkpoint.signature).bind(&checkpoint.public_key)).await?;
        Ok(())
    }
}
