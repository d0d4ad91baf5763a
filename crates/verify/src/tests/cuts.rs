//! Cuts: whatever rows are rounded by whatever divisor, no plan is cut off; what is no recipe of a cut is refused.

use needmatch_domain::certificate::{Cut, Leaf, Proof};
use needmatch_domain::column::{Column, ColumnKey};
use needmatch_domain::row::{Multiplier, Row, RowKey};

use super::brute_force::{best, two_components};
use super::random::{Dice, random};
use super::readings::{columns, rows};
use crate::{Code, Recount};

fn row(row: Row, entities: &[u32], value: i64) -> Multiplier {
    Multiplier { key: RowKey::of(row, entities), value }
}

fn strengthened(cuts: Vec<Cut>, proof: Proof) -> Proof {
    Proof::Strengthened { cuts, proof: Box::new(proof) }
}

#[test]
fn no_plan_is_cut_off() {
    let mut tight = 0;
    for seed in 0..150 {
        let problem = random(seed);
        let recount = Recount::of(&problem).unwrap();
        let Some((most, _)) = best(&recount, 0, &[]) else { continue };
        let (rows, columns) = (rows(&recount, &[]), columns(&recount));
        let mut dice = Dice(seed ^ 0xc07);
        for _ in 0..30 {
            let some = |dice: &mut Dice, low: i64, high: i64| -> Vec<Multiplier> {
                let mut chosen: Vec<_> = (0..3).map(|_| rows[dice.position(rows.len())].clone()).collect();
                chosen.sort_by_key(|(key, _)| *key);
                chosen.dedup_by_key(|(key, _)| *key);
                let signed = |equality: bool, dice: &mut Dice| dice.of(if equality { -4 } else { low }, high);
                chosen.iter().map(|(key, row)| Multiplier { key: *key, value: signed(row.equality, dice) }).collect()
            };
            let mut from_above: Vec<ColumnKey> =
                (0..dice.position(4)).map(|_| columns[dice.position(columns.len())].0).collect();
            from_above.sort_unstable();
            from_above.dedup();
            let cut = Cut { rows: some(&mut dice, -4, 4), from_above, divisor: dice.of(2, 2500) };
            let mut multipliers = some(&mut dice, 0, 4);
            multipliers.push(row(Row::Cut, &[0], dice.of(1, 9)));
            let proof = strengthened(vec![cut], Proof::Leaf(Leaf { scale: 0, multipliers }));
            let bound = recount.bound(0, &[], &proof).unwrap().unwrap();
            assert!(bound >= i128::from(most), "seed {seed}: {bound} below {most} by {proof:?}");
            tight += usize::from(bound == i128::from(most));
        }
    }
    assert!(tight > 50, "{tight} of the bounds are the best");
}

#[test]
fn what_is_no_cut_is_refused() {
    let problem = two_components();
    let recount = Recount::of(&problem).unwrap();
    let fine = Cut { rows: vec![row(Row::CapacityTotal, &[0], 1)], from_above: Vec::new(), divisor: 3000 };
    let leaf = |multipliers: &[Multiplier]| Proof::Leaf(Leaf { scale: 0, multipliers: multipliers.to_vec() });
    let judged = |proof: &Proof| recount.bound(0, &[], proof).map_err(|finding| finding.code);
    let used = leaf(&[row(Row::Cut, &[0], 1)]);
    assert!(judged(&strengthened(vec![fine.clone()], used.clone())).is_ok());

    let twice = vec![fine.rows[0], fine.rows[0]];
    let unordered = vec![row(Row::CapacityTotal, &[0], 1), row(Row::DemandTotal, &[0], 1)];
    let served = ColumnKey::of(Column::ServedComponent, &[0]);
    let wrong = [
        (Cut { divisor: 1, ..fine.clone() }, Code::ProofCut),
        (Cut { divisor: -7, ..fine.clone() }, Code::ProofCut),
        (Cut { rows: twice, ..fine.clone() }, Code::ProofCut),
        (Cut { rows: unordered, ..fine.clone() }, Code::ProofCut),
        (Cut { rows: vec![row(Row::Cut, &[0], 1)], ..fine.clone() }, Code::ProofRow),
        (Cut { rows: vec![row(Row::CapacityTotal, &[9], 1)], ..fine.clone() }, Code::ProofRow),
        (Cut { from_above: vec![served, served], ..fine.clone() }, Code::ProofCut),
        (Cut { from_above: vec![ColumnKey::of(Column::X, &[9, 9, 9])], ..fine.clone() }, Code::ProofCut),
    ];
    for (cut, code) in wrong {
        assert_eq!(judged(&strengthened(vec![cut.clone()], used.clone())), Err(code), "{cut:?}");
    }
    assert_eq!(judged(&used), Err(Code::ProofRow), "a cut that nobody derived");
    let below = strengthened(vec![fine.clone()], leaf(&[row(Row::Cut, &[0], -1)]));
    assert_eq!(judged(&below), Err(Code::ProofSign));
    let nested = strengthened(vec![fine.clone()], strengthened(vec![fine.clone()], used.clone()));
    assert_eq!(judged(&nested), Err(Code::ProofCutPlace));
    let under_a_split = Proof::Split {
        column: served,
        at: 0,
        below: Box::new(strengthened(vec![fine], used.clone())),
        above: Box::new(leaf(&[])),
    };
    assert_eq!(judged(&under_a_split), Err(Code::ProofCutPlace));
}
