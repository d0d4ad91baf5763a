//! Rows that a round lists itself, and what all rows share: windows and references.

use needmatch_domain::ids::{PeriodIndex, PeriodLabel};
use needmatch_domain::scenario::{Absorption, Baseline, ChannelLimit, Lock, Suitability, Window};

use super::document::{AbsorptionRow, BaselineRow, ChannelRow, LockRow, RoundDocument, SuitabilityRow};
use crate::error::AppError;

/// The positions of a window in the horizon; `None` when it names a period outside, or ends before it begins.
pub(super) fn window(round: &RoundDocument, from: Option<&PeriodLabel>, to: Option<&PeriodLabel>) -> Option<Window> {
    let first = from.map_or(Some(PeriodIndex(0)), |label| round.period(label))?;
    let last = to.map_or(Some(PeriodIndex::of(round.periods.len() - 1)), |label| round.period(label))?;
    (first <= last).then_some(Window { first, last })
}

/// An identifier that was checked when it was written.
pub(super) fn reference<T: std::str::FromStr>(text: &str) -> Result<T, AppError> {
    text.parse().map_err(|_| {
        tracing::error!(text, "a stored reference is no identifier");
        AppError::Internal
    })
}

pub(super) fn absorption(round: &RoundDocument, row: &AbsorptionRow) -> Option<Absorption> {
    let period = round.period(&row.period)?;
    Some(Absorption { state: row.state.clone(), period, amount: row.amount, requests: row.requests })
}

pub(super) fn channel(round: &RoundDocument, row: &ChannelRow) -> ChannelLimit {
    ChannelLimit {
        id: row.id.clone(),
        regions: row.regions.iter().cloned().collect(),
        period: row.period.as_ref().and_then(|label| round.period(label)),
        amount: row.amount,
    }
}

pub(super) fn suitability(row: &SuitabilityRow) -> Suitability {
    Suitability {
        component: row.component.clone(),
        offer: row.offer.clone(),
        fit: row.fit,
        draw_permille: row.draw_permille,
        eligible: row.eligible,
        reason: row.reason.clone(),
    }
}

pub(super) fn lock(round: &RoundDocument, row: &LockRow) -> Lock {
    Lock {
        component: row.component.clone(),
        offer: row.offer.clone(),
        period: row.period.as_ref().and_then(|label| round.period(label)),
        quantity: row.quantity,
        kind: row.kind,
    }
}

pub(super) fn baseline(round: &RoundDocument, row: &BaselineRow) -> Option<Baseline> {
    let period = round.period(&row.period)?;
    Some(Baseline { component: row.component.clone(), offer: row.offer.clone(), period, quantity: row.quantity })
}
