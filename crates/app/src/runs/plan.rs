//! The matches of a run with their reasons, as far as the principal may see them.

use needmatch_domain::reason::MatchReason;
use needmatch_store::Session;
use needmatch_store::keys::RunKey;
use needmatch_store::runs::StoredPlanRow;

use super::get;
use crate::error::AppError;
use crate::principal::Principal;

/// A match with the reason for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanEntry {
    /// The match, in the words of users.
    pub matched: StoredPlanRow,
    /// Why it is worth what it is.
    pub reason: Option<MatchReason>,
}

/// Matches after a position, in the order of the plan.
pub async fn plan(
    session: &mut Session,
    principal: &Principal,
    key: RunKey,
    after: Option<i64>,
    rows: u32,
) -> Result<Vec<PlanEntry>, AppError> {
    get(session, principal, key).await?;
    let matches = session.plan_rows(&principal.viewer(), key, after, rows).await?;
    if matches.is_empty() {
        return Ok(Vec::new());
    }
    let reasons = session.run_explanations(key).await?.map(|explanations| explanations.matches).unwrap_or_default();
    let reason = |row: &StoredPlanRow| usize::try_from(row.position).ok().and_then(|at| reasons.get(at).cloned());
    Ok(matches.into_iter().map(|matched| PlanEntry { reason: reason(&matched), matched }).collect())
}
