//! The recount of the audit log: every chain from its first row, every checkpoint with its signature.

use std::collections::{BTreeMap, BTreeSet};

use needmatch_store::Session;
use needmatch_store::audit::{Checkpoint, Verdict};
use serde::Serialize;
use uuid::Uuid;

use super::{heads_digest, key};
use crate::error::AppError;

/// What a recount found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recount {
    /// Chains and rows.
    pub verdict: Verdict,
    /// Checkpoints looked at, those kept elsewhere included.
    pub checkpoints: u64,
    /// Checkpoints that are not signed as they say, or not by the key they should be.
    pub unsigned: Vec<Uuid>,
    /// Checkpoints kept elsewhere that the register no longer has.
    pub missing: Vec<Uuid>,
}

impl Recount {
    /// Whether nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.verdict.findings.is_empty() && self.unsigned.is_empty() && self.missing.is_empty()
    }
}

/// Recounts everything. `kept` are checkpoints from elsewhere; `public_key` is the key every checkpoint must be signed
/// with, where the operator knows it from elsewhere too.
pub async fn recount(
    session: &mut Session,
    kept: &[Checkpoint],
    public_key: Option<&str>,
) -> Result<Recount, AppError> {
    let own = session.checkpoints().await?;
    let by_key: BTreeMap<_, _> = own.iter().map(|checkpoint| (checkpoint.key, checkpoint)).collect();
    let missing = kept.iter().filter(|checkpoint| by_key.get(&checkpoint.key) != Some(checkpoint));
    let missing: Vec<Uuid> = missing.map(|checkpoint| checkpoint.key.uuid()).collect();
    let (mut unsigned, mut known) = (Vec::new(), BTreeSet::new());
    for checkpoint in own.iter().chain(kept) {
        let expected = public_key.unwrap_or(&checkpoint.public_key);
        let digest = heads_digest(&checkpoint.heads)?;
        let is_signed = key::is_signed(expected, digest.as_bytes(), &checkpoint.signature);
        if !is_signed && known.insert(checkpoint.key) {
            unsigned.push(checkpoint.key.uuid());
        }
    }
    let verdict = session.verify_audit_with(kept).await?;
    Ok(Recount { verdict, checkpoints: own.len() as u64 + missing.len() as u64, unsigned, missing })
}
