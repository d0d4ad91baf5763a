//! What freezing decided on the way, in the words of the scenario. No part of the problem.

use serde::Serialize;

use needmatch_domain::ids::{ComponentId, OfferId, PeriodLabel, ProgrammeId, RegionName, RequestId};
use needmatch_domain::problem::{Problem, RegionShare};
use needmatch_domain::rule::Rule;

use super::outstanding::Open;
use super::references::Tables;

/// What freezing decided.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FreezeReport {
    /// Locks of pairs that a rule refuses, in the order of the problem's locks.
    pub overridden: Vec<Overridden>,
    /// Eligible pairs that break a rule in mode `warn`, counted, by component and rule.
    pub warned: Vec<Warned>,
    /// What programmes with an amount cover already, in the order it was taken.
    pub covered: Vec<Covered>,
    /// Components left out because nothing is outstanding.
    pub met: Vec<ComponentId>,
    /// Components left out because another alternative of their choice is met, and those that require one of them.
    pub settled: Vec<ComponentId>,
    /// Requests left out because none of their components is left.
    pub requests_left_out: Vec<RequestId>,
    /// Components of the problem that no offer may serve.
    pub without_offer: Vec<ComponentId>,
    /// Regions with a floor, of whose components none has a pair: nothing was asked, the floor asks for nothing.
    pub floors_without_demand: Vec<RegionName>,
    /// Eligible pairs, each range counted.
    pub pairs: u64,
}

/// A lock that made a pair eligible in its period against a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Overridden {
    /// The component.
    pub component: ComponentId,
    /// The offer.
    pub offer: OfferId,
    /// The period.
    pub period: PeriodLabel,
    /// The first rule that refuses the pair; `window` where the pair is eligible in other periods.
    pub rule: Rule,
}

/// Eligible pairs of a component that break a rule in mode `warn`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warned {
    /// The component.
    pub component: ComponentId,
    /// The rule.
    pub rule: Rule,
    /// How many offers.
    pub offers: u32,
}

/// What a programme covers of a component (¶94).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Covered {
    /// The programme.
    pub programme: ProgrammeId,
    /// The component.
    pub component: ComponentId,
    /// Units.
    pub units: i64,
    /// Whether they were taken off what is outstanding: false while `duplication` only warns.
    pub deducted: bool,
}

pub(super) fn of(
    tables: &Tables<'_>,
    open: Open<'_>,
    problem: &Problem,
    overridden: Vec<Overridden>,
    warned: Vec<Warned>,
) -> FreezeReport {
    let kept = |id: &RequestId| problem.requests.binary_search_by(|request| request.id.cmp(id)).is_ok();
    FreezeReport {
        overridden,
        warned,
        covered: open.covered,
        met: open.met.into_iter().cloned().collect(),
        settled: open.settled.into_iter().cloned().collect(),
        requests_left_out: tables.requests.iter().map(|request| &request.id).filter(|id| !kept(id)).cloned().collect(),
        without_offer: problem
            .components
            .iter()
            .filter(|component| component.pairs.is_empty())
            .map(|component| component.id.clone())
            .collect(),
        floors_without_demand: problem
            .regional_floors
            .iter()
            .filter(|floor| !asks(problem, floor))
            .map(|floor| floor.region.clone())
            .collect(),
        pairs: problem.components.iter().map(|component| component.pairs.len() as u64).sum(),
    }
}

fn asks(problem: &Problem, floor: &RegionShare) -> bool {
    problem.components.iter().any(|component| {
        !component.pairs.is_empty() && floor.states.contains(&problem.requests[component.request.at()].state)
    })
}
