//! What a round was frozen to, as the bytes under the hash that the round tells.

use needmatch_store::Session;
use needmatch_store::keys::RoundKey;

use super::frozen::FrozenRound;
use super::get;
use crate::error::AppError;
use crate::policy::{Action, allow};
use crate::principal::Principal;

/// The snapshot of a frozen round, for whoever may read all of it: coordinators, observers admitted to the round, and
/// everybody when all that it holds is public.
///
/// # Errors
/// [`AppError::NotFound`] before the round is frozen.
pub async fn snapshot(session: &mut Session, principal: &Principal, key: RoundKey) -> Result<Vec<u8>, AppError> {
    let round = get(session, principal, key).await?;
    let kept = match &round.snapshot {
        Some(sha256) => session.snapshot(sha256).await?.ok_or(AppError::Internal)?,
        None => Vec::new(),
    };
    if !session.is_admitted(&principal.viewer(), key).await? && !is_open(session, key, &kept).await? {
        allow(principal, Action::ReadWholeRun, None)?;
    }
    if round.snapshot.is_none() { Err(AppError::not_found("snapshot of round", key)) } else { Ok(kept) }
}

/// A snapshot holds what the problem of its published run need not: whole programmes, what experts wrote of single pairs,
/// and what a setting of a sweep left out. All of it has to be public.
async fn is_open(session: &mut Session, key: RoundKey, kept: &[u8]) -> Result<bool, AppError> {
    if !session.published_run(key).await?.is_some_and(|run| run.is_open) {
        return Ok(false);
    }
    FrozenRound::read(kept)?.sources().are_seen_by_all(session).await
}
