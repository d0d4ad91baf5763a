//! Links the rows of a transaction to their chains.

use serde::Serialize;
use uuid::Uuid;

use super::{Chain, Entry, FIRST_HASH, Origin};
use crate::bounds;
use crate::dialect::{lock, together};
use crate::error::StoreError;
use crate::session::Session;
use crate::statement::Statement;

/// Rows in one statement: an engine takes only so many values.
const BATCH: usize = 200;

/// What a row's hash covers: its place, the row before it and everything it says.
#[derive(Serialize)]
pub(super) struct Link<'a> {
    pub(super) chain: Uuid,
    pub(super) number: i64,
    pub(super) at: i64,
    pub(super) person: Option<Uuid>,
    pub(super) credential: Option<Uuid>,
    pub(super) origin: &'a str,
    pub(super) request_id: &'a str,
    pub(super) action: &'a str,
    pub(super) subject_kind: &'a str,
    pub(super) subject: Uuid,
    pub(super) before_hash: Option<&'a str>,
    pub(super) after_hash: Option<&'a str>,
    pub(super) reason: Option<&'a str>,
    // Left out where there is none, so that rows of the time before steps hash as they did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) step: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) state_from: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) state_to: Option<&'a str>,
    pub(super) previous_hash: &'a str,
}

impl<'a> Link<'a> {
    fn of(origin: &'a Origin, chain: Chain, number: i64, entry: &'a Entry, previous_hash: &'a str) -> Self {
        Self {
            chain: chain.0,
            number,
            at: origin.at.as_microsecond(),
            person: origin.person.map(crate::keys::PersonKey::uuid),
            credential: origin.credential.map(crate::keys::CredentialKey::uuid),
            origin: &origin.origin,
            request_id: &origin.request_id,
            action: entry.action,
            subject_kind: entry.subject_kind,
            subject: entry.subject,
            before_hash: entry.before.as_deref(),
            after_hash: entry.after.as_deref(),
            reason: entry.reason.as_deref(),
            step: entry.step.as_ref().map(|step| step.name),
            state_from: entry.step.as_ref().and_then(|step| step.from.as_deref()),
            state_to: entry.step.as_ref().map(|step| step.to.as_str()),
            previous_hash,
        }
    }

    pub(super) fn hash(&self) -> String {
        super::digest(self)
    }

    /// Adds its values, in the order of the columns.
    fn push(&self, insert: &mut Statement) {
        insert.value(self.chain).push(", ").value(self.number).push(", ").value(self.at).push(", ");
        insert.value(self.person).push(", ").value(self.credential).push(", ");
        insert.value(self.origin).push(", ").value(self.request_id).push(", ");
        insert.value(self.action).push(", ").value(self.subject_kind).push(", ").value(self.subject).push(", ");
        insert.value(self.before_hash).push(", ").value(self.after_hash).push(", ").value(self.reason).push(", ");
        insert.value(self.step).push(", ").value(self.state_from).push(", ").value(self.state_to).push(", ");
        insert.value(self.previous_hash);
    }
}

/// Writes the entries of a transaction. It is called last, chain by chain in one order for all: heads are held for the
/// shortest time and never by two transactions in turns.
pub(crate) async fn append(session: &mut Session, origin: &Origin, mut entries: Vec<Entry>) -> Result<(), StoreError> {
    entries.sort_by_key(|entry| entry.chain);
    for chained in entries.chunk_by(|left, right| left.chain == right.chain) {
        append_to(session, origin, chained[0].chain, chained).await?;
    }
    Ok(())
}

async fn append_to(session: &mut Session, origin: &Origin, chain: Chain, entries: &[Entry]) -> Result<(), StoreError> {
    let (mut number, mut previous) = take_head(session, chain).await?;
    for batch in entries.chunks(BATCH) {
        let first = number + 1;
        let mut hashes = vec![previous];
        for (entry, before) in batch.iter().zip(0..) {
            bounds::reason(entry.reason.as_deref())?;
            number += 1;
            let hash = Link::of(origin, chain, number, entry, &hashes[before]).hash();
            hashes.push(hash);
        }
        let update = Statement::of("UPDATE audit_heads SET number = $1, hash = $2 WHERE chain = $3");
        let update = update.bind(number).bind(&hashes[batch.len()]).bind(chain.0);
        let mut insert = together::with(session, update).await?.of_rows(batch.len());
        insert.push(
            "INSERT INTO audit_rows (chain, number, at, person, credential, origin, request_id, action, subject_kind, \
             subject, before_hash, after_hash, reason, step, state_from, state_to, previous_hash, hash) VALUES ",
        );
        for ((entry, number), before) in batch.iter().zip(first..).zip(0..) {
            insert.push(if before == 0 { "(" } else { ", (" });
            Link::of(origin, chain, number, entry, &hashes[before]).push(&mut insert);
            insert.push(", ").value(&hashes[before + 1]).push(")");
        }
        session.execute(insert).await?;
        previous = hashes.swap_remove(batch.len());
    }
    Ok(())
}

/// The head of a chain, locked until the transaction ends.
async fn take_head(session: &mut Session, chain: Chain) -> Result<(i64, String), StoreError> {
    if let Some(head) = lock_head(session, chain).await? {
        return Ok(head);
    }
    // Two first changes of a party may meet here; the second waits for the first and then finds its head.
    let first =
        Statement::of("INSERT INTO audit_heads (chain, number, hash) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");
    session.execute(first.bind(chain.0).bind(0).bind(FIRST_HASH)).await?;
    lock_head(session, chain).await?.ok_or(StoreError::Busy)
}

async fn lock_head(session: &mut Session, chain: Chain) -> Result<Option<(i64, String)>, StoreError> {
    let mut select = Statement::of("SELECT number, hash FROM audit_heads WHERE chain = $1").bind(chain.0);
    select.push(lock::for_update(session.engine()));
    let row = session.fetch_optional(select).await?;
    row.map(|row| Ok((row.get("number")?, row.get("hash")?))).transpose()
}
