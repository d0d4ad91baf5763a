//! The truth about a small problem: every plan is tried.

use needmatch_domain::ids::{ComponentIndex, OfferIndex, PeriodIndex};
use needmatch_domain::plan::{Match, Plan};
use needmatch_domain::problem::Problem;
use needmatch_verify::Recount;

/// Plans above which a case is left out, and counted as left out.
const MOST_PLANS: u64 = 30_000;

/// Best value of each goal in order, the earlier ones held; empty when no plan satisfies the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Truth {
    pub(crate) best: Vec<i64>,
    pub(crate) plans: u64,
}

/// `None` when there are too many plans to try.
pub(crate) fn truth(problem: &Problem, recount: &Recount<'_>) -> Option<Truth> {
    let cells = cells(problem);
    let mut plans = 1_u64;
    for &(_, _, _, most) in &cells {
        plans = plans.checked_mul(u64::try_from(most).ok()? + 1).filter(|&plans| plans <= MOST_PLANS)?;
    }
    let mut values: Vec<Vec<i64>> = Vec::new();
    let mut quantities = vec![0_i64; cells.len()];
    loop {
        let plan = plan(&cells, &quantities);
        if recount.findings(&plan.matches).is_empty() {
            values.push(problem.goals.iter().map(|goal| recount.evaluate(&plan.matches, goal)).collect());
        }
        if !advance(&cells, &mut quantities) {
            break;
        }
    }
    Some(Truth { best: in_order(problem, values), plans })
}

type Cell = (ComponentIndex, OfferIndex, PeriodIndex, i64);

fn cells(problem: &Problem) -> Vec<Cell> {
    let mut cells = Vec::new();
    for (position, component) in problem.components.iter().enumerate() {
        for pair in &component.pairs {
            for period in pair.periods() {
                cells.push((ComponentIndex::of(position), pair.offer, period, component.outstanding));
            }
        }
    }
    cells
}

fn plan(cells: &[Cell], quantities: &[i64]) -> Plan {
    let matches = cells.iter().zip(quantities).filter(|(_, quantity)| **quantity > 0);
    Plan::of(
        matches
            .map(|(&(component, offer, period, _), &quantity)| Match { component, offer, period, quantity })
            .collect(),
    )
}

fn advance(cells: &[Cell], quantities: &mut [i64]) -> bool {
    for (quantity, cell) in quantities.iter_mut().zip(cells) {
        if *quantity < cell.3 {
            *quantity += 1;
            return true;
        }
        *quantity = 0;
    }
    false
}

/// The best of each goal over the plans that hold the earlier ones.
fn in_order(problem: &Problem, mut values: Vec<Vec<i64>>) -> Vec<i64> {
    let everything = values.clone();
    let mut best: Vec<i64> = Vec::new();
    for goal in 0..problem.goals.len() {
        values.clone_from(&everything);
        for (earlier, &value) in best.iter().enumerate() {
            let gives: i64 = problem.goals[earlier + 1..=goal].iter().map(|goal| i64::from(goal.give)).sum();
            let held = value - value.abs() * gives / 1000;
            values.retain(|plan| plan[earlier] >= held);
        }
        match values.iter().map(|plan| plan[goal]).max() {
            Some(value) => best.push(value),
            None => return Vec::new(),
        }
    }
    best
}
