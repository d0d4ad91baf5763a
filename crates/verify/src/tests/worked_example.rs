//! max 10a + 7b + 6c; 5a + 4b + 3c ≤ 9; not both b and c; a ≤ 2. In fractions 18 can be reached, in whole numbers 17.
//! One branch proves it, as anybody can recount by hand.

use needmatch_domain::certificate::{Leaf, Proof};
use needmatch_domain::column::{Column, ColumnKey};
use needmatch_domain::problem::{Channel, Problem};
use needmatch_domain::row::{Multiplier, Row, RowKey};

use super::builder::{component, id, problem, request};
use crate::{Code, bound};

/// The 9 is what a channel carries, since the offer's own limits would make the box smaller at once.
fn example() -> Problem {
    let mut problem = problem(1, 1, 1);
    problem.offers[0].channel = Some(id("fund"));
    problem.channels = vec![Channel { id: id("fund"), period: None, states: None, amount: 9 }];
    let owner = request(&mut problem, 0);
    for (outstanding, cost, score) in [(2, 5, 10), (1, 4, 7), (1, 3, 6)] {
        let position = component(&mut problem, owner, outstanding);
        problem.components[position].unit_cost = cost;
        problem.components[position].pairs[0].score = score;
    }
    problem.components[1].choice = Some(id("b or c"));
    problem.components[2].choice = Some(id("b or c"));
    problem
}

fn leaf(scale: u32, multipliers: &[(Row, &[u32], i64)]) -> Leaf {
    let multiplier =
        |(row, entities, value): &(Row, &[u32], i64)| Multiplier { key: RowKey::of(*row, entities), value: *value };
    Leaf { scale, multipliers: multipliers.iter().map(multiplier).collect() }
}

fn split(below: Proof, above: Proof) -> Proof {
    let column = ColumnKey::of(Column::X, &[0, 0, 0]);
    Proof::Split { column, at: 1, below: Box::new(below), above: Box::new(above) }
}

#[test]
fn the_root_gives_18_and_rounding_its_multiplier_changes_nothing() {
    // With y = 2047/1024 the sum is 18436/1024, a little above 18, and 18 is the next whole number below.
    for (scale, value) in [(0, 2), (10, 2047)] {
        let root = leaf(scale, &[(Row::Channel, &[0], value)]);
        assert_eq!(bound(&example(), 0, &[], &Proof::Leaf(root)), Ok(Some(18)));
    }
}

#[test]
fn one_branch_proves_17() {
    let choice = leaf(0, &[(Row::DemandTotal, &[1], 7), (Row::DemandTotal, &[2], 7), (Row::Choice, &[1], 7)]);
    let channel = leaf(0, &[(Row::Channel, &[0], 1)]);
    let below = || Proof::Leaf(choice.clone());
    // One of a gives 10, the choice at most 7; two of a cost 10, and the channel carries 9.
    let proof = split(below(), Proof::Infeasible(channel.clone()));
    assert_eq!(bound(&example(), 0, &[], &proof), Ok(Some(17)));
    assert_eq!(bound(&example(), 0, &[], &below()), Ok(Some(27)), "without the branch two of a seem possible");
    let both = split(Proof::Infeasible(channel.clone()), Proof::Infeasible(channel.clone()));
    assert_eq!(bound(&example(), 0, &[], &both).unwrap_err().code, Code::ProofOpen, "one of a is possible");

    let mut wider = example();
    wider.channels[0].amount = 10;
    let refused = bound(&wider, 0, &[], &split(below(), Proof::Infeasible(channel))).unwrap_err();
    assert_eq!(refused.code, Code::ProofOpen, "a channel of 10 carries two of a");
    let full = leaf(0, &[(Row::Channel, &[0], 2)]);
    assert_eq!(bound(&wider, 0, &[], &split(below(), Proof::Leaf(full))), Ok(Some(20)));
}
