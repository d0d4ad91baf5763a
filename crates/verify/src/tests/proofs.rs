//! No proof shows what is not so: against the best of all plans, for any multipliers, trees and branches. Multipliers
//! are improved step by step from nothing, so that bounds come close to the truth and would fall below it if they could.

use needmatch_domain::certificate::{Leaf, MAX_DEPTH, Proof};
use needmatch_domain::column::{Column, ColumnKey};
use needmatch_domain::goal::{Goal, GoalName};
use needmatch_domain::plan::Match;
use needmatch_domain::row::{Multiplier, Row, RowKey};
use proptest::prelude::*;

use super::builder::{component, problem, request};
use super::random::{Dice, plans, random};
use super::readings::{assignment, columns, rows};
use crate::{Code, DerivedRow, Recount};

const SCALE: u32 = 12;

type Rows = [(RowKey, DerivedRow)];

/// The same leaf with one multiplier changed.
fn changed(leaf: &Leaf, rows: &Rows, dice: &mut Dice) -> Leaf {
    let (key, row) = &rows[dice.position(rows.len())];
    let unit = 1 << SCALE;
    let least = if row.equality { -unit } else { 0 };
    let value = match dice.of(0, 3) {
        0 => 0,
        1 => dice.of(least, unit) / 1000,
        2 => dice.of(least, 8 * unit),
        _ => unit * dice.of(if row.equality { -3 } else { 0 }, 6),
    };
    let mut multipliers = leaf.multipliers.clone();
    multipliers.retain(|multiplier| multiplier.key != *key);
    multipliers.push(Multiplier { key: *key, value });
    multipliers.sort_unstable();
    Leaf { scale: SCALE, multipliers }
}

/// The leaf that scores least of those met on the way, and its score.
fn improved(rows: &Rows, dice: &mut Dice, steps: usize, mut score: impl FnMut(&Leaf) -> i128) -> (Leaf, i128) {
    let mut leaf = Leaf { scale: SCALE, multipliers: Vec::new() };
    let mut least = score(&leaf);
    for _ in 0..steps {
        let other = changed(&leaf, rows, dice);
        let scored = score(&other);
        if scored <= least {
            (leaf, least) = (other, scored);
        }
    }
    (leaf, least)
}

/// A stage of a random problem: what is held, and every plan that is allowed there.
struct Stage {
    goal: usize,
    held: Vec<i64>,
    allowed: Vec<Vec<Match>>,
}

fn stage(recount: &Recount<'_>, dice: &mut Dice) -> Stage {
    let problem = recount.problem();
    let goals = &problem.goals;
    let goal = dice.position(goals.len());
    let mut allowed = plans(problem);
    allowed.retain(|plan| recount.findings(plan).is_empty());
    let kept = allowed.get(dice.position(allowed.len().max(1))).cloned().unwrap_or_default();
    let held: Vec<i64> = goals[..goal].iter().map(|goal| recount.evaluate(&kept, goal) - dice.of(0, 2)).collect();
    allowed.retain(|plan| goals.iter().zip(&held).all(|(goal, held)| recount.evaluate(plan, goal) >= *held));
    Stage { goal, held, allowed }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn no_leaf_and_no_tree_gives_less_than_the_best_plan(seed: u64) {
        let (problem, mut dice) = (random(seed), Dice(!seed));
        let recount = Recount::of(&problem).unwrap();
        let stage = stage(&recount, &mut dice);
        let rows = rows(&recount, &stage.held);
        let best = stage.allowed.iter().map(|plan| recount.evaluate(plan, &problem.goals[stage.goal])).max();
        let bound = |proof: &Proof| recount.bound(stage.goal, &stage.held, proof).unwrap().unwrap();
        let (leaf, least) = improved(&rows, &mut dice, 60, |leaf| bound(&Proof::Leaf(leaf.clone())));
        if let Some(best) = best {
            prop_assert!(least >= i128::from(best), "{least} < {best} by {leaf:?}");
        }
        let columns = columns(&recount);
        let mut tree = Proof::Leaf(leaf.clone());
        for _ in 0..3 {
            let (column, _) = columns[dice.position(columns.len())];
            let upper = recount.upper(&column).unwrap();
            if upper == 0 {
                continue;
            }
            let at = dice.of(0, upper - 1);
            let other = Proof::Leaf(changed(&leaf, &rows, &mut dice));
            let (below, above) = if dice.once_in(2) { (tree, other) } else { (other, tree) };
            tree = Proof::Split { column, at, below: Box::new(below), above: Box::new(above) };
            match recount.bound(stage.goal, &stage.held, &tree) {
                Ok(Some(bound)) => prop_assert!(best.is_none_or(|best| bound >= i128::from(best)), "{tree:?}"),
                Ok(None) => prop_assert!(false, "{tree:?} has leaves with bounds"),
                // A branch inside a branch of the same column may not lie inside its range.
                Err(finding) => { prop_assert_eq!(finding.code, Code::ProofSplit); break; }
            }
        }
    }

    #[test]
    fn a_branch_is_only_closed_when_no_plan_lies_in_it(seed: u64) {
        let (problem, mut dice) = (random(seed), Dice(!seed));
        let recount = Recount::of(&problem).unwrap();
        let stage = stage(&recount, &mut dice);
        let (rows, columns) = (rows(&recount, &stage.held), columns(&recount));
        let (column, position) = columns[dice.position(columns.len())];
        let upper = recount.upper(&column).unwrap();
        prop_assume!(upper > 0);
        let at = dice.of(0, upper - 1);
        let below = dice.once_in(2);
        let open = Proof::Leaf(Leaf::default());
        let tree = |leaf: &Leaf| {
            let (closed, open) = (Box::new(Proof::Infeasible(leaf.clone())), Box::new(open.clone()));
            let (below, above) = if below { (closed, open) } else { (open, closed) };
            Proof::Split { column, at, below, above }
        };
        let (leaf, least) = improved(&rows, &mut dice, 60, |leaf| left_open(&recount, &stage, &tree(leaf)));
        if least < 0 {
            let inside = stage.allowed.iter().find(|plan| {
                (assignment(&recount, &columns, plan)[&position] <= at) == below
            });
            prop_assert!(inside.is_none(), "{leaf:?} closes a branch on {column:?} at {at}, which holds {inside:?}");
        }
    }

    #[test]
    fn only_problems_without_a_plan_are_proved_infeasible(seed: u64) {
        let (problem, mut dice) = (random(seed), Dice(!seed));
        let recount = Recount::of(&problem).unwrap();
        let (_, least) = shown_infeasible(&recount, &mut dice);
        if least < 0 {
            prop_assert!(plans(&problem).iter().all(|plan| !recount.findings(plan).is_empty()));
        }
    }
}

/// What is missing for a tree with an infeasible leaf to be accepted; −1 when nothing is.
fn left_open(recount: &Recount<'_>, stage: &Stage, proof: &Proof) -> i128 {
    match recount.bound(stage.goal, &stage.held, proof) {
        Ok(_) => -1,
        Err(finding) => {
            assert_eq!(finding.code, Code::ProofOpen);
            finding.amounts[0]
        }
    }
}

fn shown_infeasible(recount: &Recount<'_>, dice: &mut Dice) -> (Leaf, i128) {
    let rows = rows(recount, &[]);
    improved(&rows, dice, 100, |leaf| match recount.proves_infeasible(&Proof::Infeasible(leaf.clone())) {
        Ok(()) => -1,
        Err(finding) => finding.amounts[0],
    })
}

#[test]
fn the_searches_above_do_find_tight_bounds_and_closed_branches() {
    let (mut tight, mut closed, mut infeasible) = (0, 0, 0);
    for seed in 0..300 {
        let (problem, mut dice) = (random(seed), Dice(!seed));
        let recount = Recount::of(&problem).unwrap();
        infeasible += usize::from(shown_infeasible(&recount, &mut dice).1 < 0);
        let stage = stage(&recount, &mut dice);
        let rows = rows(&recount, &stage.held);
        let best = stage.allowed.iter().map(|plan| recount.evaluate(plan, &problem.goals[stage.goal])).max();
        let bound = |leaf: &Leaf| recount.bound(stage.goal, &stage.held, &Proof::Leaf(leaf.clone())).unwrap().unwrap();
        tight += usize::from(Some(improved(&rows, &mut dice, 60, bound).1) == best.map(i128::from));
        let Some((column, _)) = columns(&recount).into_iter().rfind(|(key, _)| recount.upper(key) == Some(1)) else {
            continue;
        };
        let tree = |leaf: &Leaf| {
            let (below, above) = (Box::new(Proof::Leaf(Leaf::default())), Box::new(Proof::Infeasible(leaf.clone())));
            Proof::Split { column, at: 0, below, above }
        };
        let least = improved(&rows, &mut dice, 60, |leaf| left_open(&recount, &stage, &tree(leaf))).1;
        closed += usize::from(least < 0);
    }
    assert!(tight > 50 && closed > 5 && infeasible > 5, "{tight} tight, {closed} closed, {infeasible} infeasible");
}

/// One request with one component of 10, one offer.
fn simple() -> needmatch_domain::problem::Problem {
    let mut problem = problem(1, 1, 1);
    let owner = request(&mut problem, 0);
    component(&mut problem, owner, 10);
    problem
}

fn leaf(scale: u32, multipliers: &[(Row, &[u32], i64)]) -> Proof {
    let multipliers =
        multipliers.iter().map(|(row, entities, value)| Multiplier { key: RowKey::of(*row, entities), value: *value });
    Proof::Leaf(Leaf { scale, multipliers: multipliers.collect() })
}

fn refused(proof: &Proof) -> Code {
    crate::bound(&simple(), 0, &[], proof).unwrap_err().code
}

#[test]
fn proofs_are_refused_with_their_reason() {
    assert_eq!(refused(&leaf(41, &[])), Code::ProofScale);
    assert_eq!(refused(&leaf(0, &[(Row::CapacityTotal, &[1], 1)])), Code::ProofRow);
    assert_eq!(refused(&leaf(0, &[(Row::CapacityPeriod, &[0, 0], 1)])), Code::ProofRow);
    assert_eq!(refused(&leaf(0, &[(Row::Held, &[0], 1)])), Code::ProofRow);
    assert_eq!(refused(&leaf(0, &[(Row::FullComponent, &[0], 1)])), Code::ProofRow);
    assert_eq!(refused(&leaf(0, &[(Row::CapacityTotal, &[0], -1)])), Code::ProofSign);
    assert_eq!(refused(&leaf(0, &[(Row::CapacityTotal, &[0], 1), (Row::DemandTotal, &[0], 1)])), Code::ProofOrder);
    assert_eq!(refused(&leaf(0, &[(Row::DemandTotal, &[0], 1), (Row::DemandTotal, &[0], 1)])), Code::ProofOrder);
    let infeasible = Proof::Infeasible(Leaf::default());
    assert_eq!(refused(&infeasible), Code::ProofOpen);
    assert_eq!(crate::bound(&simple(), 0, &[1], &leaf(0, &[])).unwrap_err().code, Code::ProofGoal);
    assert_eq!(crate::bound(&simple(), 1, &[1], &leaf(0, &[])).unwrap_err().code, Code::ProofGoal);
    assert_eq!(crate::proves_infeasible(&simple(), &leaf(0, &[])).unwrap_err().code, Code::ProofBound);
}

fn split(column: Column, entities: &[u32], at: i64, below: Proof, above: Proof) -> Proof {
    let column = ColumnKey::of(column, entities);
    Proof::Split { column, at, below: Box::new(below), above: Box::new(above) }
}

#[test]
fn branches_must_lie_inside_the_range_and_not_too_deep() {
    let empty = || leaf(0, &[]);
    let x = |at, below, above| split(Column::X, &[0, 0, 0], at, below, above);
    for at in [-1, 10, i64::MAX, i64::MIN] {
        assert_eq!(refused(&x(at, empty(), empty())), Code::ProofSplit);
    }
    assert_eq!(refused(&x(4, x(4, empty(), empty()), empty())), Code::ProofSplit);
    assert_eq!(refused(&split(Column::X, &[0, 0, 1], 0, empty(), empty())), Code::ProofColumn);
    assert_eq!(refused(&split(Column::Delivery, &[], 0, empty(), empty())), Code::ProofColumn);
    assert_eq!(crate::bound(&simple(), 0, &[], &x(4, empty(), empty())), Ok(Some(10)));
    let mut problem = simple();
    problem.components[0].outstanding = 1_000_000;
    problem.offers[0].quantity = 1_000_000;
    let chain = |depth: i64| (0..depth).rev().fold(empty(), |tree, at| x(at, empty(), tree));
    let limit = i64::try_from(MAX_DEPTH).unwrap();
    assert_eq!(crate::bound(&problem, 0, &[], &chain(limit)), Ok(Some(1_000_000)));
    assert_eq!(crate::bound(&problem, 0, &[], &chain(limit + 1)).unwrap_err().code, Code::ProofDepth);
}

#[test]
fn numbers_that_do_not_fit_are_refused_never_wrapped() {
    let mut problem = problem(100, 1, 1);
    let owner = request(&mut problem, 0);
    component(&mut problem, owner, 1_000_000_000_000);
    problem.components[0].unit_cost = 4_000;
    problem.offers[0].quantity = 1_000_000_000_000;
    problem.goals = vec![Goal::plain(GoalName::Equity)];
    assert_eq!(problem.faults(), []);
    let bound = |value| crate::bound(&problem, 0, &[], &leaf(0, &[(Row::Equity, &[0], value)]));
    // 100 periods · 10^12 units · 4000 · 1000 a unit; the share of the only state is worth no more than 5500.
    assert_eq!(bound(0), Ok(Some(5_500)));
    assert_eq!(bound(1), Ok(Some(400_000_000_000_000_000_000)));
    assert_eq!(bound(i64::MAX).unwrap_err().code, Code::ProofOverflow);
}
