//! Wipes what was tried with a party that is there for that. The audit log keeps what was done, as of every other party;
//! tokens, members and webhooks stay.
//!
//! A reset notes a key, the cut, in its own transaction: what is below it goes afterwards, some rows at a time, so that
//! nobody waits for it however much there is. What is left when a process ends meanwhile, others take up; what is
//! registered after the cut stays.

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::audit::Entry;
use crate::dialect::queue;
use crate::error::StoreError;
use crate::keys::PartyKey;
use crate::session::Session;
use crate::statement::{Condition, Statement};
use crate::store::Store;
use crate::transaction::AuditedTransaction;

/// Rows wiped in one transaction.
const AT_ONCE: i64 = 50;

/// Rows of a kind that a sandbox holds: those of a party with a key below the cut.
#[derive(Debug)]
struct Tried {
    kind: &'static str,
    from: &'static str,
    delete: &'static str,
    /// What their documents name them.
    documents: Option<&'static str>,
}

/// What stands in a sandbox, in the order in which it goes: nothing is referred to by what goes later.
const TRIED: [Tried; 6] = [
    Tried {
        kind: "requests",
        from: "requests t WHERE t.party = ",
        delete: "DELETE FROM requests WHERE ",
        documents: Some("request"),
    },
    Tried {
        kind: "offers",
        from: "offers t WHERE t.party = ",
        delete: "DELETE FROM offers WHERE ",
        documents: Some("offer"),
    },
    Tried {
        kind: "programmes",
        from: "programmes t WHERE t.party = ",
        delete: "DELETE FROM programmes WHERE ",
        documents: None,
    },
    Tried {
        kind: "imports",
        from: "imports t WHERE t.party = ",
        delete: "DELETE FROM imports WHERE ",
        documents: None,
    },
    Tried {
        kind: "reports",
        from: "national_reports t WHERE t.party = ",
        delete: "DELETE FROM national_reports WHERE ",
        documents: None,
    },
    Tried {
        kind: "messages",
        from: "webhooks w JOIN deliveries t ON t.webhook = w.id WHERE w.party = ",
        delete: "DELETE FROM deliveries WHERE ",
        documents: None,
    },
];

/// How many rows of each kind a reset wipes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Wiped {
    /// Kind and number.
    pub rows: Vec<(&'static str, u64)>,
}

/// What became of an attempt to wipe some of what a sandbox holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wiping {
    /// So many rows went; there may be more.
    Some(u64),
    /// Somebody else holds what is left at this moment.
    Held,
    /// Nothing is left.
    Over,
}

impl Tried {
    /// Of a party's rows of this kind those below the cut.
    fn below(&self, select: &'static str, party: PartyKey, cut: Uuid) -> Statement {
        let mut found = Statement::of(select);
        found.push(" FROM ").push(self.from).value(party).push(" AND t.id < ").value(cut);
        found
    }

    /// Keys of some of them.
    fn keys(&self, party: PartyKey, cut: Uuid, most: i64) -> Statement {
        let mut keys = self.below("SELECT t.id", party, cut);
        keys.push(" LIMIT ").value(most);
        keys
    }
}

/// The statements by which what is to be wiped is found.
#[cfg(test)]
pub(crate) fn found(party: PartyKey, cut: Uuid) -> Vec<(&'static str, Statement)> {
    let of = |tried: &Tried| (tried.kind, tried.keys(party, cut, AT_ONCE));
    TRIED.iter().map(of).chain([("documents", documents_of("request", &[cut]))]).collect()
}

/// Keys of some documents of these rows.
fn documents_of(kind: &'static str, rows: &[Uuid]) -> Statement {
    let mut select = Statement::of("SELECT d.id FROM documents d WHERE ");
    select.condition(&Condition::of("d.subject IN ").list(rows.iter().copied()));
    select.push(" AND d.subject_kind = ").value(kind).push(" LIMIT ").value(AT_ONCE);
    select
}

impl AuditedTransaction {
    /// Resets a sandbox: what it holds below the cut, a fresh key, is counted, and goes by [`Store::wipe_some`] once this
    /// lasts. What is registered later is not touched.
    ///
    /// # Errors
    /// [`StoreError::RuleBroken`] when the party is none.
    pub async fn reset_sandbox(&mut self, party: PartyKey, cut: Uuid) -> Result<Wiped, StoreError> {
        if !self.party(party).await?.is_sandbox {
            return Err(StoreError::RuleBroken { constraint: "only what a sandbox holds is wiped".to_owned() });
        }
        let mut documents = 0;
        let mut rows = Vec::with_capacity(TRIED.len() + 1);
        for tried in &TRIED {
            let counted = tried.below("SELECT COUNT(*) AS counted", party, cut);
            rows.push((tried.kind, self.count(counted).await?));
            if let Some(kind) = tried.documents {
                let mut counted = Statement::of("SELECT COUNT(*) AS counted FROM documents d WHERE d.subject_kind = ");
                counted.value(kind).push(" AND d.subject IN (SELECT t.id FROM ").push(tried.from).value(party);
                counted.push(" AND t.id < ").value(cut).push(")");
                documents += self.count(counted).await?;
            }
        }
        rows.insert(0, ("documents", documents));
        let upsert = Statement::of(
            "INSERT INTO sandbox_resets (party, cut, at) VALUES ($1, $2, $3) \
             ON CONFLICT (party) DO UPDATE SET cut = excluded.cut, at = excluded.at",
        );
        let upsert = upsert.bind(party).bind(cut).bind(self.at());
        self.execute(upsert).await?;
        let wiped = Wiped { rows };
        self.note(Entry::of(party, "sandbox.reset", "party", party.uuid()).before(&wiped));
        Ok(wiped)
    }

    /// Notes that a sandbox asked to be told of something that did not happen.
    pub fn note_simulation(&mut self, party: PartyKey) {
        self.note(Entry::of(party, "sandbox.simulate", "party", party.uuid()));
    }
}

impl Session {
    async fn count(&mut self, counted: Statement) -> Result<u64, StoreError> {
        Ok(u64::try_from(self.number(counted, "counted").await?).unwrap_or(0))
    }

    async fn keys(&mut self, select: Statement) -> Result<Vec<Uuid>, StoreError> {
        self.fetch_all(select).await?.iter().map(|row| row.get("id")).collect()
    }

    async fn wipe(&mut self, delete: &'static str, keys: &[Uuid]) -> Result<Wiping, StoreError> {
        let mut statement = Statement::of(delete);
        statement.condition(&Condition::of("id IN ").list(keys.iter().copied()));
        self.execute(statement).await.map(Wiping::Some)
    }
}

impl Store {
    /// Wipes some of what a sandbox held when it was reset, in a transaction of its own. To be called until it is over;
    /// several may do so at once.
    pub async fn wipe_some(&self, party: PartyKey) -> Result<Wiping, StoreError> {
        let mut session = self.begin_unaudited().await?;
        let wiping = wipe_some(&mut session, party).await?;
        session.commit().await?;
        Ok(wiping)
    }

    /// Sandboxes that were reset before a moment, and are not wiped yet.
    pub async fn unwiped_sandboxes(&self, before: Timestamp) -> Result<Vec<PartyKey>, StoreError> {
        let select = Statement::of("SELECT party FROM sandbox_resets WHERE at < $1 ORDER BY at, party").bind(before);
        self.read().await?.fetch_all(select).await?.iter().map(|row| row.get("party")).collect()
    }
}

async fn wipe_some(session: &mut Session, party: PartyKey) -> Result<Wiping, StoreError> {
    let select = Statement::of("SELECT cut FROM sandbox_resets WHERE party = $1").bind(party);
    let Some(row) = session.fetch_optional(select).await? else { return Ok(Wiping::Over) };
    let cut: Uuid = row.get("cut")?;
    let lock = queue::skip_locked_of_t(session.engine());
    for tried in &TRIED {
        let mut select = tried.keys(party, cut, AT_ONCE);
        select.push(lock);
        let keys = session.keys(select).await?;
        if keys.is_empty() {
            continue;
        }
        if let Some(kind) = tried.documents {
            let documents = session.keys(documents_of(kind, &keys)).await?;
            if !documents.is_empty() {
                return session.wipe("DELETE FROM documents WHERE ", &documents).await;
            }
        }
        return session.wipe(tried.delete, &keys).await;
    }
    for tried in &TRIED {
        if session.fetch_optional(tried.keys(party, cut, 1)).await?.is_some() {
            return Ok(Wiping::Held);
        }
    }
    // One that was reset again meanwhile has more to be wiped.
    let over = Statement::of("DELETE FROM sandbox_resets WHERE party = $1 AND cut = $2").bind(party).bind(cut);
    Ok(if session.execute(over).await? == 1 { Wiping::Over } else { Wiping::Some(0) })
}
