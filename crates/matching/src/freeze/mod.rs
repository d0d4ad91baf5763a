//! From a scenario to a problem: everything that decides a plan, and nothing else (`docs/rules.md`, Freezing).
//!
//! Tables are taken in the order of their identifiers, whatever order the scenario holds them in, so equal scenarios
//! give equal bytes. A problem that comes out has no [`Problem::faults`].
//!
//! # Cost
//! With C components, O offers, S requesting states and K distinct (area, type) among the components: K·O tests of area
//! and type, S·O of earmarks, then for each distinct (area, type, unit, state) one pass over the offers that accept its
//! area and type, and a full judgement of each pair that is left. A cross product of C and O is never formed. Work is
//! spread over the threads of the current rayon pool; results are gathered in the order of components.

mod error;
mod limits;
mod locks;
mod offers;
mod outstanding;
mod pairs;
mod references;
mod report;
mod requests;
mod score;
#[cfg(test)]
mod tests;

use needmatch_domain::ids::{ComponentIndex, PeriodIndex};
use needmatch_domain::plan::Match;
use needmatch_domain::problem::{FORMAT, Problem};
use needmatch_domain::rule::Rule;
use needmatch_domain::scenario::Scenario;

use crate::eligibility::Lookup;

pub use error::{FreezeError, FreezeFault};
pub use report::{Covered, FreezeReport, Overridden, Warned};

pub(crate) use requests::mitigates;

use references::Tables;

/// A frozen scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    /// What is hashed, solved and verified.
    pub problem: Problem,
    /// What freezing decided on the way; no part of the problem.
    pub report: FreezeReport,
}

/// Freezes a scenario. See the module for the cost.
///
/// # Errors
/// Everything that is wrong, as far as it can be told apart: references to nothing first, since all else needs them.
pub fn freeze(scenario: &Scenario) -> Result<Frozen, Vec<FreezeError>> {
    let lookup = Lookup::of(scenario);
    let tables = Tables::of(&lookup);
    references::check(&tables)?;

    let mut errors = Vec::new();
    let open = outstanding::compute(&tables);
    let offers = offers::convert(&tables, &mut errors);
    let states = limits::states(&tables, &open);
    let requests = requests::convert(&tables, &open, &states, &mut errors);
    let found = pairs::find(&tables, &open, &requests, &mut errors);
    let mut components = requests::components(&open, found.pairs);
    let (locks, overridden) = locks::apply(&tables, &open, &requests, &mut components, &mut errors);
    let baseline = baseline(&tables, &open);
    if !errors.is_empty() {
        return Err(errors);
    }

    let rules = &scenario.settings.rules;
    let problem = Problem {
        format: FORMAT.to_owned(),
        name: scenario.settings.name.clone(),
        currency: scenario.settings.currency.clone(),
        seed: scenario.settings.limits.seed,
        periods: scenario.periods.clone(),
        channels: limits::channels(&tables, &states),
        regional_floors: limits::shares(&rules.regional_floor, &states),
        regional_ceilings: limits::shares(&rules.regional_ceiling, &states),
        providers: offers.providers,
        offers: offers.offers,
        states,
        requests,
        components,
        rules: Rule::rows().map(|rule| (rule, rules.mode(rule))).collect(),
        goals: scenario.settings.goals.clone(),
        locks,
        baseline,
    };
    let faults = problem.faults();
    if !faults.is_empty() {
        return Err(faults.into_iter().map(|fault| FreezeError::of_fault(&problem, fault)).collect());
    }
    let report = report::of(&tables, open, &problem, overridden, found.warned);
    Ok(Frozen { problem, report })
}

/// The earlier plan, as far as its components are still outstanding.
fn baseline(tables: &Tables<'_>, open: &outstanding::Open<'_>) -> Vec<Match> {
    let mut rows: Vec<Match> = tables
        .lookup
        .scenario
        .baseline
        .iter()
        .filter(|row| row.quantity > 0)
        .filter_map(|row| {
            let component: ComponentIndex = open.component(&row.component)?;
            let period: PeriodIndex = row.period;
            Some(Match { component, offer: tables.offer(&row.offer)?, period, quantity: row.quantity })
        })
        .collect();
    rows.sort_unstable();
    rows
}
