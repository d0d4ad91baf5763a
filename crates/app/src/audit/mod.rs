//! The audit log as others see it: signed heads on a timer, rows of a party, and the recount of everything.
//!
//! A signature shows that a chain had a certain last row at a moment. Whoever keeps checkpoints elsewhere finds a log that
//! was cut, or written anew, after that moment, even by somebody who holds the whole database.

mod key;
mod recount;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use needmatch_domain::canonical;
use needmatch_store::audit::{AuditFilter, AuditRow, Chain, Checkpoint, Head, Origin, Signed};
use needmatch_store::keys::PartyKey;
use needmatch_store::words::PartyKind;
use needmatch_store::{Session, Store};
use uuid::Uuid;

pub use key::{KeyError, SigningKey};
pub use recount::{Recount, recount};

use crate::app::{App, new_key};
use crate::error::AppError;
use crate::parties;
use crate::policy::{Action, allow};
use crate::principal::Principal;

/// Least time between two checkpoints.
pub const CHECKPOINT_EVERY: SignedDuration = SignedDuration::from_mins(15);

/// What a checkpoint signs: the SHA-256 of the canonical JSON of its heads.
///
/// # Errors
/// [`AppError::Internal`] never: heads have text keys only.
pub fn heads_digest(heads: &[Head]) -> Result<String, AppError> {
    canonical::digest(&heads).map_err(|_| AppError::Internal)
}

/// Signs all heads, unless that was done lately or nothing was changed since. Any number of processes may call it.
pub async fn keep_checkpoint(
    app: &App,
    key: &SigningKey,
    least: SignedDuration,
) -> Result<Option<Checkpoint>, AppError> {
    let now = app.now();
    // Most looks find nothing to sign, and hold nobody up.
    let mut session = app.read().await?;
    if heads_to_sign(&mut session, now, least).await?.is_none() {
        return Ok(None);
    }
    drop(session);
    let mut transaction = app.store().begin(Origin::machine("worker", "checkpoint", now)).await?;
    let Some(heads) = heads_to_sign(&mut transaction, now, least).await? else {
        transaction.rollback().await?;
        return Ok(None);
    };
    let signature = key.sign(heads_digest(&heads)?.as_bytes());
    let checkpoint = Checkpoint { key: new_key(), at: now, heads, signature, public_key: key.public_key() };
    transaction.keep_checkpoint(&checkpoint).await?;
    transaction.commit().await?;
    Ok(Some(checkpoint))
}

/// All heads, if it is time to sign them and one has moved since that was done.
async fn heads_to_sign(
    session: &mut Session,
    now: Timestamp,
    least: SignedDuration,
) -> Result<Option<Vec<Head>>, AppError> {
    let last = session.last_checkpoint().await?;
    if last.as_ref().is_some_and(|last| now.duration_since(last.at) < least) {
        return Ok(None);
    }
    let heads = session.audit_heads().await?;
    Ok((!heads.is_empty() && last.is_none_or(|last| last.heads != heads)).then_some(heads))
}

/// Signs heads on a timer until `stop` is true.
pub async fn keep_checkpoints(store: Store, key: Arc<SigningKey>, mut stop: tokio::sync::watch::Receiver<bool>) {
    let app = App::with_system_clock(store);
    loop {
        match keep_checkpoint(&app, &key, CHECKPOINT_EVERY).await {
            Ok(None) => {}
            Ok(Some(checkpoint)) => {
                tracing::info!(checkpoint = %checkpoint.key, "the heads of the audit log are signed");
            }
            Err(error) => tracing::warn!(%error, "the heads of the audit log could not be signed"),
        }
        tokio::select! {
            () = tokio::time::sleep(std::time::Duration::from_mins(1)) => {}
            _ = stop.wait_for(|&stop| stop) => return,
        }
    }
}

/// Rows of a party's chain after the one of that number: all of them in the order of the chain, or those that the filter
/// lets through in the order of time. Who acted is told of those who act or have acted for the party; of others, such as a
/// coordinator's people, the party learns no person.
pub async fn rows_of(
    session: &mut Session,
    principal: &Principal,
    party: PartyKey,
    filter: &AuditFilter,
    after: Option<i64>,
    count: u32,
) -> Result<Vec<AuditRow>, AppError> {
    parties::get(session, principal, party).await?;
    allow(principal, Action::ReadAudit, Some(party))?;
    let chain = Chain::from(party);
    let mut rows = if *filter == AuditFilter::default() {
        session.audit_rows(chain, after.unwrap_or(0), count).await?
    } else {
        session.audit_found(chain, filter, after, count).await?
    };
    if !principal.is_operator() && principal.mandate_of(PartyKind::Coordinator).is_none() {
        let members = session.members_of(party, None).await?;
        let accepted = members.iter().filter(|held| held.accepted_at.is_some());
        let own: BTreeSet<Uuid> = accepted.map(|held| held.person.uuid()).collect();
        for row in &mut rows {
            if row.person.is_some_and(|person| !own.contains(&person)) {
                (row.person, row.credential) = (None, None);
            }
        }
    }
    Ok(rows)
}

/// Checkpoints, newest first: for everybody, since they tell of no row.
pub async fn checkpoints(session: &mut Session, count: u32) -> Result<Vec<Signed>, AppError> {
    Ok(session.last_signed(count).await?)
}
