//! The box: how much of a component an offer may give in a period, every limit that speaks of it considered
//! (`docs/rules.md`, The box).

use std::collections::HashMap;

use needmatch_domain::ids::{ComponentIndex, OfferIndex, PeriodIndex, RequestIndex, StateIndex};
use needmatch_domain::problem::{Absorption, Problem};
use needmatch_domain::rule::Rule;

/// A component, an offer and a period in which something may be given: `upper` ≥ 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// The component.
    pub component: ComponentIndex,
    /// The component's request.
    pub request: RequestIndex,
    /// The offer.
    pub offer: OfferIndex,
    /// The period.
    pub period: PeriodIndex,
    /// Most that may be given: u.
    pub upper: i64,
    /// Thousandths of the offer's unit a unit takes.
    pub draw: i64,
    /// Score of a unit.
    pub score: i64,
    /// Cost of a unit.
    pub cost: i64,
}

/// All cells with `upper` ≥ 1, sorted by component, offer and period, to a fixpoint of what can never be served.
///
/// Cost: a pass over pairs × periods, repeated while components die; two or three passes in practice.
pub fn cells(problem: &Problem) -> Vec<Cell> {
    let mut cells = first_limits(problem);
    let mut dead = vec![false; problem.components.len()];
    loop {
        let before = cells.len();
        mark_dead(problem, &cells, &mut dead);
        cells.retain(|cell| !dead[cell.component.at()]);
        drop_small_tickets(problem, &mut cells);
        if cells.len() == before {
            return cells;
        }
    }
}

/// Which components have a cell.
pub fn alive(problem: &Problem, cells: &[Cell]) -> Vec<bool> {
    let mut alive = vec![false; problem.components.len()];
    for cell in cells {
        alive[cell.component.at()] = true;
    }
    alive
}

fn first_limits(problem: &Problem) -> Vec<Cell> {
    let ticket = problem.enforces(Rule::Ticket);
    let state_limit = problem.enforces(Rule::StateLimit);
    let absorption = problem.enforces(Rule::Absorption);
    let mut cells = Vec::new();
    for (position, component) in problem.components.iter().enumerate() {
        let index = ComponentIndex::of(position);
        let state = problem.requests[component.request.at()].state;
        for pair in &component.pairs {
            let offer = &problem.offers[pair.offer.at()];
            let within = |limit: i64| limit.saturating_mul(1000) / pair.draw_permille;
            let mut most = component.outstanding.min(within(offer.quantity));
            if ticket {
                most = offer.ticket_max.map_or(most, |limit| most.min(within(limit)));
            }
            if state_limit {
                most = offer.state_max.map_or(most, |limit| most.min(within(limit)));
            }
            most = component.period_max.map_or(most, |limit| most.min(limit));
            for period in pair.periods() {
                let mut upper = most;
                if let Some(held) = &offer.per_period {
                    upper = upper.min(within(held[period.at()]));
                }
                if let Some(limit) = absorption.then(|| absorption_of(problem, state, period)).flatten() {
                    upper = limit.amount.map_or(upper, |amount| upper.min(amount / component.unit_cost));
                    upper = if limit.requests == Some(0) { 0 } else { upper };
                }
                if !component.divisible && upper < component.outstanding {
                    upper = 0;
                }
                if upper > 0 {
                    cells.push(Cell {
                        component: index,
                        request: component.request,
                        offer: pair.offer,
                        period,
                        upper,
                        draw: pair.draw_permille,
                        score: pair.score,
                        cost: component.unit_cost,
                    });
                }
            }
        }
    }
    cells
}

/// The limit on what a state takes in during a period, where there is one.
pub fn absorption_of(problem: &Problem, state: StateIndex, period: PeriodIndex) -> Option<&Absorption> {
    let limits = &problem.states[state.at()].absorption;
    limits.binary_search_by_key(&period, |limit| limit.period).ok().map(|found| &limits[found])
}

fn mark_dead(problem: &Problem, cells: &[Cell], dead: &mut [bool]) {
    let mut reachable = vec![0_i64; problem.components.len()];
    let mut position = 0;
    while position < cells.len() {
        let component = cells[position].component;
        let end =
            cells[position..].iter().position(|cell| cell.component != component).map_or(cells.len(), |n| position + n);
        let mut by_period = vec![0_i64; problem.periods.len()];
        for cell in &cells[position..end] {
            by_period[cell.period.at()] = by_period[cell.period.at()].saturating_add(cell.upper);
        }
        let most = problem.components[component.at()].period_max.unwrap_or(i64::MAX);
        reachable[component.at()] = by_period.into_iter().fold(0_i64, |sum, given| sum.saturating_add(given.min(most)));
        position = end;
    }
    for (position, component) in problem.components.iter().enumerate() {
        dead[position] |= reachable[position] < component.minimum;
    }
    while spread_death(problem, dead) {}
}

/// One round of consequences; whether anything died.
fn spread_death(problem: &Problem, dead: &mut [bool]) -> bool {
    let mut changed = false;
    let mut kill = |position: usize, dead: &mut [bool]| {
        changed |= !dead[position];
        dead[position] = true;
    };
    if problem.enforces(Rule::Bundle) {
        for (position, component) in problem.components.iter().enumerate() {
            if component.requires.iter().any(|required| dead[required.at()]) {
                kill(position, dead);
            }
        }
    }
    let by_request = problem.components_by_request();
    let mut hopeless = vec![false; problem.requests.len()];
    for (position, request) in problem.requests.iter().enumerate() {
        let obstacle = problem.enforces(Rule::Obstacle)
            && request.obstacles.iter().any(|one| one.mitigation.is_none_or(|component| dead[component.at()]));
        let live = by_request[position].iter().filter(|component| !dead[component.at()]);
        let points: i64 = live.clone().map(|component| problem.components[component.at()].sustainability_points).sum();
        let short = problem.enforces(Rule::Sustainability)
            && request.sustainability + points < request.sustainability_threshold;
        hopeless[position] = obstacle || short || live.count() == 0;
    }
    if problem.enforces(Rule::Package) {
        let mut packages: HashMap<&str, bool> = HashMap::new();
        for (request, hopeless) in problem.requests.iter().zip(&hopeless) {
            if let Some(package) = &request.package {
                *packages.entry(package.as_str()).or_default() |= hopeless;
            }
        }
        for (request, hopeless) in problem.requests.iter().zip(&mut hopeless) {
            *hopeless |= request.package.as_ref().is_some_and(|package| packages[package.as_str()]);
        }
    }
    for (request, components) in by_request.iter().enumerate() {
        if hopeless[request] {
            for component in components {
                kill(component.at(), dead);
            }
        }
    }
    changed
}

/// An offer that can never reach its smallest ticket in a request gives nothing there.
fn drop_small_tickets(problem: &Problem, cells: &mut Vec<Cell>) {
    if !problem.enforces(Rule::Ticket) {
        return;
    }
    let mut reach: HashMap<(OfferIndex, RequestIndex), i128> = HashMap::new();
    for cell in cells.iter() {
        if problem.offers[cell.offer.at()].ticket_min.is_some() {
            *reach.entry((cell.offer, cell.request)).or_default() += i128::from(cell.draw) * i128::from(cell.upper);
        }
    }
    cells.retain(|cell| {
        let least = problem.offers[cell.offer.at()].ticket_min.unwrap_or(0);
        least == 0 || reach[&(cell.offer, cell.request)] >= 1000 * i128::from(least)
    });
}
