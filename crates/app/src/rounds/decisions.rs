//! What both sides decided binds later runs: in the round it was decided in, agreed matches are locked and declined ones
//! forbidden; in later rounds what was agreed is no longer asked for, and what was declined stays forbidden.

use std::collections::BTreeSet;

use needmatch_domain::ids::PeriodIndex;
use needmatch_domain::scenario::{Lock, LockKind, Scenario};
use needmatch_store::agreements::Decision;

use crate::error::AppError;

/// Locks what was agreed in the scenario's own round and forbids what was declined.
pub(crate) fn hold_decisions(scenario: &mut Scenario, decisions: &[Decision]) -> Result<(), AppError> {
    let agreed: BTreeSet<(&str, &str)> =
        decisions.iter().filter(|made| made.is_agreed).map(|made| (&*made.component, &*made.offer)).collect();
    for made in decisions {
        let Some(period) = period(scenario, made) else { continue };
        // A pair that agreed on one period declined another, not each other.
        let is_narrow = made.is_agreed || agreed.contains(&(&*made.component, &*made.offer));
        add(scenario, made, is_narrow.then_some(period))?;
    }
    Ok(())
}

/// Forbids what was declined in earlier rounds, as far as both sides take part again.
pub(super) fn forbid_declined(scenario: &mut Scenario, declined: &[Decision]) -> Result<(), AppError> {
    let components: BTreeSet<String> = scenario.components.iter().map(|component| component.id.to_string()).collect();
    let offers: BTreeSet<String> = scenario.offers.iter().map(|offer| offer.id.to_string()).collect();
    for made in declined {
        if components.contains(&made.component) && offers.contains(&made.offer) {
            add(scenario, made, None)?;
        }
    }
    Ok(())
}

fn period(scenario: &Scenario, made: &Decision) -> Option<PeriodIndex> {
    scenario.periods.iter().position(|label| label.as_str() == made.period).map(PeriodIndex::of)
}

/// Adds a lock or a forbid; what the round itself says of the same match gives way, for the parties decided later.
fn add(scenario: &mut Scenario, made: &Decision, period: Option<PeriodIndex>) -> Result<(), AppError> {
    let lock = Lock {
        component: made.component.parse().map_err(|_| AppError::Internal)?,
        offer: made.offer.parse().map_err(|_| AppError::Internal)?,
        period,
        quantity: if made.is_agreed { made.quantity } else { 0 },
        kind: if made.is_agreed { LockKind::Lock } else { LockKind::Forbid },
    };
    scenario.locks.retain(|other| {
        (&other.component, &other.offer) != (&lock.component, &lock.offer)
            || (period.is_some() && other.period.is_some() && other.period != period)
    });
    scenario.locks.push(lock);
    Ok(())
}

#[cfg(test)]
mod tests {
    use needmatch_domain::ids::PeriodIndex;
    use needmatch_domain::scenario::{LockKind, Scenario, Settings};
    use needmatch_store::agreements::Decision;

    use super::hold_decisions;

    fn scenario() -> Scenario {
        Scenario {
            settings: Settings::new("s", "USD", "2026-01-15".parse().unwrap()),
            periods: vec!["2027".parse().unwrap(), "2028".parse().unwrap()],
            states: [].into(),
            requests: Vec::new(),
            components: Vec::new(),
            offers: Vec::new(),
            offer_periods: Vec::new(),
            absorption: Vec::new(),
            channels: Vec::new(),
            programmes: Vec::new(),
            suitability: Vec::new(),
            locks: Vec::new(),
            baseline: Vec::new(),
        }
    }

    fn decision(is_agreed: bool, offer: &str, period: &str) -> Decision {
        let text = str::to_owned;
        Decision { is_agreed, component: text("C"), offer: text(offer), period: text(period), quantity: 4 }
    }

    #[test]
    fn what_was_agreed_is_locked_and_what_was_declined_forbidden() {
        let mut scenario = scenario();
        let decisions = [decision(true, "A", "2027"), decision(false, "A", "2028"), decision(false, "B", "2027")];
        hold_decisions(&mut scenario, &decisions).unwrap();
        let held: Vec<_> =
            scenario.locks.iter().map(|lock| (lock.kind, lock.offer.as_str(), lock.period, lock.quantity)).collect();
        assert_eq!(
            held,
            [
                (LockKind::Lock, "A", Some(PeriodIndex(0)), 4),
                (LockKind::Forbid, "A", Some(PeriodIndex(1)), 0),
                (LockKind::Forbid, "B", None, 0),
            ]
        );
    }
}
