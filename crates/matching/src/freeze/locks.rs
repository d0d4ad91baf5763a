//! Locks: matches that must be. A lock makes its pair eligible in its period; which rule it overrides is reported.

use needmatch_domain::ids::{ComponentIndex, OfferIndex, PeriodIndex};
use needmatch_domain::plan::Match;
use needmatch_domain::problem::{self, Pair};
use needmatch_domain::rule::Rule;
use needmatch_domain::scenario::{Lock, LockKind};

use super::error::{FreezeError, FreezeFault};
use super::outstanding::Open;
use super::references::{Tables, lock_key};
use super::report::Overridden;
use super::score;
use crate::eligibility::{Verdict, judge};

/// A lock whose component and offer are in the problem.
struct Placed<'a> {
    row: &'a Lock,
    component: ComponentIndex,
    offer: OfferIndex,
    period: PeriodIndex,
}

pub(super) fn apply(
    tables: &Tables<'_>,
    open: &Open<'_>,
    requests: &[problem::Request],
    components: &mut [problem::Component],
    errors: &mut Vec<FreezeError>,
) -> (Vec<Match>, Vec<Overridden>) {
    let mut placed = place(tables, open, errors);
    placed.sort_by_key(|lock| (lock.component, lock.offer, lock.period));
    let mut overridden = Vec::new();
    for lock in &placed {
        let component = &mut components[lock.component.at()];
        if component.pair(lock.offer, lock.period).is_none() {
            match admit(tables, lock, requests[component.request.at()].weight) {
                Ok((pair, rule)) => {
                    let at =
                        component.pairs.partition_point(|other| (other.offer, other.first) < (pair.offer, pair.first));
                    component.pairs.insert(at, pair);
                    overridden.push(report(tables, lock, rule));
                }
                Err(error) => errors.push(*error),
            }
        }
    }
    let locks = placed.iter().map(|lock| Match {
        component: lock.component,
        offer: lock.offer,
        period: lock.period,
        quantity: lock.row.quantity,
    });
    (locks.collect(), overridden)
}

fn place<'a>(tables: &Tables<'a>, open: &Open<'_>, errors: &mut Vec<FreezeError>) -> Vec<Placed<'a>> {
    let mut placed = Vec::new();
    for row in tables.lookup.scenario.locks.iter().filter(|row| row.kind == LockKind::Lock) {
        let mut refuse = |fault| errors.push(error(tables, row, fault));
        match (open.component(&row.component), tables.offer(&row.offer), row.period) {
            (Some(component), Some(offer), Some(period)) => placed.push(Placed { row, component, offer, period }),
            (None, ..) if open.settled.contains(&row.component) => refuse(FreezeFault::LockOnSettled),
            (None, ..) => refuse(FreezeFault::LockOnMet),
            (_, None, _) => refuse(FreezeFault::Unknown { value: row.offer.to_string() }),
            (.., None) => refuse(FreezeFault::LockWithoutPeriod),
        }
    }
    placed
}

/// The range a lock adds, and the rule it overrides.
fn admit(tables: &Tables<'_>, lock: &Placed<'_>, weight: i64) -> Result<(Pair, Rule), Box<FreezeError>> {
    let refuse = |fault| Box::new(error(tables, lock.row, fault));
    let unknown = || refuse(FreezeFault::Unknown { value: lock.row.component.to_string() });
    let subject = tables.lookup.subject(&lock.row.component).ok_or_else(unknown)?;
    let offer = tables.offers[lock.offer.at()];
    if subject.is_forbidden(&offer.id, lock.period) {
        return Err(refuse(FreezeFault::LockedAndForbidden));
    }
    let rule = match judge(&subject, offer) {
        Verdict::Refused { first } => first,
        Verdict::Eligible { .. } => Rule::Window,
    };
    let (draw_permille, score) = score::draw_and_score(&subject, offer, weight)?;
    Ok((Pair { offer: lock.offer, first: lock.period, last: lock.period, draw_permille, score }, rule))
}

fn error(tables: &Tables<'_>, row: &Lock, fault: FreezeFault) -> FreezeError {
    FreezeError::new("locks.csv", &lock_key(tables, &row.component, &row.offer, row.period), "", fault)
}

fn report(tables: &Tables<'_>, lock: &Placed<'_>, rule: Rule) -> Overridden {
    Overridden {
        component: lock.row.component.clone(),
        offer: lock.row.offer.clone(),
        period: tables.lookup.scenario.periods[lock.period.at()].clone(),
        rule,
    }
}
