//! Puts the cuts that a tree names before it, and only those.

use std::collections::BTreeMap;

use needmatch_domain::certificate::{Leaf, Proof};
use needmatch_domain::row::{Row, RowKey};

use super::cut::Recipe;
use crate::model::Model;

/// The tree with its cuts, numbered anew; the tree alone where it names none.
pub(super) fn with_cuts(mut proof: Proof, recipes: &[Recipe], model: &Model<'_>) -> Proof {
    let mut places = BTreeMap::new();
    each_leaf(&mut proof, &mut |leaf| {
        let named = leaf.multipliers.iter().filter(|multiplier| multiplier.key.row == Row::Cut);
        places.extend(named.map(|multiplier| (multiplier.key, 0_u32)));
    });
    if places.is_empty() {
        return proof;
    }
    for (place, number) in places.values_mut().zip(0..) {
        *place = number;
    }
    // Cuts keep their order, so leaves stay sorted.
    each_leaf(&mut proof, &mut |leaf| {
        for multiplier in leaf.multipliers.iter_mut().filter(|multiplier| multiplier.key.row == Row::Cut) {
            multiplier.key = RowKey::of(Row::Cut, &[places[&multiplier.key]]);
        }
    });
    let cuts = places.keys().map(|key| recipes[key.entities()[0] as usize].named(model)).collect();
    Proof::Strengthened { cuts, proof: Box::new(proof) }
}

fn each_leaf(proof: &mut Proof, look: &mut dyn FnMut(&mut Leaf)) {
    match proof {
        Proof::Leaf(leaf) | Proof::Infeasible(leaf) => look(leaf),
        Proof::Split { below, above, .. } => {
            each_leaf(below, look);
            each_leaf(above, look);
        }
        Proof::Strengthened { proof, .. } => each_leaf(proof, look),
    }
}
