//! Recounts every chain.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::append::Link;
use super::{AuditRow, Chain, Checkpoint, FIRST_HASH, Head};
use crate::error::StoreError;
use crate::keys::CheckpointKey;
use crate::session::Session;
use crate::statement::Statement;

/// What is wrong with a chain. Numbers name the row at which it shows.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum Finding {
    /// The row says something else than when it was written.
    Edited {
        /// The chain.
        chain: Uuid,
        /// The row.
        number: i64,
    },
    /// The row does not follow the one before it: one was taken out, put in or replaced.
    Unlinked {
        /// The chain.
        chain: Uuid,
        /// The row.
        number: i64,
    },
    /// The chain ends elsewhere than its head says.
    HeadMismatch {
        /// The chain.
        chain: Uuid,
        /// Rows the head tells of.
        head: i64,
        /// The last row there is.
        last: i64,
    },
    /// A checkpoint tells of a row that is not there, or is another one.
    CheckpointMismatch {
        /// The chain.
        chain: Uuid,
        /// The row the checkpoint tells of.
        number: i64,
        /// The checkpoint.
        checkpoint: Uuid,
    },
}

/// What a recount found.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Verdict {
    /// Chains recounted.
    pub chains: u64,
    /// Rows recounted.
    pub rows: u64,
    /// Everything that is wrong; empty when nothing is.
    pub findings: Vec<Finding>,
}

/// What checkpoints tell of a chain, by the number of the row: the checkpoint and the head.
type Told<'h> = BTreeMap<i64, Vec<(Uuid, &'h Head)>>;

/// Rows read at a time.
const PAGE: u32 = 500;

impl Session {
    /// Recounts every chain from its first row and compares heads and checkpoints. Signatures are for the caller to check.
    ///
    /// Changes may go on meanwhile: each chain is compared with a head read before its rows.
    pub async fn verify_audit(&mut self) -> Result<Verdict, StoreError> {
        self.verify_audit_with(&[]).await
    }

    /// As [`Session::verify_audit`], with checkpoints that were kept elsewhere.
    pub async fn verify_audit_with(&mut self, kept: &[Checkpoint]) -> Result<Verdict, StoreError> {
        let heads: BTreeMap<Uuid, Head> =
            self.audit_heads().await?.into_iter().map(|head| (head.chain, head)).collect();
        let own = self.checkpoints().await?;
        let by_key: BTreeMap<CheckpointKey, &Checkpoint> = own.iter().map(|one| (one.key, one)).collect();
        let further = kept.iter().filter(|one| by_key.get(&one.key) != Some(one));
        // What checkpoints tell of each chain, by the number of the row.
        let mut told: BTreeMap<Uuid, Told<'_>> = BTreeMap::new();
        for checkpoint in own.iter().chain(further) {
            for head in &checkpoint.heads {
                told.entry(head.chain).or_default().entry(head.number).or_default().push((checkpoint.key.uuid(), head));
            }
        }
        let mut chains: Vec<Uuid> = heads.keys().copied().collect();
        for row in self.fetch_all(Statement::of("SELECT DISTINCT chain FROM audit_rows")).await? {
            chains.push(row.get("chain")?);
        }
        chains.extend(told.keys().copied());
        chains.sort_unstable();
        chains.dedup();

        let mut verdict = Verdict::default();
        for chain in chains {
            let told = told.remove(&chain).unwrap_or_default();
            self.recount(chain, heads.get(&chain), told, &mut verdict).await?;
        }
        Ok(verdict)
    }

    async fn recount(
        &mut self,
        chain: Uuid,
        head: Option<&Head>,
        mut unseen: Told<'_>,
        verdict: &mut Verdict,
    ) -> Result<(), StoreError> {
        verdict.chains += 1;
        let mut last = (0, FIRST_HASH.to_owned());
        let mut hash_at_head = head.is_some_and(|head| head.number == 0).then(|| FIRST_HASH.to_owned());
        loop {
            let page = self.audit_rows(Chain(chain), last.0, PAGE).await?;
            if page.is_empty() {
                break;
            }
            for row in page {
                verdict.rows += 1;
                let recounted = hash_of(&row);
                if recounted != row.hash {
                    verdict.findings.push(Finding::Edited { chain, number: row.number });
                }
                if row.number != last.0 + 1 || row.previous_hash != last.1 {
                    verdict.findings.push(Finding::Unlinked { chain, number: row.number });
                }
                if let Some(told) = unseen.get_mut(&row.number) {
                    told.retain(|(_, head)| head.hash != row.hash);
                }
                if head.is_some_and(|head| head.number == row.number) {
                    hash_at_head = Some(row.hash.clone());
                }
                last = (row.number, row.hash);
            }
        }
        // A chain may grow while it is read, but never past a head read afterwards.
        let (head_number, head_hash) = head.map_or((0, FIRST_HASH), |head| (head.number, head.hash.as_str()));
        let grown = self.head_number(chain).await?;
        if hash_at_head.as_deref() != Some(head_hash) || last.0 > grown {
            verdict.findings.push(Finding::HeadMismatch { chain, head: head_number, last: last.0 });
        }
        let missing = unseen.into_values().flatten().map(|(checkpoint, told)| Finding::CheckpointMismatch {
            chain,
            number: told.number,
            checkpoint,
        });
        verdict.findings.extend(missing);
        Ok(())
    }

    async fn head_number(&mut self, chain: Uuid) -> Result<i64, StoreError> {
        let select = Statement::of("SELECT number FROM audit_heads WHERE chain = $1").bind(chain);
        self.number(select, "number").await
    }
}

fn hash_of(row: &AuditRow) -> String {
    Link {
        chain: row.chain,
        number: row.number,
        at: row.at.as_microsecond(),
        person: row.person,
        credential: row.credential,
        origin: &row.origin,
        request_id: &row.request_id,
        action: &row.action,
        subject_kind: &row.subject_kind,
        subject: row.subject,
        before_hash: row.before_hash.as_deref(),
        after_hash: row.after_hash.as_deref(),
        reason: row.reason.as_deref(),
        step: row.step.as_deref(),
        state_from: row.state_from.as_deref(),
        state_to: row.state_to.as_deref(),
        previous_hash: &row.previous_hash,
    }
    .hash()
}
