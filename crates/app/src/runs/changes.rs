//! What differs between the plans of two runs, as far as the principal may see both.

use std::collections::BTreeMap;

use needmatch_store::keys::RunKey;
use needmatch_store::{MAX_PAGE, Session, Viewer};

use super::get;
use crate::error::AppError;
use crate::principal::Principal;

/// A match that is not the same in both plans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatchChange {
    /// Component served.
    pub component: String,
    /// Offer that serves it.
    pub offer: String,
    /// When.
    pub period: String,
    /// Quantity in the earlier run; 0 where it has no such match.
    pub before: i64,
    /// Quantity in the later run; 0 where it has no such match.
    pub after: i64,
}

type Matches = BTreeMap<(String, String, String), i64>;

/// Matches of a run that are new, gone or of another quantity since an earlier one.
pub async fn changes(
    session: &mut Session,
    principal: &Principal,
    key: RunKey,
    from: RunKey,
) -> Result<Vec<MatchChange>, AppError> {
    for run in [key, from] {
        get(session, principal, run).await?;
    }
    let viewer = principal.viewer();
    let after = matches(session, &viewer, key).await?;
    let before = matches(session, &viewer, from).await?;
    let mut changes: BTreeMap<&(String, String, String), (i64, i64)> = BTreeMap::new();
    for (place, quantity) in &before {
        changes.entry(place).or_default().0 = *quantity;
    }
    for (place, quantity) in &after {
        changes.entry(place).or_default().1 = *quantity;
    }
    let changed = changes.into_iter().filter(|(_, (before, after))| before != after);
    let change = |(place, (before, after)): (&(String, String, String), (i64, i64))| {
        let (component, offer, period) = place.clone();
        MatchChange { component, offer, period, before, after }
    };
    Ok(changed.map(change).collect())
}

async fn matches(session: &mut Session, viewer: &Viewer, run: RunKey) -> Result<Matches, AppError> {
    let mut matches = Matches::new();
    let mut after = None;
    loop {
        let found = session.plan_rows(viewer, run, after, MAX_PAGE).await?;
        after = found.last().map(|row| row.position);
        let is_last = found.len() < MAX_PAGE as usize;
        for row in found {
            matches.insert((row.row.component, row.row.offer, row.row.period), row.row.quantity);
        }
        if is_last {
            return Ok(matches);
        }
    }
}
