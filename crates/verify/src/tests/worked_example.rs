//! max 10a + 7b + 6c; 5a + 4b + 3c ≤ 9; b or c, not both; a ≤ 2. The whole problem with its parts between whole numbers
//! reaches 18, whole numbers only 17. A tree of two leaves proves it, as anybody can recount by hand.

use needmatch_domain::certificate::{Leaf, Proof};
use needmatch_domain::column::{Column, ColumnKey};
use needmatch_domain::problem::Problem;
use needmatch_domain::row::{Multiplier, Row, RowKey};

use super::builder::{component, id, problem, request};

fn example() -> Problem {
    let mut problem = problem(1, 1, 1);
    problem.offers[0].quantity = 9;
    let owner = request(&mut problem, 0);
    for (outstanding, draw, score) in [(2, 5000, 10), (1, 4000, 7), (1, 3000, 6)] {
        let position = component(&mut problem, owner, outstanding);
        problem.components[position].pairs[0].draw_permille = draw;
        problem.components[position].pairs[0].score = score;
    }
    problem.components[1].choice = Some(id("b or c"));
    problem.components[2].choice = Some(id("b or c"));
    problem
}

fn leaf(scale: u32, multipliers: &[(Row, &[u32], i64)]) -> Leaf {
    let multipliers = multipliers.iter().map(|(row, entities, value)| {
        Multiplier { key: RowKey::of(*row, entities), value: *value }
    });
    Leaf { scale, multipliers: multipliers.collect() }
}

#[test]
fn the_root_gives_18_and_rounding_its_multiplier_changes_nothing() {
    // y = 0.002 a thousandth of the offer's unit, rounded to 2⁻²⁰.
    let rounded = (1_i64 << 20) * 2 / 1000;
    for (scale, value) in [(20, rounded), (20, rounded + 1), (40, (1_i64 << 40) * 2 / 1000)] {
        let root = leaf(scale, &[(Row::CapacityTotal, &[0], value)]);
        assert_eq!(crate::bound(&example(), 0, &[], &Proof::Leaf(root)), Ok(Some(18)));
    }
}

#[test]
fn two_leaves_give_17_and_both_are_needed() {
    let below = leaf(0, &[
        (Row::DemandTotal, &[1], 7),
        (Row::DemandTotal, &[2], 7),
        (Row::Choice, &[1], 7),
    ]);
    let above = leaf(0, &[(Row::CapacityTotal, &[0], 1), (Row::DemandTotal, &[0], 0)]);
    let tree = |below: Proof, above: Proof| Proof::Split {
        column: ColumnKey::of(Column::X, &[0, 0, 0]),
        at: 1,
        below: Box::new(below),
        above: Box::new(above),
    };
    let ordered = |mut leaf: Leaf| {
        leaf.multipliers.sort_unstable();
        leaf
    };
    let (below, above) = (ordered(below), ordered(above));
    let proof = tree(Proof::Leaf(below.clone()), Proof::Infeasible(above.clone()));
    // a = 1: 10, and 7 for the choice. a = 2 draws 10 of 9. But u(a) is 1 at once: 9 units hold 5 only once.
    assert_eq!(crate::bound(&example(), 0, &[], &proof).unwrap_err().code, crate::Code::ProofSplit);
    assert_eq!(crate::bound(&example(), 0, &[], &Proof::Leaf(below.clone())), Ok(Some(17)));

    // With room for two of a and none of them wasted, the branch is needed.
    let mut wider = example();
    wider.offers[0].quantity = 10;
    wider.components[0].minimum = 1;
    assert_eq!(crate::bound(&wider, 0, &[], &Proof::Leaf(below.clone())), Ok(Some(27)));
    let above = ordered(leaf(0, &[(Row::CapacityTotal, &[0], 1)]));
    let error = crate::bound(&wider, 0, &[], &tree(Proof::Leaf(below.clone()), Proof::Infeasible(above))).unwrap_err();
    assert_eq!(error.code, crate::Code::ProofOpen);
    // a = 2 leaves nothing: 20 exactly, by 7 for each thousandth that b and c would need.
    let above = ordered(leaf(0, &[(Row::CapacityTotal, &[0], 2)]));
    let proof = tree(Proof::Leaf(below), Proof::Leaf(above));
    assert_eq!(crate::bound(&wider, 0, &[], &proof), Ok(Some(20)));
}
