//! How each offer is used, why something is left, and what one more unit of it would bring.

use std::collections::BTreeSet;

use needmatch_domain::certificate::{Certificate, Leaf, Proof};
use needmatch_domain::ids::OfferIndex;
use needmatch_domain::reason::OfferUse;
use needmatch_domain::row::Row;
use needmatch_domain::rule::Rule;

use super::binding::rules_against;
use crate::model::{Assignment, Model};

pub(super) fn offers(model: &Model<'_>, assignment: &Assignment<'_, '_>, certificate: &Certificate) -> Vec<OfferUse> {
    let leaf = certificate.stages.first().and_then(|stage| first_leaf(&stage.proof));
    (0..model.problem.offers.len())
        .map(OfferIndex::of)
        .map(|offer| {
            let cells = &model.layout.by_offer[offer.at()];
            let drawn: i64 = cells.iter().map(|&cell| model.layout.cells[cell].draw * assignment.values[cell]).sum();
            let used = drawn / 1000 + i64::from(drawn % 1000 > 0);
            let left = model.problem.offers[offer.at()].quantity - used;
            let why_left = if left > 0 { why_left(model, assignment, cells) } else { Vec::new() };
            OfferUse { offer, used, left, why_left, marginal_value: leaf.map_or(0, |leaf| price(leaf, offer)) }
        })
        .collect()
}

/// Rules that keep the rest from being given: `demand` where every component it could serve has all it asked for.
fn why_left(model: &Model<'_>, assignment: &Assignment<'_, '_>, cells: &[usize]) -> Vec<Rule> {
    let mut rules = BTreeSet::new();
    for &cell in cells {
        let component = model.layout.cells[cell].component;
        let received: i64 = model.layout.of_component(component).map(|other| assignment.values[other]).sum();
        if received >= model.problem.components[component.at()].outstanding {
            rules.insert(Rule::Demand);
        } else {
            rules.extend(rules_against(model, assignment, cell, model.columns[cell].step));
        }
    }
    rules.remove(&Rule::Capacity);
    rules.into_iter().collect()
}

pub(super) fn first_leaf(proof: &Proof) -> Option<&Leaf> {
    match proof {
        Proof::Leaf(leaf) => Some(leaf),
        Proof::Infeasible(_) => None,
        Proof::Strengthened { proof, .. } => first_leaf(proof),
        Proof::Split { below, above, .. } => first_leaf(above).or_else(|| first_leaf(below)),
    }
}

/// Score of one more unit by the multiplier of the offer's capacity, rounded down.
fn price(leaf: &Leaf, offer: OfferIndex) -> i64 {
    let multiplier = leaf
        .multipliers
        .iter()
        .find(|multiplier| multiplier.key.row == Row::CapacityTotal && multiplier.key.entities() == [offer.0])
        .map_or(0, |multiplier| multiplier.value);
    i64::try_from((i128::from(multiplier) * 1000) >> leaf.scale).unwrap_or(i64::MAX)
}
